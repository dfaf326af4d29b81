import type { NodeConfiguration, VirtualAddress } from '../keepalived/node-configuration.ts';
import { preferredLifetime } from '../keepalived/virtual-address.ts';
import { quoteText } from '../shell/quote-text.ts';
import { addressWord, routeCommand, valueWords } from './route-words.ts';
import { ruleWords } from './rule-words.ts';

/** Where the files are put: neither a package manager nor Keepalived writes there. */
export const staticScriptPath = '/usr/local/sbin/kp2pcm-static-network';
export const staticUnitPath = '/etc/systemd/system/kp2pcm-static-network.service';

type StaticEntries = Pick<NodeConfiguration, 'staticAddresses' | 'staticRoutes' | 'staticRules' | 'globals'>;

/** What follows `ip` for each static entry, with `add` and with `del`, in the daemon's order. */
interface StaticCommand {
  readonly add: readonly string[];
  readonly del: readonly string[];
}

function commandsOf({ staticAddresses, staticRoutes, staticRules, globals }: StaticEntries): StaticCommand[] {
  return [
    ...staticAddresses.map((address) => {
      const { prefixLength, device, peer } = address;
      const option = address.address.family === 'ipv6' ? '-6' : '-4';
      const own = addressWord(address.address);
      const which = [
        // The kernel finds an IPv4 address again by its peer alone.
        ...(peer ? [own, 'peer', `${addressWord(peer)}/${prefixLength}`] : [`${own}/${prefixLength}`]),
        'dev',
        device ?? globals.defaultInterface.value,
      ];
      return {
        add: [option, 'address', 'add', ...which, ...addressWords(address)],
        del: [option, 'address', 'del', ...which],
      };
    }),
    ...staticRoutes.map((route) => ({
      add: routeCommand(route, route.placement),
      del: routeCommand(route, 'del'),
    })),
    ...staticRules.map((rule) => {
      const words = ruleWords(rule);
      const option = rule.family === 'ipv6' ? '-6' : '-4';
      return { add: [option, 'rule', 'add', ...words], del: [option, 'rule', 'del', ...words] };
    }),
  ];
}

/** Those that ip knows by the same name. */
const flags: readonly string[] = ['home', 'mngtmpaddr', 'autojoin'];

function addressWords(entry: VirtualAddress) {
  const { address, broadcast, scope, label, noPrefixRoute, unusual } = entry;
  const lifetime = preferredLifetime(entry);
  return [
    ...valueWords('brd', broadcast),
    ...valueWords('scope', scope),
    ...valueWords('label', label),
    ...(lifetime === undefined ? [] : ['valid_lft', 'forever', 'preferred_lft', lifetime]),
    ...(address.family === 'ipv6' && !unusual.includes('-nodad') ? ['nodad'] : []),
    ...(noPrefixRoute ? ['noprefixroute'] : []),
    ...flags.filter((flag) => unusual.includes(flag)),
  ];
}

/** A script that adds and removes the static entries of a node; undefined where it has none. */
export function staticScript(entries: StaticEntries): string | undefined {
  const commands = commandsOf(entries);
  if (commands.length === 0) return undefined;
  const lines = (which: readonly (readonly string[])[]) =>
    which.map((words) => `    try ${words.map(quoteText).join(' ')}`).join('\n');
  return `#!/bin/sh
#
# Addresses, routes and policy rules that Keepalived kept on this host whatever its instances did. systemd calls it with
# start or stop, from ${staticUnitPath.split('/').at(-1)}. What is there already, or cannot be added, does not stop it.

try() {
  ip "$@" || echo "not done: ip $*" >&2
}

case \${1:-} in
  start)
${lines(commands.map(({ add }) => add))}
    ;;
  stop)
${lines(commands.map(({ del }) => del).reverse())}
    ;;
  *)
    echo "usage: $0 start|stop" >&2
    exit 2
    ;;
esac
exit 0
`;
}

/** The unit that calls it at boot, before the cluster, and when Keepalived has stopped. */
export const staticUnit = `[Unit]
Description=Static addresses, routes and rules that Keepalived kept
Wants=network-online.target
After=network-online.target keepalived.service
Before=corosync.service pacemaker.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=${staticScriptPath} start
ExecStop=${staticScriptPath} stop

[Install]
WantedBy=multi-user.target
`;
