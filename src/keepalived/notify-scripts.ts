import { isAtLeast } from '../../grammar/source/release.ts';
import { type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { NotifyScript, ScriptUser } from './node-configuration.ts';
import { quotedCommand } from './quoted-command.ts';
import type { ReadingLog } from './reading-log.ts';
import { readScriptCall } from './script-string.ts';

const events = {
  notify_master: 'master',
  notify_backup: 'backup',
  notify_fault: 'fault',
  notify_stop: 'stop',
  notify_deleted: 'deleted',
  notify: 'any',
  notify_master_rx_lower_pri: 'master_rx_lower_pri',
} as const;

/** Reads the notify family of an instance or a sync group: of each keyword the first wins; word 3 is the user, word 4 the group. */
export function readNotifyScripts(
  block: BoundDirective,
  inherited: ScriptUser | undefined,
  log: ReadingLog,
): NotifyScript[] {
  return Object.entries(events).flatMap(([keyword, event]) => {
    const [first, ...repeats] = childrenNamed(block, keyword);
    if (!first) return [];
    for (const repeat of repeats) log.repeated(repeat, first, keyword);
    const script = readNotifyLine(first, inherited, log);
    if (!script && keyword !== 'notify_deleted') log.ignore(first, unsplit);
    return script ? [{ event, ...script }] : [];
  });
}

/** Of several lines the first counts that the daemon can split; it reports the later ones. */
export function readFirstNotify(
  block: BoundDirective,
  keyword: string,
  inherited: ScriptUser | undefined,
  log: ReadingLog,
): NotifyLine | undefined {
  let script: NotifyLine | undefined;
  for (const line of childrenNamed(block, keyword)) {
    if (script) log.repeated(line, script.from, keyword);
    else {
      script = readNotifyLine(line, inherited, log);
      if (!script) log.ignore(line, unsplit);
    }
  }
  return script;
}

const unsplit = 'The daemon cannot split the script string and drops it.';

type NotifyLine = Omit<NotifyScript, 'event'>;

/** Word 3 is the user, word 4 the group. Undefined where the daemon cannot split the script string. */
function readNotifyLine(
  line: BoundDirective,
  inherited: ScriptUser | undefined,
  log: ReadingLog,
): NotifyLine | undefined {
  const { argv, rest } = readScriptCall(line.directive.text, log.release);
  if (argv.length === 0) return undefined;
  // Before 1.3.0 no user can be named.
  const [user, group] = isAtLeast(log.release, '1.3.0') ? rest : [];
  if (user !== undefined) warnOfUser(line, line.directive.words[0].value, argv, rest, log);
  const own = user === undefined ? inherited : group === undefined ? { user } : { user, group };
  return { argv, from: line, ...(own && { user: own }) };
}

/** A script without quotes round its arguments: the first argument is taken for a user. */
function warnOfUser(
  bound: BoundDirective,
  keyword: string,
  argv: readonly string[],
  rest: readonly string[],
  log: ReadingLog,
): void {
  const [user = ''] = rest;
  const isState = /^(?:master|backup|fault|stop)$/i.test(user);
  if (/^[a-z_][a-z0-9_-]*\$?$/.test(user) && rest.length <= 2 && !isState) return;
  log.warn(keepalivedFindings.scriptArguments, {
    summary: `'${user}' after ${keyword} is taken for a user`,
    detail:
      'The word after the command line is the user that runs it; if there is no such user the daemon drops the script.',
    at: bound.directive.words[2]?.span ?? bound.directive.span,
    help: `quote the whole command: ${keyword} "${[...argv, ...rest].join(' ')}"`,
    suggestion: quotedCommand(bound),
  });
}
