import { childrenNamed } from '../../keepalived/bound-directive.ts';
import type { LinkCheck } from '../checks.ts';
import { hardLinks } from '../hard-links.ts';
import { locationId } from '../location-id.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { Clone, Constraint, Primitive, Resource } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { conditionOf } from '../track-scores.ts';
import {
  configuredNodes,
  effectsByName,
  partialReason,
  partialWayOut,
  rulesPerNode,
  type TrackEffect,
  trackingOf,
} from '../tracking.ts';

const name = 'track-interface';

export const trackInterface: Rule = {
  name,
  sentence:
    'a tracked interface, the instance’s own included, becomes an ethmonitor clone and a location rule',
  apply(context) {
    const { checks, groups } = context;
    const links = new Map(checks.links.map((check) => [check.interface, check]));
    const rules = groups.flatMap((group) => linkRules(group, links));
    return {
      resources: checks.links.flatMap((check) => buildMonitor(check)),
      constraints: [...checks.links.flatMap((check) => confine(check, context)), ...rules],
      fates: groups.flatMap(linkFates),
    };
  },
};

/**
 * IPaddr2 before 4.18 does not see a link go down. The agent's own defaults would take about 50 seconds; with these
 * an interface without link is noticed in 2 to 3 seconds (measured 2.7).
 */
function buildMonitor({ interface: link, id, attribute }: LinkCheck): Resource[] {
  const origin = originOf(
    name,
    'equivalent',
    `watches the link of ${link} and sets ${attribute}: 1 up, 0 down`,
    [],
  );
  const agent: Primitive = {
    kind: 'primitive',
    id,
    agent: 'ocf:heartbeat:ethmonitor',
    attributes: {
      interface: link,
      name: attribute,
      link_status_only: 'true',
      repeat_count: '2',
      repeat_interval: '1',
    },
    operations: [{ name: 'monitor', options: { interval: '2s', timeout: '60s' } }],
    meta: {},
    origin,
  };
  const clone: Clone = { kind: 'clone', id: `${id}-clone`, of: id, meta: { interleave: 'true' }, origin };
  return [agent, clone];
}

function confine({ id, nodes, interface: link }: LinkCheck, { cluster }: RuleContext): Constraint[] {
  return cluster.nodes
    .filter(({ name: node }) => !nodes.includes(node))
    .map(
      ({ name: node }): Constraint => ({
        kind: 'avoids',
        id: locationId(`${id}-clone`, node, '-INFINITY'),
        resource: `${id}-clone`,
        node,
        origin: originOf(name, 'exact', `nothing on ${node} depends on ${link}`, []),
      }),
    );
}

/** The daemon's hard condition on own interfaces first, then what track_interface adds; one object counts once. */
function linkRules(group: MovingGroup, links: ReadonlyMap<string, LinkCheck>): Constraint[] {
  const hard = hardLinks(group.source).map((link): TrackEffect => {
    return { kind: 'interface', ...link, weight: 0, reverse: false };
  });
  const isHard = new Set(hard.map((own) => `${own.node} ${own.name}`));
  const tracked = trackingOf(group.source).effects.filter(
    ({ kind, name: link, node }) => kind === 'interface' && !isHard.has(`${node} ${link}`),
  );
  const nodes = configuredNodes(group);
  return [...effectsByName([...hard, ...tracked])].flatMap(([link, own]) => {
    const check = links.get(link);
    return check ? rulesPerNode(nodes, own).map((entry) => linkRule(group, check, entry)) : [];
  });
}

function linkRule(
  group: MovingGroup,
  check: LinkCheck,
  { effect, node, from }: ReturnType<typeof rulesPerNode>[number],
): Constraint {
  const { score, when } = conditionOf(effect);
  const state = when === 'down' ? 'has no link' : 'has link';
  const effectInWords =
    score === '-INFINITY'
      ? `not where ${check.interface} ${state}`
      : `${score} where ${check.interface} ${state}`;
  return {
    kind: 'rule',
    id: `${group.id}-${check.id}${node === undefined ? '' : `-${node}`}`,
    resource: group.id,
    score,
    attribute: check.attribute,
    // A link of which nothing is known yet counts as good: `lt 1` and `eq 1` are both false for an unset attribute.
    operation: when === 'down' ? 'lt' : 'eq',
    value: '1',
    ...(node !== undefined && { node }),
    origin: originOf(name, 'equivalent', effectInWords, from),
  };
}

function linkFates(group: MovingGroup): RuleFate[] {
  const instances = group.source.instances.flatMap(({ members }) =>
    members.map(({ configured }) => configured),
  );
  const syncGroups = group.source.syncGroups.map(({ configured }) => configured);
  const blocks = [...instances, ...syncGroups].flatMap(({ directive }) =>
    childrenNamed(directive, 'track_interface'),
  );
  const { effects, partial } = trackingOf(group.source);
  const tracked = effects.filter(({ kind }) => kind === 'interface');
  return [
    ...fatesOf(blocks, 'equivalent', `Its entries are location rules of ${group.id} on the link's state.`),
    ...tracked.flatMap(({ from, name: link }) =>
      from.flatMap((line) => {
        const reason = `A clone watches ${link}; a location rule of ${group.id} answers.`;
        if (!partial.includes(line)) return fatesOf([line], 'equivalent', reason);
        return fatesOf([line], 'approximate', `${reason} ${partialReason}`, partialWayOut);
      }),
    ),
    ...instances.flatMap(({ tracksOwnInterface }) =>
      fatesOf([tracksOwnInterface.from], 'exact', 'The instance’s own interface is not watched.'),
    ),
  ];
}
