import type {
  CheckDefaults,
  Forwarding,
  RealServer,
  ServerScript,
  SorryServer,
  VirtualServer,
  VirtualServerGroup,
} from '../keepalived/lvs-configuration.ts';
import { checkerOf } from './config-checkers.ts';
import { addressText, commandOf } from './config-values.ts';

/** A virtual server as the daemon uses it, inheritance done. */
export function virtualServerOf(server: VirtualServer) {
  return {
    ...serviceOf(server.service),
    families: server.families,
    protocol: server.protocol ?? null,
    scheduler: server.scheduler,
    schedulerFlags: server.schedulerFlags,
    onePacket: server.onePacket,
    ...forwardingOf(server.forwarding),
    persistenceTimeoutMs: server.persistenceTimeoutS * 1000,
    persistenceGranularity: server.persistenceGranularity ?? null,
    persistenceEngine: server.persistenceEngine ?? null,
    checkDefaults: checkDefaultsOf(server),
    inhibitOnFailure: server.inhibitOnFailure,
    omega: server.omega,
    haSuspend: server.haSuspend,
    quorum: server.quorum,
    hysteresis: server.hysteresis,
    quorumUp: scriptOf(server.quorumUp),
    quorumDown: scriptOf(server.quorumDown),
    smtpAlert: server.smtpAlert,
    virtualHost: server.virtualHost ?? null,
    snmpName: server.snmpName ?? null,
    sorryServer: sorryServerOf(server.sorryServer),
    realServers: server.realServers.map(realServerOf),
  };
}

/** What clients address: an address with its port, a firewall mark, or a group of these. */
function serviceOf(service: VirtualServer['service']) {
  return {
    address: service.kind === 'address' ? addressText(service.address) : null,
    port: service.kind === 'address' ? service.port : null,
    fwmark: service.kind === 'fwmark' ? service.mark : null,
    group: service.kind === 'group' ? groupOf(service.group) : null,
  };
}

function groupOf({ name, ranges, marks }: VirtualServerGroup) {
  return {
    name,
    addresses: ranges.map(({ first, last, port }) => ({
      first: addressText(first),
      last: addressText(last),
      port,
    })),
    fwmarks: marks.map(({ mark, family }) => ({ fwmark: mark, family: family ?? null })),
  };
}

function forwardingOf(forwarding: Forwarding | undefined) {
  const method = forwarding?.method ?? null;
  if (forwarding?.method !== 'TUN') return { method, tunnel: null };
  const { type, port, checksum } = forwarding.tunnel;
  return { method, tunnel: { type, port, checksum } };
}

function checkDefaultsOf(defaults: CheckDefaults) {
  return {
    delayLoopMs: defaults.delayLoopMs,
    connectTimeoutMs: defaults.connectTimeoutMs,
    retry: defaults.retry ?? null,
    delayBeforeRetryMs: defaults.delayBeforeRetryMs ?? null,
    warmupMs: defaults.warmupMs ?? null,
    alpha: defaults.alpha,
  };
}

function scriptOf(script: ServerScript | undefined) {
  return script ? commandOf(script) : null;
}

function sorryServerOf(server: SorryServer | undefined) {
  if (!server) return null;
  const { address, port, forwarding, inhibitOnFailure } = server;
  return { address: addressText(address), port, ...forwardingOf(forwarding), inhibitOnFailure };
}

function realServerOf(server: RealServer) {
  return {
    address: addressText(server.address),
    port: server.port,
    weight: server.weight,
    ...forwardingOf(server.forwarding),
    upperThreshold: server.upperThreshold,
    lowerThreshold: server.lowerThreshold,
    inhibitOnFailure: server.inhibitOnFailure,
    notifyUp: scriptOf(server.notifyUp),
    notifyDown: scriptOf(server.notifyDown),
    smtpAlert: server.smtpAlert,
    virtualHost: server.virtualHost ?? null,
    snmpName: server.snmpName ?? null,
    checkDefaults: checkDefaultsOf(server),
    checkers: server.checkers.map(checkerOf),
  };
}
