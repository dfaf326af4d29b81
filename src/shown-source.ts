import type { NodeText } from '../grammar/reader/read-node.ts';
import type { NodeConfiguration } from './keepalived/node-configuration.ts';
import { maskedSecret } from './keepalived/secrets.ts';
import type { ShownSource } from './translation.ts';

/** A line with a password: everything after the keyword goes, whatever it is. The misspellings that people make count too. */
const secretLine =
  /((?:^|[\s{])(?:auth[_-]?pass\w*|\w*passw(?:or)?d\w*|key\s+\d+)[\s=]+)(?:"[^"]*"?|[^\s{}]+)/gi;

/** A code frame shows no more of a line; looking for passwords in megabytes of one line would take minutes. */
const shownCharacters = 2000;

/**
 * The sources as code frames may show them: passwords are masked, where they stand after their keyword and where a
 * definition carries them.
 */
export function shownSources(
  texts: readonly NodeText[],
  configurations: readonly NodeConfiguration[],
): ShownSource[] {
  const sources = new Map(texts.flatMap(({ sources: read }) => [...read]));
  const mask = maskOf(new Set(configurations.flatMap(secretsOf)));
  return [...sources].map(([name, text]) => ({
    name,
    lines: text
      .split(/\r?\n/)
      .map((line) => mask(line.slice(0, shownCharacters).replace(secretLine, `$1${maskedSecret}`))),
  }));
}

/**
 * Masks secrets wherever they stand. They are found by how they begin: comparing each of thousands of lines with each of
 * thousands of passwords would take minutes.
 */
function maskOf(secrets: ReadonlySet<string>): (line: string) => string {
  const lengths = new Map<string, Set<number>>();
  for (const secret of secrets) {
    const head = secret.slice(0, shortestSecret);
    lengths.set(head, (lengths.get(head) ?? new Set()).add(secret.length));
  }
  const longestFirst = new Map([...lengths].map(([head, some]) => [head, [...some].sort((a, b) => b - a)]));
  return (line) => {
    if (secrets.size === 0) return line;
    let [shown, from] = ['', 0];
    for (let at = 0; at + shortestSecret <= line.length; at++) {
      const candidates = longestFirst.get(line.slice(at, at + shortestSecret));
      const length = candidates?.find((some) => secrets.has(line.slice(at, at + some)));
      if (length === undefined) continue;
      shown += line.slice(from, at) + maskedSecret;
      from = at + length;
      at = from - 1;
    }
    return shown + line.slice(from);
  };
}

/** Shorter ones would mask half the file and protect nothing. */
const shortestSecret = 4;

function secretsOf({ secrets }: NodeConfiguration): string[] {
  return secrets.filter((value) => value.length >= shortestSecret);
}
