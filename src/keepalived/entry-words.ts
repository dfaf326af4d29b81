import type { Directive } from '../../grammar/ast/nodes.ts';
import { entryShapes, findToken } from '../../grammar/directives/entries.ts';
import type { DirectiveSpec } from '../../grammar/directives/spec.ts';

/**
 * The option at the end of a route, a rule or a virtual server group's mark that lacks its value: there the daemon exits, as at a keyword that lacks its
 * value; in every other kind of entry it reports the option and goes on.
 */
export function optionWithoutValue({ words }: Directive, { entry }: DirectiveSpec): string | undefined {
  if (entry === 'virtual-server-group')
    return words.length === 1 && words[0].value === 'fwmark' ? 'fwmark' : undefined;
  if (entry !== 'route' && entry !== 'rule') return undefined;
  const shape = entryShapes[entry];
  const [last, before] = [words.at(-1)?.value ?? '', words.at(-2)?.value ?? ''];
  const isValue = words.length > 1 && findToken(shape, before)?.takes === 1;
  return !isValue && findToken(shape, last)?.takes === 1 ? last : undefined;
}
