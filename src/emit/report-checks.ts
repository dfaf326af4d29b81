import type { LocationRule, Plan, Primitive } from '../pacemaker/plan.ts';

/** One thing that is watched on every node, and what it does to the groups. */
export interface ReportedCheck {
  readonly id: string;
  readonly what: string;
  readonly timing: string;
  readonly effects: readonly string[];
}

const trackAgent = 'ocf:kp2pcm:track';
const linkAgent = 'ocf:heartbeat:ethmonitor';

/** The checks of a plan: the agents that keep a node attribute, each with the location rules that look at it. */
export function reportChecks({
  resources,
  constraints,
}: Pick<Plan, 'resources' | 'constraints'>): ReportedCheck[] {
  const rules = new Map<string, LocationRule[]>();
  for (const constraint of constraints) {
    if (constraint.kind !== 'rule') continue;
    const known = rules.get(constraint.attribute);
    if (known) known.push(constraint);
    else rules.set(constraint.attribute, [constraint]);
  }
  return resources.flatMap((resource) => {
    if (resource.kind !== 'primitive') return [];
    if (resource.agent !== trackAgent && resource.agent !== linkAgent) return [];
    const own = rules.get(resource.attributes['name'] ?? '') ?? [];
    const effects = [...new Set(own.map((rule) => effectInWords(rule, resource.agent)))];
    return [{ id: resource.id, what: whatIsChecked(resource), timing: timingInWords(resource), effects }];
  });
}

function whatIsChecked({ agent, attributes }: Primitive): string {
  if (agent === linkAgent) return `link of ${attributes['interface'] ?? ''}`;
  const user = attributes['user'] === undefined ? '' : ` (as ${attributes['user']})`;
  return `${attributes['command'] ?? ''}${user}`;
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
function effectInWords({ resource, score, node, ...rule }: LocationRule, agent: string): string {
  const where = node === undefined ? 'a node' : node;
  const when = stateInWords(rule, agent);
  if (score === '-INFINITY') return `${resource} may not run on ${where} while ${when}`;
  return `${resource} counts ${Math.abs(score)} ${score < 0 ? 'less' : 'more'} on ${where} while ${when}`;
}

/** The track agent sets 0 for good and 1 for bad, ethmonitor 1 for a link and 0 for none. */
function stateInWords(
  { attribute, operation, value }: Omit<LocationRule, 'resource' | 'score' | 'node'>,
  agent: string,
): string {
  const state = `${operation} ${value}`;
  if (agent === trackAgent && state === 'eq 1') return 'it fails';
  if (agent === trackAgent && state === 'eq 0') return 'it succeeds';
  if (agent === linkAgent && state === 'lt 1') return 'there is no link';
  if (agent === linkAgent && state === 'eq 1') return 'there is a link';
  return `${attribute} ${operation === 'lt' ? 'is less than' : 'is'} ${value}`;
}
