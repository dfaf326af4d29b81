import type { Directive } from '../../grammar/ast/nodes.ts';
import { entryShapes, findToken } from '../../grammar/directives/entries.ts';
import type { DirectiveSpec } from '../../grammar/directives/spec.ts';

/**
 * The option at the end of a route or a rule that lacks its value: there the daemon exits, as at a keyword that lacks its
 * value; in every other kind of entry it reports the option and goes on.
 */
export function optionWithoutValue({ words }: Directive, { entry }: DirectiveSpec): string | undefined {
  if (entry !== 'route' && entry !== 'rule') return undefined;
  const shape = entryShapes[entry];
  const [last, before] = [words.at(-1)?.value ?? '', words.at(-2)?.value ?? ''];
  const option = words.length > 1 ? findToken(shape, before) : undefined;
  const isValue = option?.takes === 1 && !option.prefixes?.includes(last);
  const needsValue = findToken(shape, last)?.takes === 1 || option?.prefixes?.includes(last);
  return !isValue && needsValue ? last : undefined;
}
