import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { argumentOf, type BoundDirective } from '../bound-directive.ts';
import { mistakeFindings } from './findings.ts';

/** The same instance twice with another state or priority: the files of two nodes, one behind the other. */
export function secondNodes(blocks: readonly BoundDirective[]): Diagnostic[] {
  const seen = new Map<string, BoundDirective>();
  for (const block of blocks.filter(({ keywords }) => keywords[0] === 'vrrp_instance')) {
    const name = argumentOf(block);
    const first = seen.get(name);
    if (!first) seen.set(name, block);
    else if (differs(first, block, 'state') || differs(first, block, 'priority')) {
      return [secondNodeMessage(first, block, partOf(blocks, first, block))];
    }
  }
  return [];
}

function lastValue(block: BoundDirective, keyword: string): string | undefined {
  const line = block.children.findLast(({ directive }) => directive.words[0].value === keyword);
  return line && argumentOf(line);
}

function differs(one: BoundDirective, other: BoundDirective, keyword: string): boolean {
  const [first, second] = [lastValue(one, keyword), lastValue(other, keyword)];
  return first !== undefined && second !== undefined && first !== second;
}

/** Where the second node's text probably begins: at its own global_defs, else at the repeated instance. */
function partOf(
  blocks: readonly BoundDirective[],
  first: BoundDirective,
  second: BoundDirective,
): BoundDirective {
  const between = blocks.slice(blocks.indexOf(first) + 1, blocks.indexOf(second));
  return between.find(({ directive }) => directive.words[0].value === 'global_defs') ?? second;
}

function secondNodeMessage(first: BoundDirective, second: BoundDirective, part: BoundDirective): Diagnostic {
  const role = (block: BoundDirective) =>
    [lastValue(block, 'state'), `priority ${lastValue(block, 'priority') ?? 'not given'}`]
      .filter((text) => text !== undefined)
      .join(', ');
  const at = part.directive.span;
  return report(mistakeFindings.secondNode, {
    summary: `${second.directive.words[0].value} ${argumentOf(second)} stands here twice, as two nodes would have it`,
    detail: 'The daemon keeps the first block of a name and reads nothing of the second.',
    at: second.directive.span,
    notes: [
      { text: `the first one: ${role(first)}; this one: ${role(second)}`, at: first.directive.span },
      ...(part === second ? [] : [{ text: 'the second node’s part seems to begin here', at }]),
    ],
    help: `make two files, one for each node: split this one before line ${at.line}, and give both: kp2pcm lb1=lb1.conf lb2=lb2.conf`,
  });
}
