import { type BoundDirective, childrenNamed } from './bound-directive.ts';
import { CheckedObjects } from './checked-objects.ts';
import type { Definitions } from './definitions.ts';
import type { LvsConfiguration, VirtualServer, VirtualServerGroup } from './lvs-configuration.ts';
import type { ScriptUser } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { settleVirtualServer } from './settle-virtual-server.ts';
import { readSslClient } from './ssl-client.ts';
import { readBoolean } from './values.ts';
import { readVirtualServer } from './virtual-server.ts';
import { readVirtualServerGroup } from './virtual-server-group.ts';

/** Reads all root blocks as the checker process does. */
export function readLvs(
  blocks: readonly BoundDirective[],
  scriptUser: ScriptUser | undefined,
  definitions: Definitions,
  log: ReadingLog,
): LvsConfiguration {
  const groups: VirtualServerGroup[] = [];
  for (const block of blocks) {
    const isGroup = block.directive.words[0].value === 'virtual_server_group';
    const group = isGroup ? readVirtualServerGroup(block, log) : undefined;
    if (group) groups.push(group);
  }
  const tracked = new CheckedObjects(definitions);
  const smtpAlert = readSmtpAlert(blocks, log);
  const context = {
    // Of two with one name the first is found.
    groups: new Map(groups.toReversed().map((group) => [group.name, group])),
    tracked,
    ...(smtpAlert !== undefined && { smtpAlert }),
    ...(scriptUser && { scriptUser }),
    log,
  };
  const virtualServers: VirtualServer[] = [];
  // In the order of the text: what is tracked must be defined before.
  for (const block of blocks) {
    tracked.add(block);
    if (block.directive.words[0].value !== 'virtual_server') continue;
    const given = readVirtualServer(block, context);
    const server = given && settleVirtualServer(given, log);
    if (server) virtualServers.push(server);
  }
  const sslClient = readSslClient(blocks, log);
  return { virtualServers, virtualServerGroups: groups, ...(sslClient && { sslClient }) };
}

/** smtp_alert_checker goes before smtp_alert, which is for VRRP too. */
function readSmtpAlert(blocks: readonly BoundDirective[], log: ReadingLog): boolean | undefined {
  const globals = blocks.filter((block) => block.directive.words[0].value === 'global_defs');
  const [first] = globals;
  if (!first) return undefined;
  const merged = { ...first, children: globals.flatMap((block) => block.children) };
  const read = (keyword: string) =>
    childrenNamed(merged, keyword).length === 0
      ? undefined
      : log.last<boolean | undefined>(merged, keyword, undefined, readBoolean).value;
  return read('smtp_alert_checker') ?? read('smtp_alert');
}
