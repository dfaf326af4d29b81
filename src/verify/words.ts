import type { ClusterEvent } from '../keepalived/election/conditions.ts';
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
  if (kind === 'writes') return `file ${object.name} on ${node} says ${event.value}`;
  const becomesBad = kind === 'fails';
  switch (object.kind) {
    case 'interface':
      return `${object.name} of ${node} ${becomesBad ? 'goes down' : 'comes up'}`;
    case 'process':
      return `process ${object.name} on ${node} ${becomesBad ? 'goes down' : 'comes up'}`;
    case 'bfd':
      return `BFD session ${object.name} on ${node} ${becomesBad ? 'goes down' : 'comes up'}`;
    default:
      return `${object.name} ${kind} on ${node}`;
  }
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
