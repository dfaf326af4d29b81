import type { NodeConfiguration } from '../../src/keepalived/node-configuration.ts';

/** What a configuration sets on interfaces, as the daemon's dump shows it. */
export function interfaceLines(configuration: NodeConfiguration): Map<string, string> {
  const { linkDelays, garpGroups, globals, instances } = configuration;
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
  // What all instances use and no group has gets the times of global_defs.
  const { garpIntervalMs, gnaIntervalMs } = globals;
  const grouped = new Set(garpGroups.flatMap((group) => group.interfaces));
  const used = instances.flatMap(({ interface: own, addresses }) => [
    own.value,
    ...addresses.map(({ device }) => device),
  ]);
  for (const name of new Set(used)) {
    if (name === undefined || grouped.has(name)) continue;
    const set = (key: string, ms: number) => lines.set(`interface ${name}: ${key}`, `${Math.trunc(ms)}ms`);
    if (garpIntervalMs.value > 0) set('garp interval', garpIntervalMs.value);
    if (gnaIntervalMs.value > 0) set('gna interval', gnaIntervalMs.value);
  }
  for (const name of polledInterfaces(configuration)) lines.set(`interface ${name}: polled`, 'yes');
  return lines;
}

/** The daemon polls no link that no instance tracks. */
function polledInterfaces(configuration: NodeConfiguration): Set<string> {
  const { instances, syncGroups, linkbeatInterfaces, linkbeatPollingEverywhere } = configuration;
  const polled = new Set(linkbeatInterfaces.map((entry) => entry.interface));
  for (const { interface: own, linkbeatPolling } of instances)
    if (own.value !== undefined && (linkbeatPolling.value || linkbeatPollingEverywhere.value))
      polled.add(own.value);
  const tracked = new Set(
    [...instances, ...syncGroups].flatMap(({ trackInterfaces }) => trackInterfaces.map(({ name }) => name)),
  );
  for (const { interface: own, addresses, virtualRoutes, virtualRules } of instances) {
    const names = [
      own.value,
      ...addresses.map(({ device, noTrack }) => (noTrack ? undefined : device)),
      ...virtualRoutes.map(({ device, tracked: isTracked }) => (isTracked ? device : undefined)),
      ...virtualRules.flatMap((rule) =>
        rule.tracked ? [rule.incomingInterface, rule.outgoingInterface] : [],
      ),
    ];
    for (const name of names) if (name !== undefined) tracked.add(name);
  }
  return new Set([...polled].filter((name) => tracked.has(name)));
}
