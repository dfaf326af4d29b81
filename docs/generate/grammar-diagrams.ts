import type { ISerializedGast } from 'chevrotain';
import railroad, { type Item } from 'railroad-diagrams';
import { KeepalivedParser } from '../../grammar/parser.ts';

type Part = ISerializedGast & { readonly name?: string };

/** The rules of the parser by their names, each as a railroad diagram in SVG. */
export function grammarDiagrams(): ReadonlyMap<string, string> {
  const rules: readonly Part[] = new KeepalivedParser(false).getSerializedGastProductions();
  return new Map(
    rules.map((rule) => [rule.name ?? '', asFile(rule.name ?? '', railroad.Diagram(...itemsOf(rule)))]),
  );
}

function itemsOf({ definition }: ISerializedGast): Item[] {
  return (definition ?? []).map((part: Part) => itemOf(part));
}

function itemOf(part: Part): Item {
  const inside = () => railroad.Sequence(...itemsOf(part));
  switch (part.type) {
    case 'NonTerminal':
      return railroad.NonTerminal(part.name ?? '');
    case 'Terminal':
      return railroad.Terminal(part.name ?? '');
    case 'Option':
      return railroad.Optional(inside());
    case 'Repetition':
      return railroad.ZeroOrMore(inside());
    case 'RepetitionMandatory':
      return railroad.OneOrMore(inside());
    case 'Alternation':
      return railroad.Choice(0, ...itemsOf(part));
    case 'Alternative':
      return inside();
    default:
      throw new RangeError(`no diagram for ${part.type}`);
  }
}

/** Legible on a light page and on a dark one. */
const style = `svg { background: #fff }
path { stroke: #555; stroke-width: 2; fill: none }
rect { stroke: #555; stroke-width: 2; fill: #eef4fb }
text { font: 14px monospace; text-anchor: middle; fill: #111 }`;

/** As a file of its own an SVG needs its namespace, and brings its style along. */
function asFile(name: string, diagram: Item): string {
  const svg = diagram.toString().replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  const head = `<title>${name}</title>\n<style>\n${style}\n</style>`;
  return `${svg.replace(/>/, `>\n${head}`).trim()}\n`;
}
