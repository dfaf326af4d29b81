import type { Origin } from '../pacemaker/plan.ts';
import { whyLine } from './command-lines.ts';
import { commentXml, quoteXml } from './xml-text.ts';

/** Writes an attribute's value, quotes and all, for whoever reads it. */
export type Quote = (text: string) => string;

/** Why it is there, and from where. */
export function why({ origin }: { readonly origin: Origin }): string {
  return commentXml(whyLine(origin));
}

export type Pairs = Readonly<Record<string, string>>;

export function pairs(element: string, id: string, values: Pairs, quote: Quote = quoteXml): string[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return [];
  const nvpairs = entries.map(
    ([name, value]) => `<nvpair${attributes({ id: `${id}-${name}`, name, value }, quote)}/>`,
  );
  return [`<${element}${attributes({ id }, quote)}>`, ...indent(nvpairs), `</${element}>`];
}

export function attributes(values: Pairs, quote: Quote = quoteXml): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}=${quote(value)}`)
    .join('');
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
