import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import { plainDiagnostic } from '../diagnostics/render-json.ts';
import { formatIpAddress, type IpAddress } from '../keepalived/ip-address.ts';
import type {
  NodeConfiguration,
  NotifyScript,
  ScriptUser,
  SyncGroup,
  TrackEntry,
  VirtualAddress,
  VrrpInstance,
  VrrpScript,
} from '../keepalived/node-configuration.ts';
import { trackedByInstance } from '../pacemaker/tracked-by-instance.ts';
import { showVirtualServers } from './config-virtual-servers.ts';

/** The version of the JSON shape. Fields may be added under one number; a change of meaning takes the next. */
export const configFormat = 'kp2pcm.config/1';

/** What was understood of each node, as docs/config-format.md has it. Every field is always there; null is «none». */
export interface ConfigDocument {
  readonly format: typeof configFormat;
  readonly nodes: readonly ReturnType<typeof nodeOf>[];
}

/** A node's configuration and what there was to say while it was read. */
export interface DescribedNode {
  readonly configuration: NodeConfiguration;
  readonly diagnostics: readonly Diagnostic[];
}

/** Puts the configurations of all nodes into one document of plain data, without secrets. */
export function configDocument(nodes: readonly DescribedNode[]): ConfigDocument {
  return { format: configFormat, nodes: nodes.map(nodeOf) };
}

/** The document as JSON with a final newline. */
export function emitConfig(document: ConfigDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function nodeOf({ configuration, diagnostics }: DescribedNode) {
  const { node, file, instances, scripts, syncGroups, virtualServers } = configuration;
  return {
    name: node,
    file,
    instances: instances.map((instance) => instanceOf(instance, groupOf(instance, syncGroups))),
    scripts: scripts.map(scriptOf),
    syncGroups: syncGroups.map(syncGroupOf),
    virtualServers: showVirtualServers(virtualServers),
    diagnostics: diagnostics.map(plainDiagnostic),
  };
}

/** The first group that names an instance has it. */
function groupOf({ name }: VrrpInstance, syncGroups: readonly SyncGroup[]): SyncGroup | undefined {
  return syncGroups.find(({ members }) => members.includes(name));
}

function instanceOf(instance: VrrpInstance, group: SyncGroup | undefined) {
  const device = instance.interface.value ?? null;
  const { trackScripts, trackInterfaces } = trackedByInstance(instance, group);
  return {
    name: instance.name,
    interface: device,
    virtualRouterId: instance.virtualRouterId.value,
    version: instance.version.value,
    family: instance.family,
    state: instance.state.value,
    priority: instance.priority.value,
    advertIntervalMs: instance.advertIntervalMs.value,
    downTimerAdverts: instance.downTimerAdverts.value,
    strict: instance.strict,
    preempt: instance.preempts.value,
    preemptDelayMs: instance.preemptDelayMs.value,
    sourceAddress: textOf(instance.sourceAddress.value),
    unicastPeers: instance.unicastPeers.map(({ address }) => textOf(address)),
    addresses: instance.addresses.map((address) => addressOf(address, device)),
    tracksOwnInterface: instance.tracksOwnInterface.value,
    trackScripts: trackScripts.map(trackEntryOf),
    trackInterfaces: trackInterfaces.map(trackEntryOf),
    syncGroup: group?.name ?? null,
    notifyScripts: instance.notifyScripts.map(notifyScriptOf),
  };
}

function textOf(address: IpAddress | undefined): string | null {
  return address ? formatIpAddress(address.family, address.value) : null;
}

function addressOf(held: VirtualAddress, own: string | null) {
  return {
    address: textOf(held.address),
    prefixLength: held.prefixLength,
    device: held.device ?? own,
    label: held.label ?? null,
    broadcast: held.broadcast ?? null,
    scope: held.scope ?? 'global',
    preferredLft: held.preferredLft ?? null,
    noPrefixRoute: held.noPrefixRoute,
    noTrack: held.noTrack,
    otherOptions: held.unusual,
    excluded: held.excluded,
  };
}

function trackEntryOf({ name, weight, reverse }: TrackEntry) {
  return { name, weight, reverse };
}

function notifyScriptOf({ event, argv, user }: NotifyScript) {
  return { event, argv, ...userOf(user) };
}

function userOf(user: ScriptUser | undefined) {
  return { user: user?.user ?? null, group: user?.group ?? null };
}

function scriptOf(script: VrrpScript) {
  const { name, argv, intervalMs, timeoutMs, rise, fall, weight, reverse, user } = script;
  return { name, argv, intervalMs, timeoutMs, rise, fall, weight, reverse, ...userOf(user) };
}

function syncGroupOf(group: SyncGroup) {
  return {
    name: group.name,
    members: group.members,
    countsMemberWeights: group.countsMemberWeights.value,
    trackScripts: group.trackScripts.map(trackEntryOf),
    trackInterfaces: group.trackInterfaces.map(trackEntryOf),
    notifyScripts: group.notifyScripts.map(notifyScriptOf),
  };
}
