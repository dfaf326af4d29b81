import type { Announcement } from '../../src/keepalived/announcement.ts';
import type { BoundDirective } from '../../src/keepalived/bound-directive.ts';
import type { GlobalSettings } from '../../src/keepalived/global-settings.ts';
import type { IpAddress } from '../../src/keepalived/ip-address.ts';
import type {
  NodeConfiguration,
  ScriptUser,
  SyncGroup,
  TrackEntry,
  TrackLists,
  VrrpInstance,
} from '../../src/keepalived/node-configuration.ts';
import type {
  BfdInstance,
  BfdSession,
  TrackedFile,
  TrackedProcess,
} from '../../src/keepalived/tracked-objects.ts';
import { sameAddress } from './daemon-reading.ts';
import { withoutCount } from './daemon-settings.ts';
import { folderPath, programPath } from './named-things.ts';
import { interfaceLines } from './project-interfaces.ts';
import { setLines, setList, shownCommand } from './reading.ts';
import { shownRoute, shownRule } from './shown-route.ts';

/** The counterpart of the daemon's settings: see there. `user` runs the scripts that name none. */
export function readProjectSettings(
  configuration: NodeConfiguration,
  user: string,
  reading: Map<string, string>,
): void {
  const { instances, syncGroups } = configuration;
  // Without any of these the daemon starts no process for VRRP.
  const isVrrp = ({ directive }: BoundDirective) =>
    /^(?:vrrp_instance$|static_)/.test(directive.words[0].value);
  const isRun = configuration.directives.some(isVrrp);
  const names = new Set(instances.map(({ name }) => name));
  for (const instance of instances) readInstance(instance, configuration.globals, reading);
  const grouped = new Set<string>();
  for (const group of syncGroups) {
    const members = group.members.filter((name) => names.has(name) && !grouped.has(name));
    for (const name of members) grouped.add(name);
    if (members.length > 0) readGroup(group, reading);
  }
  const lists = [...instances, ...syncGroups];
  const tracks = (kind: keyof TrackLists, name: string) =>
    lists.some((holder) => holder[kind].some((entry) => entry.name === name));
  for (const file of configuration.trackFiles) {
    // The daemon forgets a file that nothing tracks.
    if (tracks('trackFiles', file.name)) readFile(file, reading);
  }
  for (const process of configuration.trackProcesses) readProcess(process, reading);
  for (const bfd of configuration.bfdInstances) {
    if (bfd.informs.vrrp && isRun) reading.set(`bfd ${bfd.name}: weight`, shownWeight(bfd));
    if (bfd.session) readSession(bfd, bfd.session, reading);
  }
  for (const { name, members } of configuration.trackGroups) {
    if (members.length > 0) reading.set(`track group ${name}: members`, members.join(' '));
  }
  setLines(reading, 'static route', configuration.staticRoutes.map(shownRoute));
  setLines(reading, 'static rule', configuration.staticRules.map(shownRule));
  for (const [key, value] of interfaceLines(configuration)) reading.set(key, value);
  if (isRun) readGlobals(configuration.globals, user, reading);
}

function readInstance(instance: VrrpInstance, globals: GlobalSettings, reading: Map<string, string>): void {
  const prefix = `instance ${instance.name}:`;
  const set = (key: string, value: string | number) => reading.set(`${prefix} ${key}`, String(value));
  readAnnouncement(prefix, instance.announcement, reading);
  readExtraInterfaces(instance, reading);
  set('answers a lower priority', instance.lowerPriorityNoAdvert.value ? 'false' : 'true');
  set('answers a higher priority', instance.higherPrioritySendsAdvert.value ? 'true' : 'false');
  set('accept', instance.accepts.value ? 'enabled' : 'disabled');
  set('promote secondaries', instance.promotesSecondaries.value ? 'enabled' : 'disabled');
  set('smtp alert', yesNo(instance.smtpAlert.value));
  set('notify deleted', instance.notifiesDeleted ? 'Deleted' : 'Fault');
  set('notify priority changes', instance.notifiesPriorityChanges.value ? 'true' : 'false');
  set('skips the address check', yesNo(instance.skipsAddressCheck.value));
  set('strict', yesNo(instance.strict));
  set('use_vmac_addr', yesNo(instance.usesVmacForAddresses.value));
  set('config faults', yesNo(staysInFault(instance)));
  set('multicast group', shownAddress(instance.multicastGroup.value));
  set('virtual interface', shownVirtualInterface(instance, globals));
  if (instance.unicastPeers.length > 0) {
    if (instance.unicastTtl.value !== undefined) set('unicast ttl', instance.unicastTtl.value);
    set('checks unicast source', yesNo(instance.checksUnicastSource.value));
  }
  if (instance.kernelReceiveBufferBytes) set('kernel buffer', instance.kernelReceiveBufferBytes.value);
  if (instance.debugLevel.value > 0) set('debug', instance.debugLevel.value);
  setLines(reading, `${prefix} route`, instance.virtualRoutes.map(shownRoute));
  setLines(reading, `${prefix} rule`, instance.virtualRules.map(shownRule));
  const ttls = instance.unicastPeers.map(({ minTtl, maxTtl }) => `min_ttl ${minTtl} max_ttl ${maxTtl}`);
  setLines(reading, `${prefix} peer ttl`, ttls);
  readTracked(prefix, instance, reading);
}

function readGroup(group: SyncGroup, reading: Map<string, string>): void {
  const prefix = `sync group ${group.name}:`;
  const { value } = group.notifiesPriorityChanges;
  reading.set(`${prefix} smtp alert`, yesNo(group.smtpAlert.value));
  reading.set(`${prefix} notify priority changes`, value === undefined ? 'unset' : yesNo(value));
  readTracked(prefix, group, reading);
}

function readTracked(prefix: string, lists: TrackLists, reading: Map<string, string>): void {
  const shown = (entries: readonly TrackEntry[]) =>
    entries.map((entry) => `${entry.name} weight ${shownWeight(entry)}`);
  setList(reading, `${prefix} tracked file`, shown(lists.trackFiles));
  setList(reading, `${prefix} tracked process`, shown(lists.trackProcesses));
  setList(reading, `${prefix} tracked bfd`, shown(lists.trackBfds));
}

function readAnnouncement(prefix: string, announcement: Announcement, reading: Map<string, string>): void {
  const set = (key: string, value: number) => reading.set(`${prefix} ${key}`, String(value));
  set('garp delay', announcement.delaySeconds.value);
  set('garp repeat', announcement.repeat.value);
  set('garp refresh', announcement.refreshSeconds.value);
  set('garp refresh repeat', announcement.refreshRepeat.value);
  set('garp lower priority delay', announcement.lowerPriorityDelaySeconds.value);
  set('garp lower priority repeat', announcement.lowerPriorityRepeat.value);
}

/** The daemon forgets the period where no address is on another interface than the instance's. */
function readExtraInterfaces(instance: VrrpInstance, reading: Map<string, string>): void {
  const { seconds, all } = instance.announcement.extraInterfaces.value;
  const places = instance.addresses.map((address) => extraPlaceOf(instance, address));
  const isUsed = places.includes('vmac') || (all && places.includes('interface'));
  if (seconds === 0 || !isUsed) return;
  reading.set(`instance ${instance.name}: garp on extra ${all ? 'interfaces' : 'VMACs'}`, String(seconds));
}

/** Where an address is, if not on the interface that the instance sends from. */
function extraPlaceOf(
  instance: VrrpInstance,
  { device, address, usesVmac }: VrrpInstance['addresses'][number],
): 'vmac' | 'interface' | undefined {
  const isOwn = device === undefined || device === instance.interface.value;
  const sameFamily = address.family === instance.family;
  const hasVmac = instance.virtualInterface?.kind === 'vmac';
  if (isOwn && sameFamily && (hasVmac || !usesVmac))
    return instance.virtualInterface && !hasVmac ? 'interface' : undefined;
  if (usesVmac || instance.usesVmacForAddresses.value) return 'vmac';
  return isOwn && !instance.virtualInterface ? undefined : 'interface';
}

function staysInFault({ faultWithoutPeers, unicastPeers, virtualInterface, family }: VrrpInstance): boolean {
  const lacksPeers = faultWithoutPeers.value && unicastPeers.length === 0;
  return (
    lacksPeers || (virtualInterface?.kind === 'ipvlan' && family === 'ipv4' && !virtualInterface.address)
  );
}

function shownVirtualInterface(
  { virtualInterface, virtualRouterId }: VrrpInstance,
  { vmacPrefix }: GlobalSettings,
): string {
  if (!virtualInterface) return 'none';
  const name = withoutCount(virtualInterface.name ?? `${vmacPrefix.value}.${virtualRouterId.value}`);
  const { kind, address, prefixLength, mode, sendsFromBase } = virtualInterface;
  if (kind === 'vmac') return `vmac ${name}${sendsFromBase ? ' from base' : ''}`;
  const bits = address?.family === 'ipv6' ? 128 : 32;
  const suffix = prefixLength === undefined || prefixLength === bits ? '' : `/${prefixLength}`;
  return `ipvlan ${name} ${shownAddress(address)}${suffix} ${mode ?? 'bridge'}`;
}

function readFile(file: TrackedFile, reading: Map<string, string>): void {
  reading.set(`file ${file.name}: path`, folderPath(file.path));
  reading.set(`file ${file.name}: weight`, shownWeight(file));
}

function readProcess(process: TrackedProcess, reading: Map<string, string>): void {
  const set = (key: string, value: string | number | undefined) =>
    reading.set(`process ${process.name}: ${key}`, String(value ?? 'none'));
  const [path, ...parameters] = process.argv;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(6)}s`;
  set('path', path);
  set('parameters', parameters.length > 0 ? parameters.join(' ') : undefined);
  set('match', process.argumentMatch);
  set('min', process.quorum);
  set('max', process.quorumMax);
  set('weight', shownWeight(process));
  set('terminate delay', seconds(process.terminateDelayMs));
  set('fork delay', seconds(process.forkDelayMs));
  set('full command', String(process.fullCommand));
}

function readSession(
  { name, informs }: BfdInstance,
  session: BfdSession,
  reading: Map<string, string>,
): void {
  const set = (key: string, value: string | number | boolean) =>
    reading.set(`bfd ${name}: ${key}`, String(value));
  const microseconds = (ms: number) => `${Math.round(ms * 1000)} us`;
  set('neighbor', shownAddress(session.neighbor));
  set('source', shownAddress(session.source));
  set('min rx', microseconds(session.minRxMs));
  set('min tx', microseconds(session.minTxMs));
  set('idle tx', microseconds(session.idleTxMs));
  set('multiplier', session.multiplier);
  set('ttl', session.ttl);
  set('max hops', session.maxHops);
  set('passive', session.passive);
  set('informs vrrp', informs.vrrp ? 'Yes' : 'No');
  set('informs checker', informs.checker ? 'Yes' : 'No');
}

function readGlobals(
  globals: NodeConfiguration['globals'],
  user: string,
  reading: Map<string, string>,
): void {
  const set = (key: string, value: string | number | boolean) =>
    reading.set(`globals: ${key}`, String(value));
  const { announcement } = globals;
  set('Dynamic interfaces', globals.dynamicInterfaces.value);
  if (globals.dynamicInterfaces.value) set('Allow interface changes', globals.allowsInterfaceChanges);
  set('FIFO write vrrp states on reload', globals.fifoRepeatsStates.value);
  set('VRRP notify priority changes', globals.notifiesPriorityChanges.value);
  set('VRRP IPv4 mcast group', shownAddress(globals.multicastGroups.ipv4.value));
  set('VRRP IPv6 mcast group', shownAddress(globals.multicastGroups.ipv6.value));
  set('Gratuitous ARP delay', announcement.delaySeconds.value);
  set('Gratuitous ARP repeat', announcement.repeat.value);
  set('Gratuitous ARP refresh timer', announcement.refreshSeconds.value);
  set('Gratuitous ARP refresh repeat', announcement.refreshRepeat.value);
  set('Gratuitous ARP lower priority delay', announcement.lowerPriorityDelaySeconds.value);
  set('Gratuitous ARP lower priority repeat', announcement.lowerPriorityRepeat.value);
  set('Gratuitous ARP interval', (globals.garpIntervalMs.value / 1000).toFixed(6));
  set('Gratuitous NA interval', (globals.gnaIntervalMs.value / 1000).toFixed(6));
  const { seconds, all } = announcement.extraInterfaces.value;
  set(`Gratuitous ARP for each secondary ${all ? 'i/f' : 'VMAC'}`, `${seconds}s`);
  set('Send advert after receive lower priority advert', !globals.lowerPriorityNoAdvert.value);
  set('Send advert after receive higher priority advert', globals.higherPrioritySendsAdvert.value);
  set('VRRP check unicast_src', globals.checksUnicastSource.value);
  set('VRRP skip check advert addresses', globals.skipsAddressCheck.value);
  set('VRRP strict mode', globals.strict.value);
  const delay = globals.startupDelayMs.value;
  if (delay > 0) set('vrrp_startup_delay', Number((delay / 1000).toPrecision(6)));
  if (globals.vmacPrefix.from) set('VMAC prefix', globals.vmacPrefix.value);
  if (globals.vmacAddrPrefix.from) set('VMAC address prefix', globals.vmacAddrPrefix.value);
  if (globals.logsUnknownRouterIds.value) set('log_unknown_vrids', 'yes');
  for (const [name, value] of commandsOf(globals, user)) set(name, value);
}

function commandsOf(globals: GlobalSettings, user: string): [string, string][] {
  const owner = (of: ScriptUser = { user }) => `${of.user}:${of.group ?? of.user}`;
  const call = ({ argv, user: own }: { argv: readonly string[]; user?: ScriptUser }, ...more: string[]) => {
    const [command = '', ...rest] = argv;
    return `${shownCommand([programPath(command), ...rest, ...more])} as ${owner(own)}`;
  };
  const fifo = (
    name: string,
    { path, user: own, script }: GlobalSettings['notifyFifo'],
  ): [string, string][] =>
    path === undefined
      ? []
      : [
          [name, `${path} as ${owner(own)}`],
          ...(script ? [[`${name} script`, call(script, path)] as [string, string]] : []),
        ];
  return [
    ...fifo('Global notify fifo', globals.notifyFifo),
    ...fifo('VRRP notify fifo', globals.vrrpNotifyFifo),
  ];
}

function shownWeight({ weight, reverse }: Pick<TrackEntry, 'weight' | 'reverse'>): string {
  return `${weight}${reverse ? ' reverse' : ''}`;
}

function shownAddress(address: IpAddress | undefined): string {
  return address ? sameAddress(address.text) : 'none';
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
