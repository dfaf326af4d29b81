import type { LocationRule, LocationScore, Plan, Primitive } from '../pacemaker/plan.ts';
import { type Idiom, idiomOf, processNamed } from '../pacemaker/service-idioms.ts';

/** One thing that is watched on every node, and what it does to the groups. */
export interface ReportedCheck {
  readonly id: string;
  readonly what: string;
  readonly timing: string;
  readonly effects: readonly string[];
}

/** How an agent that keeps a node attribute, and what the attribute says, is told in words. */
interface CheckAgent {
  what(attributes: Primitive['attributes']): string;
  /** What holds while a rule's comparison does. */
  readonly states: Readonly<Record<string, string>>;
  /** What the attribute's value adds, where it is the score itself. */
  adds?(attributes: Primitive['attributes']): string;
}

const agents: ReadonlyMap<string, CheckAgent> = new Map(
  Object.entries({
    'ocf:kp2pcm:track': {
      what: ({ command = '', user }) => `${command}${user === undefined ? '' : ` (as ${user})`}`,
      states: { 'eq 1': 'it fails', 'eq 0': 'it succeeds' },
    },
    'ocf:heartbeat:ethmonitor': {
      what: ({ interface: link = '' }) => `link of ${link}`,
      states: { 'lt 1': 'there is no link', 'eq 1': 'there is a link' },
    },
    'ocf:kp2pcm:preempt-delay': {
      what: ({ delay = '0' }) =>
        delay === '0' ? 'a start without a delay' : `the first ${delay} s after a start, or after FAULT`,
      states: { 'ne 0': 'it waits before it takes the addresses back, or has not reported yet' },
    },
    'ocf:kp2pcm:track-file': {
      what: ({ file = '' }) => `the number in ${file}`,
      states: {},
      adds: ({ weight = '1', reverse }) => {
        if (weight === '0')
          return `nothing; it may not run there while the file says ${reverse ? '' : 'anything but '}0`;
        return `the number times ${reverse ? -Number(weight) : weight}; it may not run there while that is -254 or less`;
      },
    },
    'ocf:kp2pcm:track-process': {
      what: ({ process = '', quorum, quorum_max: most }) =>
        [
          `processes ${process}`,
          ...(quorum ? [`at least ${quorum}`] : []),
          ...(most ? [`at most ${most}`] : []),
        ].join(', '),
      states: { 'eq 1': 'not enough run, or too many', 'eq 0': 'enough run' },
    },
    'ocf:pacemaker:ping': {
      what: ({ host_list: hosts = '' }) => `ping of ${hosts}`,
      states: { 'lt 1': 'there is no answer', 'eq 1': 'there is an answer' },
    },
  } satisfies Record<string, CheckAgent>),
);

const comparisons: Readonly<Record<LocationRule['operation'], string>> = {
  eq: 'is',
  lt: 'is less than',
  ne: 'is not',
};

type Effect = LocationRule | LocationScore;

/** The checks of a plan: the agents that keep a node attribute, each with the location rules that look at it. */
export function reportChecks({
  resources,
  constraints,
}: Pick<Plan, 'resources' | 'constraints'>): ReportedCheck[] {
  const rules = new Map<string, Effect[]>();
  for (const constraint of constraints) {
    if (constraint.kind !== 'rule' && constraint.kind !== 'score-attribute') continue;
    const known = rules.get(constraint.attribute);
    if (known) known.push(constraint);
    else rules.set(constraint.attribute, [constraint]);
  }
  return resources.flatMap((resource) => {
    if (resource.kind !== 'primitive') return [];
    const agent = agents.get(resource.agent);
    if (!agent) return [];
    const { id, attributes } = resource;
    const own = rules.get(attributes['name'] ?? '') ?? [];
    const effects = [...new Set(own.map((rule) => effectInWords(rule, agent, attributes)))];
    return [{ id, what: agent.what(attributes), timing: timingInWords(resource), effects }];
  });
}

/** A check that could be the thing itself, and what that would be. */
export interface Offer {
  readonly id: string;
  readonly what: string;
}

/** The checks that --manage-services would replace; none where it was asked for. */
export function reportOffers({ resources }: Pick<Plan, 'resources'>): Offer[] {
  const primitives = resources.flatMap((resource) => (resource.kind === 'primitive' ? [resource] : []));
  if (primitives.some(({ agent }) => agent.startsWith('systemd:'))) return [];
  // What notify scripts are told of stays a check.
  const heard = new Set(
    primitives.flatMap(({ agent, attributes: { rules = '' } }) =>
      agent === 'ocf:kp2pcm:notify' ? plainWords(rules) : [],
    ),
  );
  return primitives.flatMap(({ id, agent, attributes }) => {
    const idiom = idiomOfAgent(agent, attributes);
    if (!idiom || (idiom.kind === 'service' && heard.has(attributes['name'] ?? ''))) return [];
    return [
      { id, what: idiom.kind === 'ping' ? `ocf:pacemaker:ping of ${idiom.host}` : `systemd:${idiom.unit}` },
    ];
  });
}

function idiomOfAgent(agent: string, attributes: Primitive['attributes']): Idiom | undefined {
  if (agent === 'ocf:kp2pcm:track') return idiomOf(plainWords(attributes['command'] ?? ''));
  if (agent !== 'ocf:kp2pcm:track-process' || attributes['quorum'] || attributes['quorum_max'])
    return undefined;
  return processNamed(plainWords(attributes['process'] ?? '').slice(0, 1));
}

/** The words of a parameter, where their quotes are simple; what is recognised has no others. */
export function plainWords(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word = '']) => quoted ?? word);
}

function timingInWords({ operations, attributes }: Primitive): string {
  const monitor = operations.find(({ name }) => name === 'monitor');
  const interval = `every ${monitor?.options['interval'] ?? '?'}`;
  const counts = (
    [
      ['bad', attributes['fall']],
      ['good', attributes['rise']],
    ] as const
  ).flatMap(([result, times]) =>
    times === undefined || times === '1' ? [] : [`${result} after ${times} in a row`],
  );
  return [interval, ...counts].join(', ');
}

/** `VI_1 counts 20 less on a node while it fails`. */
function effectInWords(effect: Effect, agent: CheckAgent, attributes: Primitive['attributes']): string {
  const { resource, node: where = 'a node' } = effect;
  if (effect.kind === 'score-attribute')
    return `the score of ${resource} on ${where} gets ${agent.adds?.(attributes) ?? `the value of ${effect.attribute}`}`;
  const { score, attribute, operation, value } = effect;
  const when = agent.states[`${operation} ${value}`] ?? `${attribute} ${comparisons[operation]} ${value}`;
  if (score === '-INFINITY') return `${resource} may not run on ${where} while ${when}`;
  return `${resource} counts ${Math.abs(score)} ${score < 0 ? 'less' : 'more'} on ${where} while ${when}`;
}
