import { isAtLeast } from '../../grammar/source/release.ts';
import { type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { NotifyScript, ScriptUser } from './node-configuration.ts';
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
    const { argv, rest } = readScriptCall(first.directive.text, log.release);
    if (argv.length === 0) {
      if (keyword !== 'notify_deleted')
        log.ignore(first, 'The daemon cannot split the script string and drops it.');
      return [];
    }
    // Before 1.3.0 no user can be named.
    const [user, group] = isAtLeast(log.release, '1.3.0') ? rest : [];
    if (user !== undefined) warnOfUser(first, keyword, argv, rest, log);
    const own = user === undefined ? inherited : group === undefined ? { user } : { user, group };
    return [{ event, argv, from: first, ...(own && { user: own }) }];
  });
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
  if (/^[a-z_][a-z0-9_-]*\$?$/.test(user) && rest.length <= 2) return;
  log.warn(keepalivedFindings.scriptArguments, {
    summary: `'${user}' after ${keyword} is taken for a user`,
    detail:
      'The word after the command line is the user that runs it; if there is no such user the daemon drops the script.',
    at: bound.directive.words[2]?.span ?? bound.directive.span,
    help: `quote the whole command: ${keyword} "${[...argv, ...rest].join(' ')}"`,
  });
}
