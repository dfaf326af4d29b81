import { bitsOf } from '../../src/keepalived/ip-address.ts';
import type {
  NodeConfiguration,
  NotifyScript,
  ScriptUser,
  SyncGroup,
  TrackEntry,
  VirtualAddress,
  VrrpInstance,
  VrrpScript,
} from '../../src/keepalived/node-configuration.ts';
import { trackedByInstance } from '../../src/pacemaker/tracked-by-instance.ts';
import { sameAddress } from './daemon-reading.ts';
import { programPath } from './named-things.ts';
import { readProjectSettings } from './project-settings.ts';
import { type Reading, setList, shownCommand } from './reading.ts';

/** Brings the project's understanding of a node into comparable form. `user` runs the scripts that name none. */
export function projectReading(configuration: NodeConfiguration, user: string): Reading {
  return new ProjectReading(configuration, user).read();
}

type Tracked = Pick<VrrpInstance, 'trackScripts' | 'trackInterfaces'>;

class ProjectReading {
  private readonly configuration: NodeConfiguration;
  private readonly user: string;
  private readonly reading = new Map<string, string>();
  private readonly trackedScripts = new Set<string>();

  constructor(configuration: NodeConfiguration, user: string) {
    this.configuration = configuration;
    this.user = user;
  }

  read(): Reading {
    const { instances, syncGroups, scripts } = this.configuration;
    const names = instances.map(({ name }) => name);
    setList(this.reading, 'instance', names);
    for (const instance of instances) this.readInstance(instance);
    for (const group of syncGroups) {
      // The first group that names an instance has it; the daemon removes a group that has none.
      const members = group.members.filter((name) => names.includes(name) && this.groupOf(name) === group);
      if (members.length > 0) this.readSyncGroup(group, members);
    }
    // The daemon dumps no script that nothing tracks.
    for (const script of scripts) if (this.trackedScripts.has(script.name)) this.readScript(script);
    readProjectSettings(this.configuration, this.user, this.reading);
    const { staticAddresses, globals } = this.configuration;
    const entries = staticAddresses.map((entry) => shownEntry(entry, globals.defaultInterface.value));
    setList(this.reading, 'static address', entries);
    return this.reading;
  }

  private groupOf(instance: string): SyncGroup | undefined {
    return this.configuration.syncGroups.find(({ members }) => members.includes(instance));
  }

  private readInstance(instance: VrrpInstance): void {
    const prefix = `instance ${instance.name}:`;
    const set = (key: string, value: string | number) => this.reading.set(`${prefix} ${key}`, String(value));
    const own = instance.interface.value ?? 'none';
    const group = this.groupOf(instance.name);
    set('interface', own);
    // A sync group starts its members together, whatever their own state.
    if (!group) set('state', instance.state.value);
    set('virtual router id', instance.virtualRouterId.value);
    set('version', instance.version.value);
    set('priority', instance.priority.value);
    set('advert interval', instance.advertIntervalMs.value);
    set('down timer adverts', instance.downTimerAdverts.value);
    set('preempts', instance.preempts.value ? 'yes' : 'no');
    // The daemon prints six significant digits.
    set('preempt delay', Number((instance.preemptDelayMs.value / 1000).toPrecision(6)));
    set('tracks its interface', instance.tracksOwnInterface.value ? 'yes' : 'no');
    set('source', sameAddress(instance.sourceAddress.value?.text ?? 'none'));
    const peers = instance.unicastPeers.map(({ address }) => sameAddress(address.text));
    setList(this.reading, `${prefix} peer`, peers);
    const entries = (excluded: boolean) =>
      instance.addresses
        .filter((address) => address.excluded === excluded)
        .map((address) => shownEntry(address, own, hasOwnVmac(instance, address)));
    setList(this.reading, `${prefix} address`, entries(false));
    setList(this.reading, `${prefix} excluded address`, entries(true));
    this.readTracked(prefix, trackedByInstance(instance, group));
    this.readNotify(prefix, instance.notifyScripts);
  }

  private readSyncGroup(group: SyncGroup, members: readonly string[]): void {
    const prefix = `sync group ${group.name}:`;
    setList(this.reading, `${prefix} member`, members);
    const counts = group.countsMemberWeights.value ? 'yes' : 'no';
    this.reading.set(`${prefix} counts member weights`, counts);
    this.readTracked(prefix, group);
    this.readNotify(prefix, group.notifyScripts);
  }

  private readTracked(prefix: string, { trackScripts, trackInterfaces }: Tracked): void {
    for (const { name } of trackScripts) this.trackedScripts.add(name);
    setList(this.reading, `${prefix} tracked script`, trackScripts.map(shownTracking));
    setList(this.reading, `${prefix} tracked interface`, trackInterfaces.map(shownTracking));
  }

  private readNotify(prefix: string, scripts: readonly NotifyScript[]): void {
    for (const { event, argv, user } of scripts) {
      this.reading.set(`${prefix} on ${eventNames[event]}`, `${shownCall(argv)} as ${this.shownUser(user)}`);
    }
  }

  private readScript(script: VrrpScript): void {
    const set = (key: string, value: string | number) =>
      this.reading.set(`script ${script.name}: ${key}`, String(value));
    set('command', shownScript(script));
    set('interval', script.intervalMs);
    set('timeout', script.timeoutMs);
    set('rise', script.rise);
    set('fall', script.fall);
    set('weight', `${script.weight}${script.reverse ? ' reverse' : ''}`);
    set('user', this.shownUser(script.user));
  }

  private shownUser(user: ScriptUser = { user: this.user }): string {
    return `${user.user}:${user.group ?? user.user}`;
  }
}

function shownTracking({ name, weight, reverse }: TrackEntry): string {
  return `${name} weight ${weight}${reverse ? ' reverse' : ''}`;
}

/** The daemon drops use_vmac from an address where the instance says so. */
function hasOwnVmac(instance: VrrpInstance, { device, address, usesVmac }: VirtualAddress): boolean {
  const isOwn = device === undefined || device === instance.interface.value;
  const sameFamily = address.family === instance.family;
  const ofInstance = isOwn && sameFamily && instance.virtualInterface !== undefined;
  const ofOthers = !(isOwn && sameFamily) && instance.usesVmacForAddresses.value;
  return usesVmac && !ofInstance && !ofOthers;
}

/** An address as the daemon's dump spells it. */
function shownEntry(entry: VirtualAddress, own: string, withVmac = false): string {
  const { address, prefixLength, unusual } = entry;
  const lifetime = entry.preferredLft ?? (prefixLength === bitsOf(address.family) ? '0' : 'forever');
  const peer = unusual.find((option) => option.startsWith('peer '));
  const flag = (name: string) => (unusual.includes(name) ? [name] : []);
  return [
    `${sameAddress(address.text)}/${prefixLength}`,
    ...(entry.broadcast === undefined ? [] : ['brd', entry.broadcast]),
    'dev',
    entry.device ?? own,
    ...(withVmac ? ['use_vmac'] : []),
    'scope',
    entry.scope ?? 'global',
    ...(entry.label === undefined ? [] : ['label', entry.label]),
    ...(peer === undefined ? [] : ['peer', `${sameAddress(peer.slice('peer '.length))}/${prefixLength}`]),
    ...flag('home'),
    ...flag('-nodad'),
    ...flag('mngtmpaddr'),
    ...(entry.noPrefixRoute ? ['noprefixroute'] : []),
    ...flag('autojoin'),
    ...(entry.noTrack ? ['no_track'] : []),
    ...(entry.trackGroup === undefined ? [] : ['track_group', entry.trackGroup]),
    ...(address.family === 'ipv4' ? [] : lifetime === '0' ? ['deprecated'] : ['preferred_lft', lifetime]),
  ].join(' ');
}

/** `</path` runs nothing, and the project writes it as the test that it is. */
function shownScript({ argv, directive }: VrrpScript): string {
  const redirects = directive.children.some(({ directive: line }) => line.words[1]?.value.startsWith('<'));
  if (redirects && argv[0] === 'test') return `<${argv[2]}`;
  return shownCall(argv);
}

function shownCall([command = '', ...rest]: readonly string[]): string {
  return shownCommand([programPath(command), ...rest]);
}

const eventNames: Record<NotifyScript['event'], string> = {
  master: 'Master',
  backup: 'Backup',
  fault: 'Fault',
  stop: 'Stop',
  deleted: 'Deleted',
  any: 'Generic',
  master_rx_lower_pri: 'Master rx lower pri',
};
