import type { TrackEntry, TrackLists, VrrpScript } from '../keepalived/node-configuration.ts';
import type { TrackGroup } from '../keepalived/static-entries.ts';
import type { BfdInstance, TrackedFile, TrackedProcess } from '../keepalived/tracked-objects.ts';
import { addressText, userOf } from './config-values.ts';

export function trackListsOf(lists: TrackLists) {
  return {
    trackScripts: lists.trackScripts.map(trackEntryOf),
    trackInterfaces: lists.trackInterfaces.map(trackEntryOf),
    trackFiles: lists.trackFiles.map(trackEntryOf),
    trackProcesses: lists.trackProcesses.map(trackEntryOf),
    trackBfds: lists.trackBfds.map(trackEntryOf),
  };
}

function trackEntryOf({ name, weight, reverse }: TrackEntry) {
  return { name, weight, reverse };
}

export function scriptOf(script: VrrpScript) {
  const { name, argv, intervalMs, timeoutMs, rise, fall, weight, reverse, user } = script;
  return { name, argv, intervalMs, timeoutMs, rise, fall, weight, reverse, ...userOf(user) };
}

export function trackFileOf({ name, path, weight, reverse, initial }: TrackedFile) {
  return { name, path, weight, reverse, initial: initial ?? null };
}

export function trackProcessOf(tracked: TrackedProcess) {
  const { name, argv, argumentMatch, fullCommand, quorum, quorumMax, weight, reverse } = tracked;
  return {
    name,
    argv,
    argumentMatch: argumentMatch ?? null,
    fullCommand,
    quorum,
    quorumMax: quorumMax ?? null,
    weight,
    reverse,
    terminateDelayMs: tracked.terminateDelayMs,
    forkDelayMs: tracked.forkDelayMs,
  };
}

export function bfdInstanceOf({ name, weight, reverse, informs, session }: BfdInstance) {
  return {
    name,
    weight,
    reverse,
    informsVrrp: informs.vrrp,
    informsChecker: informs.checker,
    session: session
      ? {
          neighbor: addressText(session.neighbor),
          source: addressText(session.source),
          minRxMs: session.minRxMs,
          minTxMs: session.minTxMs,
          idleTxMs: session.idleTxMs,
          multiplier: session.multiplier,
          ttl: session.ttl,
          maxHops: session.maxHops,
          passive: session.passive,
        }
      : null,
  };
}

export function trackGroupOf({ name, members }: TrackGroup) {
  return { name, members };
}
