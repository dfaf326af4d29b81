import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import type { VrrpScript } from '../../keepalived/node-configuration.ts';
import type { DefinitionFate } from '../definition-fates.ts';
import { fatesOfDefinition } from '../definition-fates.ts';
import {
  buildVariants,
  confineVariants,
  entryFates,
  type TrackedObjectKind,
  weightRules,
} from '../object-rules.ts';
import { pingAgent } from '../ping-agent.ts';
import type { Primitive } from '../plan.ts';
import { originOf, type Rule } from '../rule.ts';
import { idiomOf } from '../service-idioms.ts';

const name = 'ping-script';

const pinged: TrackedObjectKind = {
  rule: name,
  kind: 'script',
  keyword: 'track_script',
  fidelity: 'equivalent',
  up: { operation: 'eq', value: '1', words: 'is answered' },
  down: { operation: 'lt', value: '1', words: 'is not answered' },
};

export const pingScript: Rule = {
  name,
  sentence:
    'with --manage-services, a script that only pings a host becomes a clone of ocf:pacemaker:ping; its weight becomes a location rule',
  apply({ checks, cluster, groups }) {
    const { pings } = checks.managed;
    return {
      resources: pings.flatMap((check) => buildVariants(check, buildPing)),
      constraints: [
        ...pings.flatMap((check) => confineVariants(name, 'script', check, cluster)),
        ...weightRules(groups, pinged, pings),
      ],
      fates: [
        ...pings.flatMap(({ variants }) =>
          cluster.configurations.flatMap(({ node, scripts }) => {
            const variant = variants.find(({ nodes }) => nodes.includes(node));
            const script = scripts.find((one) => one.name === variant?.definition.name);
            return variant && script ? fatesOfDefinition(script.directive, fateOf(variant.id)) : [];
          }),
        ),
        ...entryFates(groups, pinged, pings),
      ],
    };
  },
};

function buildPing(
  id: string,
  { argv, name: script }: VrrpScript,
  attribute: string,
  directives: readonly BoundDirective[],
): Primitive {
  const idiom = idiomOf(argv);
  if (idiom?.kind !== 'ping') throw new Error(`${script} is no ping`);
  const why = `pings ${idiom.host} for vrrp_script ${script} and sets ${attribute}: 1 answers, 0 does not`;
  return pingAgent(id, attribute, idiom, originOf(name, 'approximate', why, directives));
}

function fateOf(id: string): DefinitionFate {
  const differs = {
    fate: 'approximate' as const,
    reason: `${id} pings the host each second, three packets of which one answer is enough, and by its settings notices within about 2 to 4 seconds; interval, timeout, rise and fall do not count.`,
    wayOut: `Nothing needs doing unless that is too hasty: then \`pcs resource update ${id} attempts=5 dampen=5s\` sends more packets and waits longer before a change counts. Without \`--manage-services\` the script itself is run, with its own times.`,
  };
  return {
    ...differs,
    lines: {
      script: `${id} pings the same host.`,
      weight: 'The score of the location rule, unless the track_script entry gives its own.',
      user: { fate: 'not-needed', reason: 'The agent runs as root, as agents do.' },
      init_fail: { fate: 'not-needed', reason: 'A host of which nothing is known yet counts as good.' },
    },
    rest: differs,
  };
}
