import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import type { BfdInstance, BfdSession } from '../../keepalived/tracked-objects.ts';
import { type DefinitionFate, definitionFates } from '../definition-fates.ts';
import { keepDaemon } from '../dispositions/tracking.ts';
import { pacemakerFindings } from '../findings.ts';
import { locationId } from '../location-id.ts';
import type { MovingGroup } from '../moving-group.ts';
import {
  blockFates,
  buildVariants,
  confineVariants,
  entryFates,
  entryLineFates,
  type TrackedObjectKind,
  weightRules,
} from '../object-rules.ts';
import { pingAgent } from '../ping-agent.ts';
import type { Constraint, Primitive } from '../plan.ts';
import { originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { conditionOf } from '../track-scores.ts';
import { type TrackEffect, trackingOf } from '../tracking.ts';

const name = 'track-bfd';

const sessions: TrackedObjectKind = {
  rule: name,
  kind: 'bfd',
  keyword: 'track_bfd',
  fidelity: 'equivalent',
  up: { operation: 'eq', value: '1', words: 'answers' },
  down: { operation: 'lt', value: '1', words: 'does not answer' },
};

export const trackBfd: Rule = {
  name,
  sentence:
    'a tracked BFD session becomes a ping of the neighbour by a clone, which notices in seconds; its weight becomes a location rule',
  apply(context) {
    const { checks, cluster, groups } = context;
    return {
      resources: checks.sessions.flatMap((check) => buildVariants(check, buildPing)),
      constraints: [
        ...checks.sessions.flatMap((check) => confineVariants(name, 'BFD session', check, cluster)),
        ...weightRules(groups, sessions, checks.sessions),
        ...groups.flatMap(neverUp),
      ],
      fates: [
        ...instanceFates(context),
        ...groups.flatMap((group) => blockFates(group, sessions)),
        ...entryFates(groups, sessions, checks.sessions),
        ...groups.flatMap((group) => deadEffects(group).flatMap((effect) => deadFates(effect, group))),
      ],
      diagnostics: checks.sessions.flatMap(({ variants }) =>
        variants.slice(0, 1).flatMap(({ definition }) => noticedLater(definition)),
      ),
    };
  },
};

function buildPing(
  id: string,
  { name: instance, session }: BfdInstance,
  attribute: string,
  directives: readonly BoundDirective[],
): Primitive {
  const source = session?.source?.text;
  const target = { host: session?.neighbor.text ?? '', ...(source !== undefined && { source }) };
  const why = `pings the neighbour of bfd_instance ${instance} and sets ${attribute}: 1 answers, 0 does not`;
  return pingAgent(id, attribute, target, originOf(name, 'approximate', why, directives));
}

/** The session that a daemon never opens is down for ever: with weight 0 its node never holds the group. */
function neverUp(group: MovingGroup): Constraint[] {
  return deadEffects(group).flatMap((effect): Constraint[] => {
    const { score, when } = conditionOf(effect);
    if (score !== '-INFINITY' || when !== 'down') return [];
    const { node, from } = effect;
    return [
      {
        kind: 'avoids',
        id: locationId(group.id, node, '-INFINITY'),
        resource: group.id,
        node,
        origin: originOf(name, 'exact', `the BFD session ${effect.name} is never up there`, from),
      },
    ];
  });
}

function deadEffects({ source }: MovingGroup): TrackEffect[] {
  return trackingOf(source).effects.filter(({ isDead }) => isDead);
}

function deadFates(effect: TrackEffect, group: MovingGroup): RuleFate[] {
  const { score, when } = conditionOf(effect);
  const counts =
    when === 'up'
      ? 'so that it changes nothing'
      : score === '-INFINITY'
        ? `which keeps ${group.id} away from ${effect.node}`
        : `which the score of ${group.id} on ${effect.node} has in it`;
  const reason = `The session is never opened and counts as down, ${counts}.`;
  return entryLineFates(effect, group, { fate: 'exact', reason });
}

function instanceFates({ cluster, checks, groups }: RuleContext): RuleFate[] {
  const dead = new Set(groups.flatMap(deadEffects).map((effect) => effect.name));
  const ids = new Map(checks.sessions.map(({ name: instance, variants }) => [instance, variants]));
  return definitionFates(
    cluster,
    ({ bfdInstances }) => bfdInstances,
    'BFD_CHECK',
    (instance, node) => {
      const { session } = instance;
      if (!session) return dead.has(instance.name) ? neverOpened : undefined;
      const variant = ids.get(instance.name)?.find(({ nodes }) => nodes.includes(node));
      return variant && fateOf(variant.id, session);
    },
  );
}

const isDown = {
  fate: 'exact' as const,
  reason: 'The daemon never opens the session, so that it counts as down for ever; so it does in the scores.',
};
const neverOpened: DefinitionFate = { ...isDown, lines: {}, rest: isDown };

function fateOf(id: string, session: BfdSession): DefinitionFate {
  const differs = {
    fate: 'approximate' as const,
    reason: `Pacemaker has no BFD. ${id} pings the neighbour each second and, by its settings, notices within about 2 to 4 seconds, where the session broke after ${detectionMs(session)} ms; that the neighbour forwards packets is not tested.`,
    wayOut: keepDaemon,
  };
  const unneeded = { fate: 'not-needed' as const, reason: `${id} asks by ping, which has no session.` };
  const pinged = `${id} pings this address; no BFD daemon needs to run there.`;
  return {
    ...differs,
    lines: {
      neighbor_ip: pinged,
      neighbour_ip: pinged,
      source_ip: `${id} pings from this address.`,
      weight: 'The score of the location rule, unless the track_bfd entry gives its own.',
      min_rx: differs,
      min_tx: differs,
      idle_tx: differs,
      multiplier: differs,
    },
    rest: unneeded,
  };
}

/** A session is down after so long without a packet, if both sides say the same. */
function detectionMs({ minRxMs, multiplier }: BfdSession): number {
  return minRxMs * multiplier;
}

function noticedLater({ name: instance, session, directive }: BfdInstance): Diagnostic[] {
  if (!session) return [];
  return [
    report(pacemakerFindings.bfdByPing, {
      summary: `bfd_instance ${instance} becomes a ping of ${session.neighbor.text}`,
      detail: `The session broke after ${detectionMs(session)} ms without a packet; by its settings the ping notices within about 2 to 4 seconds without an answer, and does not test whether the neighbour forwards packets.`,
      at: directive.directive.span,
      help: 'where that is too slow, keep a BFD daemon such as that of FRR, and let a vrrp_script ask it',
    }),
  ];
}
