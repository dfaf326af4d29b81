import { followingServices, type ScriptOwner } from '../pacemaker/notified-services.ts';
import type { Group, Plan, PlanNode, Primitive } from '../pacemaker/plan.ts';
import { plainWords } from './report-checks.ts';

/** A service that the scripts of a group start and stop, which could be a member of the group. */
export interface ServiceOffer {
  /** The agent that runs the scripts. */
  readonly id: string;
  readonly group: string;
  readonly unit: string;
}

/** What --manage-services would put into groups in place of notify scripts. */
export function reportServiceOffers({ resources, nodes }: Pick<Plan, 'resources' | 'nodes'>): ServiceOffer[] {
  const primitives = resources.filter((resource): resource is Primitive => resource.kind === 'primitive');
  const groups = resources.filter((resource): resource is Group => resource.kind === 'group');
  const agents = new Set(primitives.map(({ agent }) => agent));
  const notifying = primitives.filter(({ agent }) => agent === 'ocf:kp2pcm:notify');
  const told = new Map(
    notifying.flatMap(({ id, attributes: { tell } }) => (tell ? [[id, tell] as const] : [])),
  );
  const groupOf = new Map(
    groups.flatMap(({ id, members }) => members.map((member) => [told.get(member) ?? '', id] as const)),
  );
  const owners = notifying.flatMap(({ id, attributes }) => {
    const group = groupOf.get(id);
    return group === undefined ? [] : [{ id, group, nodes: commandsOnNodes(attributes, nodes) }];
  });
  return followingServices(owners)
    .filter(({ unit }) => !agents.has(`systemd:${unit}`))
    .flatMap(({ unit, group, owners: [first] }) => (first ? [{ id: first.id, group, unit }] : []));
}

const parameters = [
  ['master', 'notify_master'],
  ['backup', 'notify_backup'],
  ['fault', 'notify_fault'],
  ['stop', 'notify_stop'],
  ['any', 'notify'],
] as const;

/** The agent's parameters say the first node's words, and behind @NODE those of nodes that have others. */
function commandsOnNodes(
  attributes: Primitive['attributes'],
  nodes: readonly PlanNode[],
): ScriptOwner['nodes'] {
  return nodes
    .filter(({ file }) => file !== undefined)
    .map(({ name }) =>
      parameters.map(([event, parameter]) => ({ event, argv: wordsOn(attributes[parameter] ?? '', name) })),
    );
}

function wordsOn(text: string, node: string): string[] {
  const sections = new Map<string, string[]>([['', []]]);
  let current = '';
  for (const word of plainWords(text)) {
    if (/^@(?!@)/.test(word)) current = word.slice(1);
    sections.set(current, [...(sections.get(current) ?? []), ...(word === `@${current}` ? [] : [word])]);
  }
  return sections.get(node) ?? sections.get('') ?? [];
}
