import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';

/** Messages that say of a word what it was probably meant to be. */
const tellsMeaning = new Set([
  'KP003',
  'KP021',
  'KP050',
  'KP051',
  'KP052',
  'KP053',
  'KP054',
  'KP160',
  'KP163',
  'KP164',
  'KP167',
]);
/** Messages that only say that something is no keyword, no value, no entry. */
const onlyRefuses = new Set(['KP101', 'KP105', 'KP107', 'KP110', 'KP112', 'KP113', 'KP116']);
/** Those that leave it to the other message to say what the daemon does. */
const lacksConsequence = new Set(['KP021', 'KP051', 'KP052', 'KP053', 'KP054']);
/** Errors that name a consequence: the reason goes into them. */
const fatal = 'KP106';
/** Said once for all nodes. */
const onceForAll = 'KP165';
const conflict = 'KP050';
/** Inside a merge conflict, that one line overrides another is no news. */
const overridden = 'KP108';

/**
 * One mistake, one message. Where a message tells what a word was meant to be, one that only refuses the word is left out,
 * after it has lent what the daemon does with it. Where the mistake makes the daemon exit, the error stays and takes the
 * reason and the suggestion over. Nothing else is changed, and no error is left out for a warning.
 */
export function withoutSuperseded(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const lines = new Map<string, Diagnostic[]>();
  const sharp = diagnostics.filter(
    ({ code, suggestion }) => tellsMeaning.has(code) || code === fatal || suggestion,
  );
  for (const one of sharp) {
    for (const line of linesOf(one.at)) lines.set(line, [...(lines.get(line) ?? []), one]);
  }
  const dropped = new Set<Diagnostic>();
  const gained = new Map<Diagnostic, Diagnostic[]>();
  const repeats = diagnostics.filter(({ code }) => code === onceForAll).slice(1);
  for (const one of repeats) dropped.add(one);
  for (const one of diagnostics) {
    const over = coverOf(one, lines);
    if (!over) continue;
    dropped.add(one);
    gained.set(over, [...(gained.get(over) ?? []), one, ...(gained.get(one) ?? [])]);
  }
  return diagnostics
    .filter((one) => !dropped.has(one))
    .map((one) => (gained.get(one) ?? []).reduce(one.code === fatal ? withReason : withConsequence, one));
}

function linesOf(at: Span | undefined): string[] {
  if (!at) return [];
  // A conflict goes over many lines; nothing else does.
  return Array.from({ length: at.endLine - at.line + 1 }, (_, index) => `${at.file}:${at.line + index}`);
}

/** The message that makes this one needless. */
function coverOf(one: Diagnostic, lines: ReadonlyMap<string, readonly Diagnostic[]>): Diagnostic | undefined {
  const { at, code, suggestion } = one;
  if (!at) return undefined;
  const here = (lines.get(`${at.file}:${at.line}`) ?? []).filter(
    (other) => other.at && overlap(at, other.at),
  );
  const errors = here.filter((other) => other.code === fatal);
  // Of two errors at one word the one that names the word stays, not the one that names the instance.
  const error = errors.find(({ summary }) => !summary.startsWith('vrrp_instance ')) ?? errors[0];
  if (code === fatal) return error === one ? undefined : error;
  if (error && (onlyRefuses.has(code) || lacksConsequence.has(code))) return error;
  const meaning = here.find((other) => other !== one && tellsMeaning.has(other.code));
  if (meaning?.code === conflict) return isMark(one) || code === overridden ? meaning : undefined;
  if (!onlyRefuses.has(code)) return undefined;
  return (
    meaning ?? here.find((other) => other.code === code && !suggestion && other.suggestion !== undefined)
  );
}

function isMark({ summary, code }: Diagnostic): boolean {
  return onlyRefuses.has(code) && /[<>=|]{7}/.test(summary);
}

function overlap(one: Span, other: Span): boolean {
  if (other.endLine > other.line) return true;
  return one.column < other.endColumn && other.column < one.endColumn;
}

function withConsequence(one: Diagnostic, { detail }: Diagnostic): Diagnostic {
  const known = one.detail ?? '';
  if (detail === undefined || !lacksConsequence.has(one.code) || known.includes(detail)) return one;
  return { ...one, detail: [known, detail].filter((text) => text !== '').join(' ') };
}

function withReason(one: Diagnostic, { summary, help, suggestion, code }: Diagnostic): Diagnostic {
  const notes = code === fatal ? one.notes : [...one.notes, { text: summary }];
  const isSharper = suggestion !== undefined && one.suggestion === undefined;
  return {
    ...one,
    notes,
    ...(isSharper && { suggestion, ...(help !== undefined && { help }) }),
  };
}
