import type { Word } from '../../../grammar/ast/nodes.ts';
import { type Diagnostic, type Finding, report } from '../../../grammar/source/diagnostic.ts';
import { type Span, spanBetween } from '../../../grammar/source/span.ts';
import { type BoundDirective, walkBound } from '../bound-directive.ts';
import { indentOf, sourceText, stretch } from '../word-text.ts';
import { mistakeFindings } from './findings.ts';
import { hiddenCharacters } from './hidden-characters.ts';
import { isConflictMark } from './merge-conflicts.ts';

interface Sign {
  readonly finding: Finding;
  readonly summary: string;
  readonly detail: string;
  readonly help: string;
  readonly at: Span;
  /** What should stand there. */
  readonly text?: string | undefined;
}

/** Signs that mean something elsewhere and nothing in keepalived.conf. One message a line: the first that is found. */
export function foreignSigns(directives: readonly BoundDirective[]): Diagnostic[] {
  return [...walkBound(directives)].flatMap((bound) => {
    if (isConflictMark(bound)) return [];
    const sign =
      typographicQuotes(bound) ??
      hiddenSign(bound) ??
      singleQuotes(bound) ??
      commentSign(bound) ??
      equalsSign(bound) ??
      commas(bound) ??
      lastSign(bound) ??
      listDash(bound);
    if (!sign) return [];
    const { finding, summary, detail, help, at, text } = sign;
    const suggestion = text === undefined ? undefined : { at, text };
    return [report(finding, { summary, detail, at, help, suggestion })];
  });
}

const openers = /^[“”„‟«‘’‚‛]/;
const closers = /[“”‟»‘’‛];?$/;

function typographicQuotes({ directive }: BoundDirective): Sign | undefined {
  const { words } = directive;
  const first = words.findIndex(({ value, quoted }) => !quoted && openers.test(value));
  if (first < 0) return undefined;
  const closer = words.findLastIndex(({ value }, index) => index >= first && closers.test(value));
  const found = stretch(directive, first, closer < 0 ? first : closer);
  const inner = found?.text.replace(openers, '').replace(closers, '');
  const isSure = closer >= 0 && inner !== undefined && !/["“”„‟«»]/.test(inner);
  const sign = words[first]?.value.slice(0, 1) ?? '';
  return {
    finding: mistakeFindings.typographicQuotes,
    summary: `${sign} is not a quote to the daemon`,
    detail: `The daemon knows only ": ${sign} is a part of the word, and blanks behind it separate words.`,
    help: 'write straight quotes',
    at: found?.at ?? words[first]?.span ?? directive.span,
    text: isSure ? `"${inner}"` : undefined,
  };
}

function hiddenSign(bound: BoundDirective): Sign | undefined {
  const isScript = bound.kind === 'keyword' && bound.spec?.type === 'script';
  for (const [index, word] of bound.directive.words.entries()) {
    const found = word.quoted && !isScript ? undefined : hiddenCharacters(word.value);
    // A byte order mark has a message of its own.
    const isMark = word.span.line === 1 && word.span.column === 1 && word.value.startsWith('\uFEFF');
    if (!found || isMark) continue;
    const meant = index === 0 ? found.meant.replace(/^([\w-]+)[:=](?=.)/, '$1 ') : found.meant;
    const isWhole = sourceText(word) !== undefined;
    return {
      finding: mistakeFindings.hiddenCharacter,
      summary: `'${word.value}' holds ${found.name}`,
      detail: 'To the daemon it is a letter like any other: it separates nothing, and makes another word.',
      help: 'type the word anew',
      at: word.span,
      text: isWhole ? (word.quoted ? `"${meant}"` : meant) : undefined,
    };
  }
  return undefined;
}

function singleQuotes({ kind, spec, directive }: BoundDirective): Sign | undefined {
  const { words } = directive;
  if (kind === 'keyword' && (!spec || spec.type === 'script')) return undefined;
  const first = words.findIndex(({ value, quoted }) => !quoted && value.startsWith("'"));
  if (first < 0) return undefined;
  const closer = words.findIndex(
    ({ value }, index) => index >= first && /.'$/.test(index === first ? value : `.${value}`),
  );
  const found = stretch(directive, first, closer < 0 ? first : closer);
  const inner = found?.text.slice(1, -1) ?? '';
  const isSure = found !== undefined && closer >= 0 && !/['"]/.test(inner);
  return {
    finding: mistakeFindings.singleQuotes,
    summary: `${found?.text ?? words[first]?.value} keeps its single quotes`,
    detail: 'Outside script strings the daemon takes them for a part of the value.',
    help: 'write double quotes, or none',
    at: found?.at ?? words[first]?.span ?? directive.span,
    text: isSure ? (/^[^\s#!{}]+$/.test(inner) ? inner : `"${inner}"`) : undefined,
  };
}

function commentSign({ kind, verdict, directive }: BoundDirective): Sign | undefined {
  const index = directive.words.findIndex(({ value, quoted }) => !quoted && /^(?:\/\/|\/\*)/.test(value));
  const word = directive.words[index];
  if (!word || (kind === 'keyword' && index === 0 && !verdict)) return undefined;
  // Behind the value of a keyword it is a surplus word.
  if (kind === 'keyword' && index > 0) return undefined;
  return punctuation(
    word.span,
    `${word.value.slice(0, 2)} starts no comment`,
    'a comment starts with # or !',
    word.value.startsWith('//') ? word.value.replace(/^\/+/, '#') : undefined,
  );
}

function equalsSign({ kind, verdict, directive }: BoundDirective): Sign | undefined {
  const [head, second, third] = directive.words;
  if (kind === 'entry') return undefined;
  const help = 'write the keyword, a blank and the value';
  const glued = /^([A-Za-z_][\w-]*)[=:](.*)$/.exec(head.value);
  if (verdict?.kind === 'unknown' && glued) {
    const rest = glued[2] ?? '';
    // Where the value follows as a word of its own the sign alone goes.
    const isTouched = second?.span.column === head.span.endColumn;
    const text = rest === '' && !isTouched ? glued[1] : `${glued[1]} ${rest}`;
    const sign = head.value[glued[1]?.length ?? 0] ?? '=';
    const isSecret = /pass/i.test(glued[1] ?? '') && rest !== '';
    return punctuation(head.span, `'${sign}' is a part of the word here`, help, isSecret ? undefined : text);
  }
  if (!second?.value.startsWith('=') || second.quoted) return undefined;
  const value = second.value === '=' ? third && sourceText(third) : second.value.slice(1);
  const end = second.value === '=' && third ? third : second;
  const at = second.span.line === end.span.endLine ? spanBetween(second.span, end.span) : second.span;
  return punctuation(at, `'=' is taken for the value of ${head.value}`, help, value);
}

function commas({ kind, directive }: BoundDirective): Sign | undefined {
  const { words } = directive;
  if (!words.some(({ value, quoted }) => !quoted && value.includes(','))) return undefined;
  const last = words.length - 1;
  if (kind === 'keyword') {
    const word = words[last];
    if (!word || word.quoted || !/[^,],$/.test(word.value) || last === 0) return undefined;
    return punctuation(
      word.span,
      `the comma belongs to '${word.value}'`,
      'remove the comma',
      word.value.slice(0, -1),
    );
  }
  const found = stretch(directive, 0, last);
  const parts = (found?.text ?? '').split(',').flatMap((part) => part.trim() || []);
  const at = found?.at ?? directive.span;
  return punctuation(
    at,
    parts.length > 1 ? 'commas do not separate entries' : `the comma belongs to '${words[last]?.value}'`,
    parts.length > 1 ? 'write each entry on a line of its own' : 'remove the comma',
    found ? parts.join(`\n${indentOf(at)}`) : undefined,
  );
}

function lastSign({ kind, spec, directive }: BoundDirective): Sign | undefined {
  const word: Word | undefined = directive.words.at(-1);
  if (!word || word.quoted || !word.value.endsWith(';')) return undefined;
  const isAlone = word.value === ';' && directive.words.length > 1;
  // A surplus word behind a value does no harm, and a shell line has a message of its own.
  if (kind === 'keyword' && (spec?.type === 'script' ? directive.words.length === 2 : isAlone))
    return undefined;
  return punctuation(
    word.span,
    word.value === ';' ? "';' ends nothing" : `the ; belongs to '${word.value}'`,
    'remove it: a line ends where it ends',
    sourceText(word) === undefined ? undefined : word.value.replace(/;+$/, ''),
  );
}

function listDash({ kind, directive }: BoundDirective): Sign | undefined {
  const [head, second] = directive.words;
  if (kind !== 'entry' || head.value !== '-' || !second) return undefined;
  const found = stretch(directive, 0, directive.words.length - 1);
  const text = found?.text.replace(/^-[ \t]+/, '');
  return punctuation(found?.at ?? head.span, "'-' is taken for the entry", 'write the entry alone', text);
}

function punctuation(at: Span, summary: string, help: string, text: string | undefined): Sign {
  return {
    finding: mistakeFindings.foreignPunctuation,
    summary,
    detail: 'To the daemon such a sign is a letter like any other.',
    help,
    at,
    text,
  };
}
