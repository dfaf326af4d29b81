import { isAtLeast } from '../../grammar/source/release.ts';
import {
  argumentOf,
  argumentSpan,
  argumentsOf,
  type BoundDirective,
  childrenNamed,
} from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { ScriptUser, VrrpScript } from './node-configuration.ts';
import { quotedCommand } from './quoted-command.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { readScriptCall, type ScriptCall } from './script-string.ts';
import { allowed, readLeadingWhole, readLenientWhole, readSecondsMs } from './values.ts';

/** Reads a vrrp_script block. Undefined when the daemon removes it: it has no usable command. */
export function readVrrpScript(
  block: BoundDirective,
  inherited: ScriptUser | undefined,
  log: ReadingLog,
): VrrpScript | undefined {
  const name = argumentOf(block);
  const argv = readCommands(block, name, log);
  if (!argv) {
    log.ignore(block, 'The daemon removes a vrrp_script without a command.');
    log.warn(keepalivedFindings.scriptRemoved, {
      summary: `vrrp_script ${name} has no command that the daemon can use`,
      detail: 'The daemon removes it and every track_script entry that names it.',
      at: childrenNamed(block, 'script').at(-1)?.directive.span ?? block.directive.span,
      help: 'give it a script line: script "/path/to/command arguments"',
    });
    return undefined;
  }
  const readInterval = isAtLeast(log.release, '2.3.2') ? readDecimalInterval(log) : readWholeInterval;
  const intervalMs = log.last(block, 'interval', 1000, readInterval).value;
  const timeoutMs = log.last(block, 'timeout', 0, readInterval).value;
  noteInitFail(block, log);
  noteSymlink(block, argv, log);
  const user = log.last(block, 'user', inherited, readUser).value;
  return {
    name,
    directive: block,
    argv,
    intervalMs,
    timeoutMs: timeoutMs || intervalMs,
    rise: log.last(block, 'rise', 1, (bound) => readLenientWhole(bound, ...allowed(bound), 1)).value,
    fall: log.last(block, 'fall', 1, (bound) => readLenientWhole(bound, ...allowed(bound), 1)).value,
    weight: log.last(block, 'weight', 0, readDefinedWeight(log)).value,
    // Once said, it stays, whatever a later weight line says.
    reverse:
      isAtLeast(log.release, '2.0.18') &&
      childrenNamed(block, 'weight').some((line) => argumentOf(line, 1) === 'reverse'),
    ...(user && { user }),
  };
}

export function readUser(bound: BoundDirective): { value: ScriptUser } {
  const [user = '', group] = argumentsOf(bound);
  return { value: group === undefined ? { user } : { user, group } };
}

/** The last line that the daemon can split counts. */
function readCommands(block: BoundDirective, name: string, log: ReadingLog): readonly string[] | undefined {
  let used: { readonly argv: readonly string[]; readonly line: BoundDirective } | undefined;
  for (const line of childrenNamed(block, 'script')) {
    const argv = readCommand(line, name, log);
    if (used) log.ignore(argv ? used.line : line, 'Another script line counts.');
    if (argv) used = { argv, line };
  }
  return used?.argv;
}

/** Where the command line is not quoted, the daemon drops all but its first word. */
export function warnOfArguments(
  line: BoundDirective,
  owner: string,
  call: ScriptCall,
  log: ReadingLog,
): void {
  const [keyword, , surplus] = line.directive.words;
  log.warn(keepalivedFindings.scriptArguments, {
    summary: `${owner} runs just ${call.argv.join(' ')}`,
    detail: `The daemon drops '${call.rest.join(' ')}': only the first word after ${keyword.value} is the command line.`,
    at: surplus?.span ?? line.directive.span,
    help: `quote the whole command: ${keyword.value} "${[...call.argv, ...call.rest].join(' ')}"`,
    suggestion: quotedCommand(line),
  });
}

function readCommand(line: BoundDirective, name: string, log: ReadingLog): readonly string[] | undefined {
  const call = readScriptCall(line.directive.text, log.release);
  if (call.rest.length > 0) warnOfArguments(line, `vrrp_script ${name}`, call, log);
  const [command = ''] = call.argv;
  // `</path` runs nothing: success is that the file can be opened. The path must follow in the same word.
  const opened = /^<[ \t]*(\/.*)$/s.exec(command)?.[1];
  if (opened !== undefined) return ['test', '-r', opened];
  // Any other redirection is the name of a program, which there is none of.
  return command === '' || command.startsWith('<') ? undefined : call.argv;
}

const noInterval: Reading<number> = { problem: 'not greater than 0', instead: 1000, shown: '1 s' };

/** Whole seconds up to 2.3.1: the daemon uses the digits before the point, and 1 for 0. */
function readWholeInterval(bound: BoundDirective): Reading<number> {
  const reading = readLenientWhole(bound, ...allowed(bound));
  const milliseconds = (seconds: number) => Math.max(1, seconds) * 1000;
  if ('value' in reading) return reading.value === 0 ? noInterval : { value: milliseconds(reading.value) };
  if (reading.instead === undefined) return reading;
  const instead = milliseconds(reading.instead);
  return { problem: 'not a whole number of seconds', instead, shown: `${instead / 1000} s` };
}

/** From 2.3.2 on a decimal number of seconds, in steps of a millisecond. */
function readDecimalInterval(log: ReadingLog) {
  return (bound: BoundDirective): Reading<number> => {
    const reading = readSecondsMs(bound, 0, 4_294_000, log.release, 3);
    // 0 becomes 1, as it always did.
    if ('value' in reading) return reading.value === 0 ? noInterval : reading;
    return reading.instead === 0 ? { ...reading, instead: 1000, shown: '1 s' } : reading;
  };
}

/** From 2.0 on the entry that tracks the script resets it (measured with 2.0.20 to 2.4.3). */
function noteInitFail(block: BoundDirective, log: ReadingLog): void {
  const flag = log.flag(block, 'init_fail');
  if (!flag || isAtLeast(log.release, '2.0.0')) return;
  log.warn(keepalivedFindings.initFail, {
    summary: `vrrp_script ${argumentOf(block)} counts as failed until its first results`,
    detail: 'Up to 1.4 the daemon holds init_fail; the translated check counts as good until it has failed.',
    at: flag.directive.span,
    help: 'after the migration see that the check is good before a node takes addresses',
  });
}

/** Folders that are links to those of the same name in /usr, on nearly every host of today. */
const linkedFolder = /^\/(?:bin|sbin|lib|lib64)\//;

function noteSymlink(block: BoundDirective, [command = '']: readonly string[], log: ReadingLog): void {
  if (!linkedFolder.test(command) || !isAtLeast(log.release, '2.3.0')) return;
  log.warn(keepalivedFindings.symlinkedScript, {
    summary: `vrrp_script ${argumentOf(block)} may have been disabled: ${command} lies behind a symbolic link`,
    detail:
      'From 2.3.0 on the daemon disables a script that runs as root if a folder of its path is a link, as /bin mostly is.',
    at: childrenNamed(block, 'script').at(-1)?.directive.span ?? block.directive.span,
    help: `write /usr${command}, if that is where it lies`,
  });
}

/** An out-of-range weight is reported and used all the same. */
function readDefinedWeight(log: ReadingLog) {
  return (bound: BoundDirective): Reading<number> => {
    const text = argumentOf(bound);
    const reading = readLeadingWhole(text, -2_147_483_648, 2_147_483_647);
    const weight = 'value' in reading ? reading.value : reading.instead;
    const [low, high] = allowed(bound);
    if (weight !== undefined && (weight < low || weight > high)) {
      log.warn(keepalivedFindings.valueNotUsed, {
        summary: `weight ${text} is outside ${low} to ${high}`,
        detail: 'The daemon reports it and uses it all the same.',
        at: argumentSpan(bound),
        help: `give a weight from ${low} to ${high}`,
      });
    }
    return reading;
  };
}
