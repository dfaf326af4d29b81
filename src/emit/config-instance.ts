import type { Announcement } from '../keepalived/announcement.ts';
import type { NotifyScript, SyncGroup, VrrpInstance } from '../keepalived/node-configuration.ts';
import { macText } from '../keepalived/virtual-interfaces.ts';
import type { VirtualInterface } from '../keepalived/virtual-mac.ts';
import { trackedByInstance } from '../pacemaker/tracked-by-instance.ts';
import { virtualAddressOf } from './config-addresses.ts';
import { routeOf, ruleOf } from './config-routing.ts';
import { trackListsOf } from './config-tracking.ts';
import { addressText, commandOf } from './config-values.ts';

/** An instance, and the sync group that has it. */
export function instanceOf(instance: VrrpInstance, group: SyncGroup | undefined) {
  const device = instance.interface.value ?? null;
  const virtualRouterId = instance.virtualRouterId.value;
  return {
    name: instance.name,
    interface: device,
    virtualInterface: virtualInterfaceOf(instance.virtualInterface, virtualRouterId),
    usesVmacForAddresses: instance.usesVmacForAddresses.value,
    virtualRouterId,
    version: instance.version.value,
    family: instance.family,
    state: instance.state.value,
    priority: instance.priority.value,
    advertIntervalMs: instance.advertIntervalMs.value,
    downTimerAdverts: instance.downTimerAdverts.value,
    strict: instance.strict,
    preempt: instance.preempts.value,
    preemptDelayMs: instance.preemptDelayMs.value,
    sourceAddress: addressText(instance.sourceAddress.value),
    multicastGroup: addressText(instance.multicastGroup.value),
    unicastPeers: instance.unicastPeers.map(({ address }) => addressText(address)),
    addresses: instance.addresses.map((address) => virtualAddressOf(address, device)),
    virtualRoutes: instance.virtualRoutes.map(routeOf),
    virtualRules: instance.virtualRules.map(ruleOf),
    announcement: announcementOf(instance.announcement),
    tracksOwnInterface: instance.tracksOwnInterface.value,
    ...trackListsOf({ ...instance, ...trackedByInstance(instance, group) }),
    syncGroup: group?.name ?? null,
    notifyScripts: instance.notifyScripts.map(notifyScriptOf),
  };
}

function virtualInterfaceOf(virtual: VirtualInterface | undefined, virtualRouterId: number) {
  if (!virtual) return null;
  const { kind, name, mac, address, prefixLength, mode, sendsFromBase } = virtual;
  return {
    kind,
    name: name ?? null,
    mac: mac ? macText(mac, virtualRouterId) : null,
    address: addressText(address),
    prefixLength: prefixLength ?? null,
    mode: mode ?? null,
    sendsFromBase,
  };
}

function announcementOf(announcement: Announcement) {
  const { seconds, all } = announcement.extraInterfaces.value;
  return {
    delayMs: announcement.delaySeconds.value * 1000,
    repeat: announcement.repeat.value,
    refreshMs: announcement.refreshSeconds.value * 1000,
    refreshRepeat: announcement.refreshRepeat.value,
    lowerPriorityDelayMs: announcement.lowerPriorityDelaySeconds.value * 1000,
    lowerPriorityRepeat: announcement.lowerPriorityRepeat.value,
    extraInterfacesMs: seconds * 1000,
    extraInterfacesAll: all,
  };
}

function notifyScriptOf(script: NotifyScript) {
  return { event: script.event, ...commandOf(script) };
}

export function syncGroupOf(group: SyncGroup) {
  return {
    name: group.name,
    members: group.members,
    countsMemberWeights: group.countsMemberWeights.value,
    ...trackListsOf(group),
    notifyScripts: group.notifyScripts.map(notifyScriptOf),
  };
}
