import type { MemberOf } from '../cluster/failover-cluster.ts';
import { joinArguments } from './script-arguments.ts';

/**
 * A list of words as one agent parameter, where nodes may differ: the usual words, then `@NODE` and its words for each
 * node that has others. ocf:kp2pcm:notify takes the usual ones for a node that is not named, so a peer without a file gets
 * what the others have. Undefined when nobody has a word. The order in which the nodes are given does not matter.
 */
export function nodeWords(lists: readonly MemberOf<readonly string[]>[]): string | undefined {
  if (lists.every(({ configured }) => configured.length === 0)) return undefined;
  const written = lists
    .map(({ node, configured }) => ({ node, words: escaped(configured) }))
    .sort((one, other) => (one.node < other.node ? -1 : 1));
  const usual = mostCommon(written.map(({ words }) => words));
  const sections = written.filter(({ words }) => words !== usual);
  return [usual, ...sections.flatMap(({ node, words }) => [joinArguments([`@${node}`]), words])]
    .filter((text) => text !== '')
    .join(' ');
}

/** Of several that are as common, the first. */
function mostCommon(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [first] = [...counts].sort(([, one], [, other]) => other - one);
  return first?.[0] ?? '';
}

/** A word that begins with @ would begin a section. */
function escaped(words: readonly string[]): string {
  return joinArguments(words.map((word) => word.replace(/^@/, '@@')));
}
