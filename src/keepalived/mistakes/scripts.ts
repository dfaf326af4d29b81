import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { isAtLeast, type Release } from '../../../grammar/source/release.ts';
import { type BoundDirective, walkBound } from '../bound-directive.ts';
import { readScriptCall } from '../script-string.ts';
import { sourceText } from '../word-text.ts';
import { mistakeFindings } from './findings.ts';

/** Commands as people write them for a shell, and what the daemon says of all scripts together. */
export function scriptMistakes(directives: readonly BoundDirective[], release: Release): Diagnostic[] {
  const lines = [...walkBound(directives)].filter(
    ({ kind, spec, verdict }) => kind === 'keyword' && spec?.type === 'script' && !verdict,
  );
  return [
    ...(isAtLeast(release, '1.3.0') ? scriptSecurity(directives, lines) : []),
    // Before 2.0 a shell runs what is more than words.
    ...(isAtLeast(release, '2.0.0') ? lines.flatMap(shellSyntax) : []),
  ];
}

const operators = /^(?:\|\|?|&&?|;|(?:\d|&)?>>?(?:&\d|.*)|<[^<>]*|2>&1)$/;
const builtins = new Set([
  '[[',
  'if',
  'while',
  'for',
  'cd',
  'source',
  'exit',
  'export',
  'set',
  'ulimit',
  'case',
]);

/** What only a shell understands in a command; undefined if there is nothing of the kind. */
function shellPart(argv: readonly string[]): string | undefined {
  const [command = '', ...rest] = argv;
  if (builtins.has(command)) return command;
  const separator = rest.find((word) => operators.test(word));
  if (separator !== undefined) return separator;
  if (argv.length > 1 && argv.some((word) => /.;$/.test(word))) return ';';
  return argv.find((word) => /\$\(|`.+`|\$\{?\w/.test(word) && !isProgramText(argv, word));
}

/** `sh -c '…'`, `awk '…'`: the text is meant for the program. */
function isProgramText(argv: readonly string[], word: string): boolean {
  return /\s/.test(word) && argv[0] !== word;
}

function shellSyntax({ directive }: BoundDirective): Diagnostic[] {
  const { argv, rest } = readScriptCall(directive.text);
  const part = shellPart([...argv, ...rest]);
  const isDevice = /^<[ \t]*\/dev\/(?:tcp|udp)\//.test(argv[0] ?? '');
  const word = directive.words[1];
  if ((part === undefined && !isDevice) || !word) return [];
  const text = sourceText(word);
  const isPlain = word.quoted && text !== undefined && !/['\\]/.test(word.value);
  const line = isDevice ? `: ${word.value}` : word.value;
  const shell = isDevice ? '/bin/bash' : '/bin/sh';
  const suggestion = isPlain ? { at: word.span, text: `"${shell} -c '${line}'"` } : undefined;
  return [
    report(mistakeFindings.shellSyntax, {
      summary: isDevice
        ? `${word.value} is nothing without bash`
        : `'${part}' means something to a shell only, and none runs this command`,
      detail: isDevice
        ? 'The daemon tries to open a file of this name, which does not exist: the check always fails.'
        : `The daemon runs ${argv[0] ?? 'the first word'} and gives it '${part}' as an argument like any other.`,
      at: word.span,
      help: 'put the line into a script file, or let a shell run it',
      suggestion,
    }),
  ];
}

/** One message for the file; of several files the first one's is shown. */
function scriptSecurity(
  directives: readonly BoundDirective[],
  lines: readonly BoundDirective[],
): Diagnostic[] {
  const [first] = lines;
  const isSecure = directives.some(
    ({ keywords, children }) =>
      keywords[0] === 'global_defs' &&
      children.some(({ directive }) => directive.words[0].value === 'enable_script_security'),
  );
  if (!first || isSecure) return [];
  return [
    report(mistakeFindings.scriptSecurity, {
      summary: 'scripts run without enable_script_security',
      detail:
        'The daemon logs a SECURITY VIOLATION and runs them, even if others than root can write to them.',
      at: first.directive.span,
      help: 'see that only root can write to the scripts and their folders; they run as before, many of them as root',
    }),
  ];
}
