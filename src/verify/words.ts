import type { ClusterEvent, ObjectName } from '../keepalived/election/conditions.ts';
import type { Difference } from './compare.ts';
import type { Scenario } from './scenarios.ts';

/** `lb1 dies, then chk_web fails on lb2` */
export function scenarioInWords(scenario: Scenario): string {
  return scenario.map(eventInWords).join(', then ');
}

function eventInWords(event: ClusterEvent): string {
  const { kind, node } = event;
  if (kind === 'leaves') return `${node} is stopped cleanly`;
  if (!('object' in event)) return `${node} ${kind}`;
  const { object } = event;
  if (object.kind === 'interface')
    return `${object.name} of ${node} ${kind === 'fails' ? 'goes down' : 'comes up'}`;
  const name = `${objectInWords(object)}${object.name}`;
  if (kind === 'writes') return `${name} on ${node} holds ${event.value}`;
  return `${name} ${kind} on ${node}`;
}

function objectInWords({ kind }: ObjectName): string {
  return { script: '', interface: '', process: 'process ', file: 'file ', bfd: 'BFD session ' }[kind];
}

/** What the one does and the other: `Keepalived keeps the addresses on lb2, Pacemaker moves them to lb1`. */
export function differenceInWords({ scenario, before, expected, found, group }: Difference): string {
  const when = scenario.length === 0 ? 'At the start' : `After ${scenarioInWords(scenario)}`;
  const keepalived = [...new Set(expected.map((nodes) => movedInWords(before, nodes)))].join(' or ');
  const partly = found.whole ? '' : ', but not all of them';
  return `${when}: Keepalived ${keepalived}, Pacemaker ${movedInWords(before, found.nodes)}${partly} (${group})`;
}

function movedInWords(before: readonly string[], nodes: readonly string[]): string {
  const [first, ...others] = nodes;
  if (first === undefined)
    return before.length > 0 ? 'takes the addresses down' : 'holds the addresses nowhere';
  if (others.length > 0) return `holds the addresses on ${nodes.join(' and ')} at once`;
  if (before.length === 0) return `puts the addresses on ${first}`;
  return before.join() === first ? `keeps the addresses on ${first}` : `moves the addresses to ${first}`;
}
