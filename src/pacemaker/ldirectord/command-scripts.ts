import type { VirtualServer } from '../../keepalived/lvs-configuration.ts';
import type { ScriptUser } from '../../keepalived/node-configuration.ts';
import { quoteText } from '../../shell/quote-text.ts';
import { isMark, serverName, servicesOf, toldServices } from './virtual-section.ts';

/** What a command is run with, and as whom. */
interface Call {
  readonly argv: readonly string[];
  readonly user?: ScriptUser;
}

/**
 * The script that ldirectord calls for MISC_CHECK, with the service, its port, the server and its port: it has one
 * command for all servers of a service, where Keepalived has one for each. Undefined without such a check.
 */
export function checkScript(servers: readonly VirtualServer[]): string | undefined {
  const cases = servers.flatMap((server) =>
    server.realServers.flatMap(({ address, port, checkers }) => {
      const check = checkers.find((checker) => checker.kind === 'MISC_CHECK');
      if (!check) return [];
      return servicesOf(server).map((service) => {
        // It counts the port of a mark as 0.
        const name = isMark(service) ? `${service}:0` : service;
        return { word: `${name} ${serverName(address, port)}`, call: check };
      });
    }),
  );
  const head = '# Calls for each server the command of its MISC_CHECK: SERVICE PORT SERVER PORT.';
  return scriptOf(head, '"$1:$2 $3:$4"', cases, 'exit 1');
}

/**
 * The script that ldirectord calls as `start` when a service has lost its last server and as `stop` when it has one again:
 * what quorum_down and quorum_up ran. Undefined without these.
 */
export function quorumScript(servers: readonly VirtualServer[]): string | undefined {
  const cases = servers.flatMap((server) => {
    const { quorumUp, quorumDown, protocol } = server;
    return toldServices(server).flatMap((service) => [
      ...(quorumDown ? [{ word: `start ${service} ${protocol?.toLowerCase()}`, call: quorumDown }] : []),
      ...(quorumUp ? [{ word: `stop ${service} ${protocol?.toLowerCase()}`, call: quorumUp }] : []),
    ]);
  });
  const head =
    '# Calls quorum_down (start) or quorum_up (stop) of a service: start|stop SERVICE:PORT PROTOCOL.';
  return scriptOf(head, '"$1 $2 $3"', cases, 'exit 0');
}

function scriptOf(
  head: string,
  subject: string,
  cases: readonly { readonly word: string; readonly call: Call }[],
  otherwise: string,
): string | undefined {
  if (cases.length === 0) return undefined;
  const seen = new Set<string>();
  const lines = cases.flatMap(({ word, call }) => {
    if (seen.has(word)) return [];
    seen.add(word);
    return [`  ${quoteText(word)})`, `    exec ${commandLine(call)}`, '    ;;'];
  });
  const all = ['#!/bin/bash', head, `case ${subject} in`, ...lines, 'esac', otherwise];
  return all.map((line) => `${line}\n`).join('');
}

/** As the user of the check; without one ldirectord's, which is root. */
function commandLine({ argv, user }: Call): string {
  const words = argv.map(quoteText).join(' ');
  if (!user || user.user === 'root') return words;
  const group = user.group === undefined ? '' : ` -g ${quoteText(user.group)}`;
  return `runuser -u ${quoteText(user.user)}${group} -- ${words}`;
}
