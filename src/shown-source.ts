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
  const secrets = new Set(configurations.flatMap(secretsOf));
  return [...sources].map(([name, text]) => ({
    name,
    lines: text.split(/\r?\n/).map((line) => maskLine(line, secrets)),
  }));
}

function maskLine(line: string, secrets: ReadonlySet<string>): string {
  let shown = line.slice(0, shownCharacters).replace(secretLine, `$1${maskedSecret}`);
  for (const secret of secrets) if (shown.includes(secret)) shown = shown.replaceAll(secret, maskedSecret);
  return shown;
}

/** Very short ones would mask half the file and protect nothing. */
function secretsOf({ secrets }: NodeConfiguration): string[] {
  return secrets.filter((value) => value.length >= 4);
}
