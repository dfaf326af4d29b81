import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';
import { companionFindings } from './findings.ts';
import type { YamlEntry, YamlValue } from './yaml-value.ts';
import { syntaxInWords } from './yaml-words.ts';

/** Characters; no companion file comes near this, and the parser takes a second for so many. */
export const maxCharacters = 256 * 1024;
/** Values that may be made of the file, aliases counted each time: an alias of aliases of aliases has billions. */
const maxValues = 20_000;
/** The parser calls itself for each level, and V8 ends the process when the stack is full in the wrong moment. */
const maxDepth = 100;
/** A slip of the hand makes one error after the other. */
const maxSyntaxErrors = 5;

/** Reads one YAML document. The value is undefined where there is none, or where it is not sound. */
export function readYaml(text: string, file: string): Outcome<YamlValue | undefined> {
  if (text.length > maxCharacters) return refuse('unreadable', `${file} is larger than 256 kB`);
  if (mayBeDeep(text)) return refuse('notRead', `${file} is nested too deeply`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    // Every scalar stays the text that it is.
    schema: 'failsafe',
    // Messages of our own; and those of the parser quote the text, which may be a password.
    prettyErrors: false,
    uniqueKeys: false,
  });
  const place = placesIn(file, lines, text);
  const wrong = document.errors.map((error) => syntaxError(error, document, place));
  if (wrong.length > 0) return { value: undefined, diagnostics: onePerLine(wrong).slice(0, maxSyntaxErrors) };
  if (!document.contents || isEmpty(document.contents)) return { value: undefined, diagnostics: [] };
  const converted = new Conversion(place);
  const value = converted.valueOf(document.contents);
  return { value, diagnostics: converted.diagnostics };
}

/** `---` alone. */
function isEmpty(node: ParsedNode): boolean {
  return isScalar(node) && node.type === 'PLAIN' && node.source === '';
}

function syntaxError({ code, pos }: YAMLError, document: Document, place: PlaceOf): Diagnostic {
  const finding = code === 'MULTIPLE_DOCS' ? companionFindings.notRead : companionFindings.notYaml;
  const opened = code === 'MISSING_CHAR' || code === 'BAD_INDENT' ? openAt(document, pos[0]) : undefined;
  if (opened === undefined) return report(finding, { ...syntaxInWords(code), at: place(pos[0], pos[1]) });
  // The parser notices at the end; the author looks for the beginning.
  const summary = 'what is opened here is not closed';
  return report(finding, { summary, at: place(opened, opened + 1), help: 'close it before the next line' });
}

/** Where the innermost quote or bracket opens that a place lies in. */
function openAt(document: Document, offset: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Node(_key, node) {
      const [start, end] = node.range ?? [0, -1];
      const quoted = isScalar(node) && /^QUOTE/.test(node.type ?? '');
      const bracket = isCollection(node) && node.flow === true;
      if ((quoted || bracket) && start < offset && offset <= end) found = start;
    },
  });
  return found;
}

function refuse(finding: 'unreadable' | 'notRead', summary: string): Outcome<undefined> {
  return { value: undefined, diagnostics: [report(companionFindings[finding], { summary })] };
}

/** Looks for depth without a parser: it may find some where there is only text with many brackets. */
function mayBeDeep(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '[' || sign === '{') depth++;
    else if ((sign === ']' || sign === '}') && depth > 0) depth--;
    if (depth > maxDepth) return true;
  }
  return new RegExp(`^ {${2 * maxDepth}}|(?:[-?:][ \\t]+(?:[&!]\\S*[ \\t]+)*){${maxDepth}}`, 'm').test(text);
}

function onePerLine(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const lines = new Set<number | undefined>();
  return diagnostics.filter(({ at }) => !lines.has(at?.line) && lines.add(at?.line));
}

type PlaceOf = (start: number, end: number) => Span;

function placesIn(file: string, lines: LineCounter, text: string): PlaceOf {
  return (start, end) => {
    const from = lines.linePos(Math.min(start, text.length));
    const to = lines.linePos(Math.min(Math.max(end, start), text.length));
    const [line, column] = [Math.max(1, from.line), Math.max(1, from.col)];
    return { file, line, column, endLine: Math.max(1, to.line), endColumn: Math.max(1, to.col) };
  };
}

/** Makes values of the parser's nodes; what is not sound is left out and said. */
class Conversion {
  readonly diagnostics: Diagnostic[] = [];
  private readonly place: PlaceOf;
  /** What each anchor names at this point of the document, and which of them are still open around it. */
  private readonly anchors = new Map<string, ParsedNode>();
  private readonly open = new Set<ParsedNode>();
  private values = 0;

  constructor(place: PlaceOf) {
    this.place = place;
  }

  valueOf(node: ParsedNode | null, fallback?: Span): YamlValue | undefined {
    if (++this.values > maxValues) return this.tooMany(node);
    if (!node) return fallback && { kind: 'scalar', text: '', plain: true, at: fallback };
    const at = this.placeOf(node);
    if (isAlias(node)) return this.aliased(node.source, at);
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (node.tag !== undefined && !/^tag:yaml\.org,2002:(?:str|seq|map)$/.test(node.tag))
      return this.refuse(at, 'a tag is not read here', 'leave it out: a text is a text without it');
    if (isScalar(node)) {
      const { type, value } = node;
      return { kind: 'scalar', text: `${value ?? ''}`, plain: type === 'PLAIN', at };
    }
    this.open.add(node);
    const made = this.collection(node, at);
    this.open.delete(node);
    return made;
  }

  private collection(node: ParsedNode, at: Span): YamlValue | undefined {
    if (isSeq<ParsedNode>(node)) {
      const items = node.items.flatMap((item) => this.valueOf(item, at) ?? []);
      return { kind: 'list', items, at };
    }
    if (!isMap<ParsedNode, ParsedNode | null>(node)) return undefined;
    const entries = new Map<string, YamlEntry>();
    for (const { key, value } of node.items) {
      const entry = this.entryOf(key, value);
      const first = entry && entries.get(entry.key);
      if (first) this.twice(entry, first);
      else if (entry) entries.set(entry.key, entry);
    }
    return { kind: 'mapping', entries: [...entries.values()], at };
  }

  private entryOf(key: ParsedNode, value: ParsedNode | null): YamlEntry | undefined {
    const keyAt = this.placeOf(key);
    if (!isScalar(key))
      return this.refuse(keyAt, 'a key that is no text is not read', 'write a word, and a colon');
    const name = `${key.value ?? ''}`;
    if (name === '<<' && key.type === 'PLAIN')
      return this.refuse(keyAt, 'a merge key (<<) is not read', 'write the keys out');
    const read = this.valueOf(value, keyAt);
    return read && { key: name, keyAt, value: read };
  }

  private twice({ key, keyAt }: YamlEntry, first: YamlEntry): void {
    const notes = [{ text: 'here for the first time', at: first.keyAt }];
    const details = { summary: `'${key}' stands twice`, at: keyAt, notes, help: 'keep one' };
    this.diagnostics.push(report(companionFindings.keyTwice, details));
  }

  private aliased(name: string, at: Span): YamlValue | undefined {
    const node = this.anchors.get(name);
    if (!node)
      return this.refuse(at, `nothing above has the anchor '&${name}'`, 'quote a text that begins with *');
    if (this.open.has(node)) return this.refuse(at, `'*${name}' stands in what it names`, 'write it out');
    return this.valueOf(node, at);
  }

  private tooMany(node: ParsedNode | null): undefined {
    if (this.values > maxValues + 1) return undefined;
    return this.refuse(
      node ? this.placeOf(node) : undefined,
      'aliases make too many values',
      'write them out',
    );
  }

  private refuse(at: Span | undefined, summary: string, help: string): undefined {
    this.diagnostics.push(report(companionFindings.notRead, { summary, at, help }));
    return undefined;
  }

  private placeOf({ range }: ParsedNode): Span {
    const [start, end] = range ?? [0, 0, 0];
    return this.place(start, end);
  }
}
