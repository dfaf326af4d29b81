import { agentPath, agentText } from '../../../templates/agents/index.ts';
import { type BoundDirective, childrenNamed } from '../../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { locationId } from '../location-id.ts';
import { fifosOf } from '../notify-owners.ts';
import { accountWords, cloneOf } from '../notify-resource.ts';
import type { Constraint, Primitive } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { joinArguments } from '../script-arguments.ts';

const name = 'notify-fifo';

export const notifyFifo: Rule = {
  name,
  sentence: 'a FIFO for state changes, and the script that reads it, become a cloned agent',
  apply(context) {
    const variants = variantsOf(context);
    const built = variants.map((variant) => build(variant, context));
    return {
      resources: built.flatMap(({ primitive, clone }) => [primitive, clone]),
      constraints: built.flatMap(({ constraints }) => constraints),
      files:
        built.length > 0
          ? [
              {
                path: agentPath('fifo'),
                mode: '0755',
                content: agentText.fifo,
                why: 'agent that makes the FIFOs of state changes',
              },
            ]
          : [],
      fates: [
        ...built.flatMap(({ fates }) => fates),
        ...context.cluster.configurations.flatMap(unheardFates),
        ...context.cluster.configurations.flatMap(priorityFates),
      ],
    };
  },
};

/** A FIFO as some nodes configure it. */
interface Variant {
  readonly attributes: Readonly<Record<string, string>>;
  readonly path: string;
  readonly configurations: readonly NodeConfiguration[];
}

/** Without a group nothing is written, and the daemon's settings mean nothing. */
function variantsOf({ cluster, groups }: RuleContext): Variant[] {
  const variants = new Map<string, Variant & { readonly configurations: NodeConfiguration[] }>();
  if (groups.length === 0) return [];
  for (const configuration of cluster.configurations) {
    for (const fifo of fifosOf(configuration)) {
      const attributes = {
        path: joinArguments([fifo.path]),
        owner: joinArguments(accountWords(fifo.user)),
        script: joinArguments(fifo.script?.argv ?? []),
        script_user: joinArguments(accountWords(fifo.script?.user)),
      };
      const key = JSON.stringify(attributes);
      const known = variants.get(key);
      if (known) known.configurations.push(configuration);
      else
        variants.set(key, {
          attributes: present(attributes),
          path: fifo.path,
          configurations: [configuration],
        });
    }
  }
  return [...variants.values()];
}

function present(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}

const keywords = ['notify_fifo', 'notify_fifo_script', 'vrrp_notify_fifo', 'vrrp_notify_fifo_script'];

function build({ attributes, path, configurations }: Variant, { cluster, ids }: RuleContext) {
  const id = ids.take(`fifo-${path.replace(/^.*\//, '')}`);
  const lines = configurations.flatMap((configuration) => linesOf(configuration));
  const origin = originOf(name, 'equivalent', `makes the FIFO ${path} and starts what reads it`, lines);
  const primitive: Primitive = {
    kind: 'primitive',
    id,
    agent: 'ocf:kp2pcm:fifo',
    attributes,
    operations: [{ name: 'monitor', options: { interval: '10s', timeout: '20s' } }],
    meta: {},
    origin,
  };
  const clone = cloneOf(primitive);
  const having = new Set(configurations.map(({ node }) => node));
  const constraints = cluster.nodes
    .filter(({ name: node, file }) => file !== undefined && !having.has(node))
    .map(
      ({ name: node }): Constraint => ({
        kind: 'avoids',
        id: locationId(clone.id, node, '-INFINITY'),
        resource: clone.id,
        node,
        origin: originOf(name, 'exact', `${node} does not configure ${path} like this`, lines),
      }),
    );
  const reason = `The agent ${id} makes the FIFO, holds it open and starts the script; the agents of the instances write the lines.`;
  const fates: RuleFate[] = fatesOf(lines, 'equivalent', reason);
  return { primitive, clone, constraints, fates };
}

function isGlobals({ keywords: own, verdict }: BoundDirective): boolean {
  return !verdict && own.join('/') === 'global_defs';
}

/** All that shape the FIFOs of a node: two may share a reason, and none has two. */
function linesOf({ directives }: NodeConfiguration) {
  return directives.filter(isGlobals).flatMap((block) => childrenNamed(block, ...keywords));
}

/** A script alone is never started. */
function unheardFates(configuration: NodeConfiguration): RuleFate[] {
  if (fifosOf(configuration).length > 0) return [];
  return fatesOf(linesOf(configuration), 'not-needed', 'There is no FIFO that the script would read.');
}

function priorityFates(configuration: NodeConfiguration): RuleFate[] {
  const { directives, instances, syncGroups } = configuration;
  const blocks = [
    ...directives.filter(isGlobals),
    ...[...instances, ...syncGroups].map(({ directive }) => directive),
  ];
  const lines = blocks.flatMap((block) =>
    childrenNamed(block, 'vrrp_notify_priority_changes', 'notify_priority_changes'),
  );
  return fifosOf(configuration).length > 0
    ? fatesOf(
        lines,
        'equivalent',
        'The agent of the instance writes such a line within five seconds of the change.',
      )
    : fatesOf(lines, 'not-needed', 'There is no FIFO that would hear of changed priorities.');
}
