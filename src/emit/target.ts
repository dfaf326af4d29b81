import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import { visibleLine } from '../diagnostics/visible-text.ts';
import { pacemakerFindings } from '../pacemaker/findings.ts';
import type { Plan } from '../pacemaker/plan.ts';
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
  const diagnostics = plan.resources.flatMap((resource) =>
    resource.kind === 'primitive'
      ? Object.entries(resource.attributes)
          .filter(([, value]) => !holds(value))
          .map(([attribute]) => cannotHold(name, resource.id, attribute, resource.origin.from[0]))
      : [],
  );
  return { value: diagnostics.length === 0 ? write(plan) : undefined, diagnostics };
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
