import type { NodeConfiguration } from '../../src/keepalived/node-configuration.ts';

/** What a configuration sets on interfaces, as the daemon's dump shows it. */
export function interfaceLines(configuration: NodeConfiguration): Map<string, string> {
  const { linkDelays, garpGroups } = configuration;
  const lines = new Map<string, string>();
  for (const { interface: name, downMs, upMs } of linkDelays) {
    if (upMs > 0) lines.set(`interface ${name}: up delay`, `${upMs * 1000}us`);
    if (downMs > 0) lines.set(`interface ${name}: down delay`, `${downMs * 1000}us`);
  }
  let shared = 0;
  for (const group of garpGroups) {
    if (group.shared) shared++;
    for (const name of group.interfaces) {
      const set = (key: string, value: string) => lines.set(`interface ${name}: ${key}`, value);
      if (group.garpIntervalMs !== undefined) set('garp interval', `${Math.trunc(group.garpIntervalMs)}ms`);
      if (group.gnaIntervalMs !== undefined) set('gna interval', `${Math.trunc(group.gnaIntervalMs)}ms`);
      if (group.shared) set('garp group', String(shared));
    }
  }
  return lines;
}
