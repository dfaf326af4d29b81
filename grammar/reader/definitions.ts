import { type Diagnostic, report } from '../source/diagnostic.ts';
import { isAtLeast, type Release } from '../source/release.ts';
import type { Span } from '../source/span.ts';
import { entryIn } from '../source/table-entry.ts';
import { readerFindings } from './findings.ts';
import { limits } from './limits.ts';
import { concatMapped, expandedText, type MappedText, mappedSpan, sliceMapped } from './mapped-text.ts';

/** A `$NAME=` definition: one line, or several of which each but the last ended in a backslash. */
export interface Definition {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface DefinitionScope {
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Which standard names there are. */
  readonly release: Release;
  /** The node's config-id, the value of `${_INSTANCE}`. */
  readonly configId: string;
  /** The directory that `${_PWD}` stands for. */
  readonly directory: string;
}

export interface Substituted {
  /** The line with every single-line definition written out. */
  readonly line: MappedText;
  /** The lines of a multi-line definition that stood at the end; they are read after `line`, each by itself. */
  readonly following: readonly MappedText[];
  readonly diagnostics: readonly Diagnostic[];
}

const definitionLine = /^\$([A-Za-z_][A-Za-z0-9_]*)=[ \t]*(.*)$/s;
// $NAME counts only before blank, comma, closing parenthesis or the end; ${NAME} anywhere.
const use = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)((?:[ \t]+-?\w+)*)\}|([A-Za-z_][A-Za-z0-9_]*)(?=[ \t,)]|$))/;
const unrecognisedUse = /\$([A-Za-z_][A-Za-z0-9_]*)(?![A-Za-z0-9_ \t,)]|$)/;

/** The definition that a line makes, or nothing if it makes none. */
export function definitionOf(line: string): { name: string; value: string } | undefined {
  const match = definitionLine.exec(line);
  return match?.[1] === undefined ? undefined : { name: match[1], value: match[2] ?? '' };
}

/**
 * Writes out the definitions that a line uses, again and again until none is left, as the daemon does at the time of use.
 * Undefined names stay as they are.
 */
export function substitute(line: MappedText, scope: DefinitionScope): Substituted {
  const diagnostics: Diagnostic[] = [];
  let current = line;
  let searchFrom = 0;
  for (let count = 0; ; count++) {
    const match = use.exec(current.text.slice(searchFrom));
    if (!match) break;
    const start = searchFrom + match.index;
    const end = start + match[0].length;
    const at = mappedSpan(current, start, end);
    if (count >= limits.substitutionsPerLine || current.text.length > limits.expandedLineCharacters) {
      diagnostics.push(selfReference(match[0], at));
      return { line: sliceMapped(current, 0, 0), following: [], diagnostics };
    }
    const name = match[1] ?? match[3] ?? '';
    const replacement = replacementFor(name, match[2] ?? '', scope, at, diagnostics);
    if (replacement === undefined || (replacement.length > 1 && end !== current.text.length)) {
      if (replacement === undefined && match[1] !== undefined) diagnostics.push(undefinedUse(match[0], at));
      searchFrom = end;
      continue;
    }
    const [first = '', ...rest] = replacement;
    const head = sliceMapped(current, 0, start);
    current = concatMapped([head, expandedText(first, at), sliceMapped(current, end)]);
    if (rest.length > 0)
      return { line: current, following: rest.map((text) => expandedText(text, at)), diagnostics };
    searchFrom = start;
  }
  const missed = unrecognisedUse.exec(current.text);
  if (missed?.[1] !== undefined && scope.definitions.has(missed[1])) {
    diagnostics.push(
      notSubstituted(missed[1], mappedSpan(current, missed.index, missed.index + missed[0].length)),
    );
  }
  return { line: current, following: [], diagnostics };
}

/** The definitions that are there without being made, and their first releases. */
const standardNames: Readonly<Record<string, Release>> = {
  _PWD: '1.4.3',
  _INSTANCE: '2.0.0',
  _RANDOM: '2.0.15',
  _HASH: '2.1.4',
  _BANG: '2.1.4',
  _ENV: '2.4.0',
};

function replacementFor(
  name: string,
  parameters: string,
  scope: DefinitionScope,
  at: Span,
  diagnostics: Diagnostic[],
): readonly string[] | undefined {
  const defined = scope.definitions.get(name);
  if (defined) return defined.lines;
  const since = entryIn(standardNames, name);
  if (since === undefined || !isAtLeast(scope.release, since)) return undefined;
  switch (name) {
    case '_PWD':
      return [scope.directory];
    case '_INSTANCE':
      return [scope.configId];
    case '_HASH':
      return ['#'];
    case '_BANG':
      return ['!'];
    case '_RANDOM': {
      const lowest = parameters.trim().split(/\s+/)[0] || '0';
      diagnostics.push(
        report(readerFindings.randomValue, {
          summary: `\${_RANDOM} is read as ${lowest}`,
          detail: 'The daemon puts another number here at each start.',
          at,
        }),
      );
      return [lowest];
    }
    case '_ENV':
      diagnostics.push(
        report(readerFindings.environmentValue, {
          summary: `\${_ENV${parameters}} is read as nothing`,
          detail: 'The daemon puts in the value that the variable has where it is started.',
          at,
          help: 'write the value of the host in place of it',
        }),
      );
      return [''];
    default:
      return undefined;
  }
}

function selfReference(use: string, at: Span): Diagnostic {
  return report(readerFindings.definitionLoop, {
    summary: `${use} refers to itself`,
    detail: 'A definition is expanded where it is used, so this one never ends.',
    at,
    help: 'give the inner value a name of its own',
  });
}

function undefinedUse(use: string, at: Span): Diagnostic {
  return report(readerFindings.undefinedDefinition, {
    summary: `${use} is not defined at this point`,
    detail: 'The daemon leaves it as it is; outside quotes its braces are then read as a block.',
    at,
    help: 'define it before this line, or remove it',
  });
}

function notSubstituted(name: string, at: Span): Diagnostic {
  return report(readerFindings.definitionNotSubstituted, {
    summary: `$${name} is not substituted here`,
    detail: `The daemon replaces $${name} only before a blank, a comma, a ) or the end of the line; here it stays as it is.`,
    at,
    help: `write \${${name}}`,
    suggestion: { at, text: `\${${name}}` },
  });
}
