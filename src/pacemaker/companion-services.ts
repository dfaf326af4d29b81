import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { Companion, Located, Parameter } from '../companion/companion.ts';
import { companionFindings } from '../companion/findings.ts';

/** Services of the companion file that the cluster could not run as they stand. */
export function checkServices({ services }: Companion): Diagnostic[] {
  const withAgent = services.flatMap(({ what, parameters }) =>
    what.kind === 'agent' ? [{ agent: what.agent, parameters }] : [],
  );
  return [
    ...unitsTwice(withAgent.map(({ agent }) => agent)),
    ...withAgent.flatMap(({ agent, parameters }) => {
      const [first] = parameters;
      if (unitOf(agent.value) !== undefined && first) return [hasParameters(agent, first)];
      return needsPromotion(agent.value, parameters) ? [promotion(agent)] : [];
    }),
  ];
}

/**
 * Agents that do their work where they are promoted: their metadata has the action promote (resource-agents 4.12,
 * Pacemaker 2.1.5); drbd and
 * pgsqlms come from elsewhere, and their documentation says the same.
 */
const promotedAgents = new Set([
  'ocf:linbit:drbd',
  'ocf:heartbeat:drbd',
  'ocf:heartbeat:galera',
  'ocf:heartbeat:mariadb',
  'ocf:heartbeat:redis',
  'ocf:heartbeat:mpathpersist',
  'ocf:heartbeat:sg_persist',
  'ocf:heartbeat:rabbitmq-server-ha',
  'ocf:heartbeat:conntrackd',
  'ocf:heartbeat:Stateful',
  'ocf:heartbeat:pgsqlms',
  'ocf:pacemaker:Stateful',
]);

/** Those that also run alone, and what of their parameters makes them replicate. */
const replicating: ReadonlyMap<string, readonly (readonly [name: string, value?: RegExp])[]> = new Map([
  ['ocf:heartbeat:pgsql', [['rep_mode', /^(?:sync|async)$/]]],
  ['ocf:heartbeat:mysql', [['replication_user'], ['replication_passwd']]],
]);

function needsPromotion(agent: string, parameters: readonly Parameter[]): boolean {
  const telling = replicating.get(agent) ?? [];
  return (
    promotedAgents.has(agent) ||
    telling.some(([name, value]) =>
      parameters.some(
        (one) => one.name === name && (!value || (typeof one.value === 'string' && value.test(one.value))),
      ),
    )
  );
}

function promotion({ value, at }: Located<string>): Diagnostic {
  const name = value.replace(/^.*:/, '');
  return report(companionFindings.needsPromotion, {
    summary: `${value} must be promoted, which kp2pcm does not do`,
    detail: 'As a member of a group or a plain clone it would start and never be promoted.',
    at,
    help: `take it out of the file, migrate, and then add it by hand: pcs resource create ${name} ${value} … promotable, a colocation of the group with the promoted ${name}, and an order that promotes it before the group starts (pcs constraint order promote ${name}-clone then start GROUP); what needs its data is added by hand after it`,
  });
}

function hasParameters({ value }: Located<string>, { name, at }: Parameter): Diagnostic {
  return report(companionFindings.unitHasParameters, {
    summary: `${value} takes no parameters, and so no ${name}`,
    at,
    help: 'write it into the unit or a drop-in of it on every node, or name an agent of ocf that has such a parameter',
  });
}

function unitsTwice(agents: readonly Located<string>[]): Diagnostic[] {
  const known = new Map<string, Located<string>>();
  return agents.flatMap((agent) => {
    const unit = unitOf(agent.value);
    const first = unit === undefined ? undefined : known.get(unit);
    if (unit !== undefined && !first) known.set(unit, agent);
    if (!first) return [];
    return [
      report(companionFindings.unitTwice, {
        summary: `there is a service with ${first.value} already`,
        at: agent.at,
        notes: [{ text: 'it is here', at: first.at }],
        help: 'make one of them: clone: true, and needed-by with every instance',
      }),
    ];
  });
}

/** The unit of a class that goes to systemd; instances of a template are units of their own. */
function unitOf(agent: string): string | undefined {
  return /^(?:systemd|service):(.+?)(?:\.service)?$/.exec(agent)?.[1];
}
