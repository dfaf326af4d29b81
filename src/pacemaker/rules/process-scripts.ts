import { childrenNamed } from '../../keepalived/bound-directive.ts';
import type { GlobalSettings } from '../../keepalived/global-settings.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { quoteForSystemd } from '../../shell/quote-systemd.ts';
import type { PlanFile } from '../plan.ts';
import { fatesOf, type Rule, type RuleFate } from '../rule.ts';

export const processScripts: Rule = {
  name: 'process-scripts',
  sentence: 'startup_script and shutdown_script become commands of pacemaker’s unit in systemd',
  apply({ cluster }) {
    return {
      files: cluster.configurations.flatMap(dropIn),
      fates: cluster.configurations.flatMap(scriptFates),
    };
  },
};

const dropInPath = '/etc/systemd/system/pacemaker.service.d/kp2pcm.conf';

/** What pacemaker.service allows its start, commands before it included. */
const unitTimeoutSeconds = 60;

/** A node has its own file: what runs before the daemon is often the host's own affair. */
function dropIn({ node, globals }: NodeConfiguration): PlanFile[] {
  const { startupScript, shutdownScript } = globals;
  const limit = startupScript && startupScript.timeoutSeconds > unitTimeoutSeconds / 2;
  const lines = [
    ...(limit ? [`TimeoutStartSec=${startupScript.timeoutSeconds + unitTimeoutSeconds}`] : []),
    ...(startupScript ? [`ExecStartPre=-${commandLine(startupScript)}`] : []),
    ...(shutdownScript ? [`ExecStopPost=-${commandLine(shutdownScript)}`] : []),
  ];
  if (lines.length === 0) return [];
  const content = ["# Keepalived's startup_script and shutdown_script.", '[Service]', ...lines, ''].join(
    '\n',
  );
  const why = 'runs startup_script and shutdown_script when Pacemaker starts and has stopped';
  return [{ node, path: dropInPath, mode: '0644', content, why }];
}

/** The leading `-` of the setting is for scripts that fail: Keepalived only logs that. */
function commandLine({ argv, user, timeoutSeconds }: NonNullable<GlobalSettings['startupScript']>): string {
  const account = user && [
    ...['/usr/sbin/runuser', '-u', user.user],
    ...(user.group === undefined ? [] : ['-g', user.group]),
    '--',
  ];
  const words = [...(account ?? []), '/usr/bin/timeout', String(timeoutSeconds), ...argv];
  return words.map((word) => (/^[\w./-]+$/.test(word) ? word : quoteForSystemd(word))).join(' ');
}

function scriptFates({ directives, globals }: NodeConfiguration): RuleFate[] {
  const blocks = directives.filter(
    ({ keywords, verdict }) => !verdict && keywords.join('/') === 'global_defs',
  );
  const named = (keyword: string) => blocks.flatMap((block) => childrenNamed(block, keyword));
  return (['startup', 'shutdown'] as const).flatMap((when) => {
    const script = when === 'startup' ? globals.startupScript : globals.shutdownScript;
    const timeouts = named(`${when}_script_timeout`);
    if (!script) return fatesOf(timeouts, 'not-needed', 'There is no script that it would limit.');
    const moment = when === 'startup' ? 'before Pacemaker starts' : 'after Pacemaker has stopped';
    const reason = `A drop-in of pacemaker.service on this node (${dropInPath}) runs it ${moment}, no longer than its timeout.`;
    return fatesOf([script.from, ...timeouts], 'equivalent', reason);
  });
}
