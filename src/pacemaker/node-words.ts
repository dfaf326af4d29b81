import type { MemberOf } from '../cluster/failover-cluster.ts';
import { joinArguments } from './script-arguments.ts';

/**
 * A list of words as one agent parameter, where nodes may differ: the first node's words, then `@NODE` and its words for
 * each node that has others. ocf:kp2pcm:notify takes the first for a node that is not named, so a peer without a file
 * gets what the others have. Undefined when nobody has a word.
 */
export function nodeWords(lists: readonly MemberOf<readonly string[]>[]): string | undefined {
  const [first, ...others] = lists.map(({ node, configured }) => ({ node, words: escaped(configured) }));
  if (!first || lists.every(({ configured }) => configured.length === 0)) return undefined;
  const sections = others.filter(({ words }) => words !== first.words);
  return [first.words, ...sections.flatMap(({ node, words }) => [joinArguments([`@${node}`]), words])]
    .filter((text) => text !== '')
    .join(' ');
}

/** A word that begins with @ would begin a section. */
function escaped(words: readonly string[]): string {
  return joinArguments(words.map((word) => word.replace(/^@/, '@@')));
}
