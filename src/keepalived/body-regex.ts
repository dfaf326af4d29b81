import { argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import type { BodyRegex } from './checker-configuration.ts';
import { keepalivedFindings } from './findings.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { splitScriptWords } from './script-string.ts';

/** Names of PCRE2's options that the daemon knows. */
const knownOptions = new Set([
  ...['allow_empty_class', 'alt_bsux', 'auto_callout', 'caseless', 'dollar_endonly', 'dotall', 'dupnames'],
  ...['extended', 'firstline', 'match_unset_backref', 'multiline', 'never_ucp', 'never_utf'],
  ...['no_auto_capture', 'no_auto_possess', 'no_dotstar_anchor', 'no_start_optimize', 'ucp', 'ungreedy'],
  ...['utf', 'never_backslash_c', 'alt_circumflex', 'alt_verbnames', 'use_offset_limit'],
]);

const parameters = ['regex_no_match', 'regex_options', 'regex_min_offset', 'regex_max_offset', 'regex_stack'];

/** The regex of a url with its parameters, which are nothing without it. */
export function readBodyRegex(block: BoundDirective, log: ReadingLog): BodyRegex | undefined {
  const pattern = log.last<string | undefined>(block, 'regex', undefined, readPattern).value;
  if (pattern === undefined) {
    for (const line of childrenNamed(block, ...parameters)) {
      log.ignore(line, 'There is no regex that it could belong to.');
      log.warn(keepalivedFindings.valueNotUsed, {
        summary: `${line.directive.words[0].value} without a regex`,
        detail: 'The daemon reports it and ignores the line.',
        at: line.directive.span,
        help: 'add a regex line to the url, or delete this one',
      });
    }
    return undefined;
  }
  const minOffset = log.last(block, 'regex_min_offset', 0, readOffset).value;
  const maxOffset = log.last<number | undefined>(block, 'regex_max_offset', undefined, readOffset).value;
  const inOrder = maxOffset === undefined || minOffset <= maxOffset;
  if (!inOrder) {
    log.warn(keepalivedFindings.serverChanged, {
      summary: `regex_min_offset ${minOffset} is above regex_max_offset ${maxOffset}`,
      detail: 'The daemon reports it and uses neither.',
      at: block.directive.span,
      help: 'make regex_max_offset the larger one',
    });
  }
  return {
    pattern,
    options: readOptions(block, log),
    noMatch: log.flag(block, 'regex_no_match') !== undefined,
    minOffset: inOrder ? minOffset : 0,
    ...(inOrder && maxOffset !== undefined && { maxOffset }),
  };
}

/** The line is split anew, with both kinds of quotes and with escapes. */
function readPattern(bound: BoundDirective): Reading<string | undefined> {
  const words = splitScriptWords(bound.directive.text);
  if (words?.length === 2) return { value: words[1] };
  return { problem: 'not one word: quote it, and escape backslashes and quotes in it' };
}

/** What is no number is 0, with a message. */
function readOffset(bound: BoundDirective): Reading<number> {
  const words = argumentsOf(bound);
  const [text = ''] = words;
  if (words.length === 1 && /^\s*\+?\d+$/.test(text)) return { value: Number(text) };
  return { problem: 'not one whole number', instead: 0 };
}

function readOptions(block: BoundDirective, log: ReadingLog): string[] {
  const options = new Set<string>();
  for (const line of childrenNamed(block, 'regex_options')) {
    for (const word of argumentsOf(line)) {
      if (knownOptions.has(word)) options.add(word);
      else
        log.warn(keepalivedFindings.valueNotUsed, {
          summary: `regex_options ${word}: no option that the daemon knows`,
          detail: 'The daemon ignores it without a message.',
          at: line.directive.span,
          help: `the options are ${[...knownOptions].join(', ')}`,
        });
    }
  }
  return [...options];
}
