import { report } from '../../../grammar/source/diagnostic.ts';
import { defaultRelease } from '../../../grammar/source/release.ts';
import { type BoundDirective, childrenNamed } from '../../keepalived/bound-directive.ts';
import { checkerFile } from '../../keepalived/checker-file.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { readSyncDaemon, type SyncDaemon, syncOptions } from '../../keepalived/sync-daemon.ts';
import { quoteText } from '../../shell/quote-text.ts';
import { checkerFilePath } from '../checker-unit.ts';
import { pacemakerFindings } from '../findings.ts';
import { type Contribution, fatesOf, placesOf, type Rule, type RuleFate } from '../rule.ts';

const name = 'sync-daemon';

export const syncDaemon: Rule = {
  name,
  sentence:
    'lvs_sync_daemon goes on with the checkers of Keepalived, without its instance; without these it is a step by hand',
  apply({ cluster, options }) {
    const made = cluster.configurations.flatMap((configuration): Contribution[] => {
      const daemon = readSyncDaemon(configuration);
      if (!daemon) return [];
      const others = fatesOf(otherLines(configuration, daemon), 'not-needed', notFirst);
      const kept =
        options.lvs === 'ldirectord'
          ? undefined
          : checkerFile(configuration, options.keepalived ?? defaultRelease);
      // The rule of the virtual servers speaks for a line that cannot be written.
      if (kept?.unwritable.includes(daemon.directive)) return [{ fates: others }];
      if (kept?.kept.has(daemon.directive))
        return [{ fates: [...fatesOf([daemon.directive], 'exact', asItWas), ...others] }];
      if (kept?.rewritten === daemon.directive)
        return [{ fates: [...fatesOf([daemon.directive], 'equivalent', withoutInstance), ...others] }];
      return [byHand(configuration, daemon, others)];
    });
    return {
      fates: made.flatMap(({ fates = [] }) => fates),
      manualSteps: made.flatMap(({ manualSteps = [] }) => manualSteps),
      diagnostics: made.flatMap(({ diagnostics = [] }) => diagnostics),
    };
  },
};

const asItWas = `It stands in ${checkerFilePath} as it was: the checker runs both threads.`;
const withoutInstance = `It stands in ${checkerFilePath} without the instance: the checker lets the kernel send and receive connections on every node at a time, so that either one can take over.`;
const notFirst = 'An earlier line, or one in global_defs, says this already, and Keepalived took that.';

function otherLines(
  { directives, instances }: NodeConfiguration,
  { directive }: SyncDaemon,
): BoundDirective[] {
  const globals = directives.filter(({ verdict, keywords }) => !verdict && keywords.join() === 'global_defs');
  return [
    ...globals.flatMap((block) => childrenNamed(block, 'lvs_sync_daemon')),
    ...instances.flatMap((instance) => childrenNamed(instance.directive, 'lvs_sync_daemon_interface')),
  ].filter((line) => line !== directive);
}

function byHand(
  { node, instances }: NodeConfiguration,
  daemon: SyncDaemon,
  others: readonly RuleFate[],
): Contribution {
  const wayOut = `Run sender and receiver on ${node} at the same time, which the kernel allows, from a systemd unit after network-online.target: \`${command('master', daemon, instances)}\` and \`${command('backup', daemon, instances)}\`.`;
  const reason =
    'Keepalived let the kernel tell the other nodes of the connections of IPVS, and hear of theirs. Nothing does so after the migration, and open connections through IPVS break at a failover.';
  const instruction = `${reason} ${wayOut}`;
  return {
    fates: [...fatesOf([daemon.directive], 'manual', reason, wayOut), ...others],
    manualSteps: [
      {
        title: `Let IPVS of ${node} tell of its connections`,
        instruction,
        when: 'before',
        from: placesOf([daemon.directive]),
      },
    ],
    diagnostics: [
      report(pacemakerFindings.byHand, {
        summary: `${daemon.directive.path} must be carried over by hand`,
        detail: instruction,
        at: daemon.directive.directive.span,
        help: 'do it before the migration, or decide that it is not needed',
      }),
    ],
  };
}

/** Options of ipvsadm 1.31 for those of lvs_sync_daemon, which have the same units. */
const optionOf: Readonly<Record<string, string>> = {
  id: '--syncid',
  maxlen: '--sync-maxlen',
  port: '--mcast-port',
  ttl: '--mcast-ttl',
  group: '--mcast-group',
};

function command(
  role: 'master' | 'backup',
  daemon: SyncDaemon,
  instances: NodeConfiguration['instances'],
): string {
  const options = syncOptions(daemon, instances).flatMap(([option, value]) => [
    optionOf[option] ?? option,
    quoteText(value),
  ]);
  const words = ['ipvsadm', '--start-daemon', role, '--mcast-interface', quoteText(daemon.interface)];
  return [...words, ...options].join(' ');
}
