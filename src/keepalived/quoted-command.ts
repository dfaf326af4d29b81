import type { Span } from '../../grammar/source/span.ts';
import type { BoundDirective } from './bound-directive.ts';
import { stretch } from './word-text.ts';

/** The whole command of a script line in double quotes; undefined where it has quotes of its own. */
export function quotedCommand({ directive }: BoundDirective): { at: Span; text: string } | undefined {
  const found = stretch(directive, 1, directive.words.length - 1);
  return found && !found.text.includes('"') ? { at: found.at, text: `"${found.text}"` } : undefined;
}
