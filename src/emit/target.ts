import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import { visibleLine } from '../diagnostics/visible-text.ts';
import { pacemakerFindings } from '../pacemaker/findings.ts';
import type { Plan, Primitive } from '../pacemaker/plan.ts';
import type { TargetName } from '../translation.ts';
import { ansibleVariables } from './ansible.ts';
import { cibXml } from './cib.ts';
import { crmshConfiguration } from './crmsh.ts';
import { isCrmshText } from './crmsh-text.ts';
import { isXmlText } from './xml-text.ts';

interface Target {
  readonly write: (plan: Plan) => string;
  readonly holds: (text: string) => boolean;
}

const targets: Readonly<Record<TargetName, Target>> = {
  'cib.xml': { write: cibXml, holds: isXmlText },
  'configure.crm': { write: crmshConfiguration, holds: isCrmshText },
  'ha_cluster.yml': { write: ansibleVariables, holds: isXmlText },
};

/**
 * The plan in another form than commands of pcs. The text is absent if the form cannot hold a value of the plan
 * unchanged; what Ansible's role is given ends as XML too.
 */
export function emitTarget(plan: Plan, name: TargetName): Outcome<string | undefined> {
  const { write, holds } = targets[name];
  const primitives = plan.resources.flatMap((resource) => (resource.kind === 'primitive' ? resource : []));
  const refused = primitives.flatMap((primitive) =>
    [primitive, ...(primitive.attributesOnNodes ?? [])]
      .flatMap(({ attributes }) => Object.entries(attributes))
      .filter(([, value]) => !holds(value))
      .map(([attribute]) => cannotHold(name, primitive.id, attribute, primitive.origin.from[0])),
  );
  const lost = name === 'ha_cluster.yml' ? primitives.flatMap(nodeAttributesLost) : [];
  return { value: refused.length === 0 ? write(plan) : undefined, diagnostics: [...refused, ...lost] };
}

/** The role has one set of parameters for a resource. */
function nodeAttributesLost({ id, agent, attributesOnNodes = [], origin }: Primitive): Diagnostic[] {
  const [from] = origin.from;
  return attributesOnNodes.slice(0, 1).map(({ attributes }) =>
    report(pacemakerFindings.roleHasOneValue, {
      summary: `ha_cluster.yml leaves out ${Object.keys(attributes).join(', ')} of ${id}`,
      detail: `It differs from node to node, which the role cannot say. ${withoutNodeAttributes(agent)}`,
      ...(from && { at: { ...from, endLine: from.line, endColumn: from.column } }),
      help:
        agent === addressAgent
          ? 'see that each node has a route to the address on the right interface, or use --emit cib'
          : 'use --emit cib',
    }),
  );
}

const addressAgent = 'ocf:heartbeat:IPaddr2';

function withoutNodeAttributes(agent: string): string {
  return agent === addressAgent
    ? 'Without nic IPaddr2 takes the interface with a matching route.'
    : `Without it ${agent} does not start.`;
}

function cannotHold(
  target: TargetName,
  resource: string,
  attribute: string,
  from: Plan['resources'][number]['origin']['from'][number] | undefined,
): Diagnostic {
  return report(pacemakerFindings.targetCannotHold, {
    summary: `${target} cannot hold ${attribute} of ${visibleLine(resource)}`,
    detail: 'Its value has characters that would arrive as others, or not at all.',
    ...(from && { at: { ...from, endLine: from.line, endColumn: from.column } }),
    help:
      target === 'configure.crm'
        ? 'use --emit cib, or put the command into a script of its own'
        : 'put the command into a script of its own',
  });
}
