import { readBodyRegex } from './body-regex.ts';
import { argumentOf, argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { dropChecker } from './check-connection.ts';
import type { CheckedUrl, HttpCheck, StatusCodes } from './checker-configuration.ts';
import { keepalivedFindings } from './findings.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { readBoolean } from './values.ts';

type HttpRequests = Pick<HttpCheck, 'httpProtocol' | 'virtualHost' | 'enableSni' | 'fastRecovery' | 'urls'>;

/** What HTTP_GET and SSL_GET have of their own. Undefined where the daemon drops the checker: it has no url. */
export function readHttpRequests(block: BoundDirective, log: ReadingLog): HttpRequests | undefined {
  const virtualHost = readName(block, 'virtualhost', log);
  const requests = {
    httpProtocol: log.last(block, 'http_protocol', '1.0', readHttpProtocol).value,
    ...(virtualHost !== undefined && { virtualHost }),
    enableSni: log.last(block, 'enable_sni', false, readBoolean).value,
    fastRecovery: log.last(block, 'fast_recovery', false, readBoolean).value,
  };
  const urls = childrenNamed(block, 'url').flatMap((url) => readUrl(url, log) ?? []);
  if (urls.length > 0) return { ...requests, urls };
  dropChecker(block, 'it has no url with a path', log);
  return undefined;
}

/** A keyword with one name; without it the daemon reports the line and ignores it. */
export function readName(block: BoundDirective, keyword: string, log: ReadingLog): string | undefined {
  return log.last<string | undefined>(block, keyword, undefined, (bound) => {
    const [name] = argumentsOf(bound);
    return name === undefined ? { problem: 'it has no name' } : { value: name };
  }).value;
}

function readHttpProtocol(bound: BoundDirective): Reading<HttpCheck['httpProtocol']> {
  const version = argumentOf(bound);
  if (version === '1.0' || version === '1.1') return { value: version };
  if (version === '1.0C' || version === '1.0c') return { value: '1.0C' };
  return { problem: 'neither 1.0 nor 1.1 nor 1.0C' };
}

function readUrl(block: BoundDirective, log: ReadingLog): CheckedUrl | undefined {
  const path = log.last<string | undefined>(block, 'path', undefined, (bound) => ({
    value: argumentOf(bound),
  })).value;
  if (path === undefined) {
    log.ignore(block, 'The daemon leaves a url without a path out.');
    log.warn(keepalivedFindings.checkerDropped, {
      summary: 'this url is left out: it has no path',
      detail: 'The daemon reports it and goes on with the other urls.',
      at: block.directive.span,
      help: 'give it a path line: path /',
    });
    return undefined;
  }
  const digest = readDigest(block, log);
  const virtualHost = readName(block, 'virtualhost', log);
  const regex = readBodyRegex(block, log);
  return {
    directive: block,
    path,
    ...(digest !== undefined && { digest }),
    statusCodes: readStatusCodes(block, log),
    ...(virtualHost !== undefined && { virtualHost }),
    ...(regex && { regex }),
  };
}

/** The first valid one counts. */
function readDigest(block: BoundDirective, log: ReadingLog): string | undefined {
  let first: BoundDirective | undefined;
  for (const line of childrenNamed(block, 'digest')) {
    if (first) log.repeated(line, first, 'digest');
    else if (/^[0-9a-f]{32}$/i.test(argumentOf(line))) first = line;
    else log.refuse(line, 'digest', 'not 32 hexadecimal digits');
  }
  return first && argumentOf(first).toLowerCase();
}

/** All lines add up; the daemon leaves out what is no code. Without any, 200 to 299. */
function readStatusCodes(block: BoundDirective, log: ReadingLog): StatusCodes[] {
  const accepted = new Set<number>();
  for (const line of childrenNamed(block, 'status_code')) {
    for (const word of argumentsOf(line)) {
      const [, low = '', high = low] = /^\s*\+?(\d+)(?:-\s*\+?(\d+))?$/.exec(word) ?? [];
      const [first, last] = [Number(low), Number(high)];
      const isValid = low !== '' && first >= 100 && last <= 599 && first <= last;
      if (!isValid) warnOfCode(line, word, log);
      for (let code = first; isValid && code <= last; code++) accepted.add(code);
    }
  }
  if (accepted.size === 0) return [{ first: 200, last: 299 }];
  const ranges: { first: number; last: number }[] = [];
  for (const code of [...accepted].sort((one, other) => one - other)) {
    const range = ranges.at(-1);
    if (range?.last === code - 1) range.last = code;
    else ranges.push({ first: code, last: code });
  }
  return ranges;
}

function warnOfCode(line: BoundDirective, word: string, log: ReadingLog): void {
  log.warn(keepalivedFindings.valueNotUsed, {
    summary: `status_code ${word}: not a code or range from 100 to 599`,
    detail: 'The daemon reports it and leaves it out.',
    at: line.directive.span,
    help: 'write codes and ranges: status_code 200-204 301',
  });
}
