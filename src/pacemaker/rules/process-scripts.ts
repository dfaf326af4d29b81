import { childrenNamed } from '../../keepalived/bound-directive.ts';
import type { GlobalSettings } from '../../keepalived/global-settings.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { quoteForSystemd } from '../../shell/quote-systemd.ts';
import type { PlanFile } from '../plan.ts';
import { fatesOf, type Rule, type RuleFate } from '../rule.ts';

export const processScripts: Rule = {
  name: 'process-scripts',
  sentence:
    'startup_script, shutdown_script and the delays after a start become commands of pacemaker’s unit in systemd',
  apply({ cluster }) {
    return {
      files: cluster.configurations.flatMap(dropIn),
      fates: cluster.configurations.flatMap((node) => [...scriptFates(node), ...delayFates(node)]),
    };
  },
};

const dropInPath = '/etc/systemd/system/pacemaker.service.d/kp2pcm.conf';

/** What pacemaker.service allows its start, commands before it included. */
const unitTimeoutSeconds = 60;

/** A node has its own file: what runs before the daemon is often the host's own affair. */
function dropIn({ node, globals }: NodeConfiguration): PlanFile[] {
  const { startupScript, shutdownScript } = globals;
  const delays = delayCommands(globals);
  const neededSeconds = (startupScript?.timeoutSeconds ?? 0) + longestDelaySeconds(globals);
  const lines = [
    ...(neededSeconds > unitTimeoutSeconds / 2
      ? [`TimeoutStartSec=${neededSeconds + unitTimeoutSeconds}`]
      : []),
    ...(startupScript ? [`ExecStartPre=-${commandLine(startupScript)}`] : []),
    ...delays.map((command) => `ExecStartPre=${command}`),
    ...(shutdownScript ? [`ExecStopPost=-${commandLine(shutdownScript)}`] : []),
  ];
  if (lines.length === 0) return [];
  const named = [
    ...(startupScript ? ['startup_script'] : []),
    ...(globals.startupDelayMs.value > 0 ? ['vrrp_startup_delay'] : []),
    ...(globals.delayAfterBootMs.value > 0 ? ['vrrp_delay_after_boot'] : []),
    ...(shutdownScript ? ['shutdown_script'] : []),
  ];
  const what = `${named.slice(0, -1).join(', ')}${named.length > 1 ? ' and ' : ''}${named.at(-1)}`;
  const content = [`# Keepalived's ${what}.`, '[Service]', ...lines, ''].join('\n');
  const why = `does at Pacemaker's start and stop what ${what} did at Keepalived's`;
  return [{ node, path: dropInPath, mode: '0644', content, why }];
}

/**
 * Pacemaker itself starts later: the node is a member by then, so that the quorum does not wait for it, and no resource
 * comes to it.
 */
function delayCommands({ startupDelayMs, delayAfterBootMs }: GlobalSettings): string[] {
  const afterBoot = wholeSeconds(delayAfterBootMs.value);
  const remaining = `read -r up rest </proc/uptime; left=$((${afterBoot} - \${up%%.*})); [ "$left" -le 0 ] || exec /usr/bin/sleep "$left"`;
  return [
    ...(startupDelayMs.value > 0 ? [`/usr/bin/sleep ${wholeSeconds(startupDelayMs.value)}`] : []),
    ...(afterBoot > 0 ? [`/bin/sh -c ${quoteForSystemd(remaining)}`] : []),
  ];
}

function longestDelaySeconds({ startupDelayMs, delayAfterBootMs }: GlobalSettings): number {
  return wholeSeconds(startupDelayMs.value) + wholeSeconds(delayAfterBootMs.value);
}

function wholeSeconds(timeMs: number): number {
  return Math.ceil(timeMs / 1000);
}

function delayFates({ globals }: NodeConfiguration): RuleFate[] {
  const reason = `A drop-in of pacemaker.service on this node (${dropInPath}) holds its start back for as long: the node is a member of the cluster by then, and takes no address.`;
  return [globals.startupDelayMs, globals.delayAfterBootMs].flatMap(({ value, from }) =>
    value > 0
      ? fatesOf([from], 'equivalent', reason)
      : fatesOf([from], 'not-needed', 'There is nothing to wait for.'),
  );
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
