import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { readCheckDefaults, readConnectTimeout } from './check-timers.ts';
import type { CheckedObjects } from './checked-objects.ts';
import { keepalivedFindings } from './findings.ts';
import { forwardingLines, readForwarding } from './forwarding.ts';
import { readName } from './http-check.ts';
import type {
  CheckDefaults,
  Forwarding,
  Protocol,
  Service,
  VirtualServerGroup,
} from './lvs-configuration.ts';
import type { ScriptUser } from './node-configuration.ts';
import { readFirstNotify } from './notify-scripts.ts';
import { readPersistence } from './persistence.ts';
import { type Reading, ReadingLog } from './reading-log.ts';
import { readRealServer, readSnmpName } from './real-server.ts';
import { readScheduler } from './scheduler.ts';
import { readMark, readServerAddress } from './server-address.ts';
import { readServersInOrder } from './server-families.ts';
import { readSorryServer } from './sorry-server.ts';
import { allowed, readBoolean, readLenientWhole } from './values.ts';

/** What virtual servers take from the rest of the file. */
export interface VirtualServerContext {
  /** By name. */
  readonly groups: ReadonlyMap<string, VirtualServerGroup>;
  /** smtp_alert of global_defs, as far as it is said there. */
  readonly smtpAlert?: boolean;
  readonly tracked: CheckedObjects;
  readonly scriptUser?: ScriptUser;
  readonly log: ReadingLog;
}

const daemonDefaults: CheckDefaults = { delayLoopMs: 60_000, connectTimeoutMs: 5000, alpha: false };

export type GivenVirtualServer = NonNullable<ReturnType<typeof readVirtualServer>>;

/**
 * Reads a virtual_server block as far as its lines go; what its settings make of each other comes after that. Undefined
 * where there is no service to speak of.
 */
export function readVirtualServer(block: BoundDirective, context: VirtualServerContext) {
  const { log, scriptUser } = context;
  const service = readService(block, context);
  if (!service) return undefined;
  const methods = forwardingLines(block, ['lb_kind', 'lvs_method']);
  const positions = new Map(block.children.map((line, index) => [line, index]));
  const isBefore = (index: number, line: BoundDirective) => index < (positions.get(line) ?? 0);
  const forwardingBefore = (line: BoundDirective): Forwarding | undefined =>
    methods.findLast(({ index }) => isBefore(index, line))?.forwarding;
  const timeouts = childrenNamed(block, 'connect_timeout');
  const connectTimeoutBeforeMs = (line: BoundDirective): number => {
    const children = timeouts.filter((timeout) => isBefore(positions.get(timeout) ?? 0, line));
    return readConnectTimeout({ ...block, children }, daemonDefaults.connectTimeoutMs, new ReadingLog());
  };
  log.last<Forwarding | undefined>(block, ['lb_kind', 'lvs_method'], undefined, (line) =>
    readForwarding(line),
  );
  const forwarding = methods.at(-1)?.forwarding;
  const defaults = {
    ...readCheckDefaults(block, daemonDefaults, log),
    weight: log.last(block, 'weight', 1, (bound) => readLenientWhole(bound, ...allowed(bound))).value,
    inhibitOnFailure: log.flag(block, 'inhibit_on_failure') !== undefined,
  };
  const inOrder = readServersInOrder(block, service, {
    forwardingBefore,
    read: (line, address) =>
      readRealServer(line, address, {
        ...context,
        defaults,
        ...(forwarding && { forwarding }),
        ...withMethod(forwardingBefore(line)),
        connectTimeoutBeforeMs: connectTimeoutBeforeMs(line),
        smtpAlert: context.smtpAlert ?? true,
      }),
    sorryServer: readSorryServer(block, forwardingBefore, log),
    log,
  });
  const { weight: _, ...inherited } = defaults;
  const quorumUp = readFirstNotify(block, 'quorum_up', scriptUser, log);
  const quorumDown = readFirstNotify(block, 'quorum_down', scriptUser, log);
  const virtualHost = readName(block, 'virtualhost', log);
  const snmpName = readSnmpName(block, log);
  return {
    directive: block,
    service,
    protocol: log.last<Protocol | undefined>(block, 'protocol', undefined, readProtocol),
    ...readScheduler(block, log),
    onePacket: log.flag(block, 'ops'),
    ...(forwarding && { forwarding }),
    ...readPersistence(block, inOrder.granularities, log),
    ...inherited,
    omega: log.flag(block, 'omega') !== undefined,
    haSuspend: log.flag(block, 'ha_suspend'),
    quorum: log.last(block, 'quorum', 1, (bound) => readLenientWhole(bound, ...allowed(bound), 1)),
    hysteresis: log.last(block, 'hysteresis', 0, (bound) => readLenientWhole(bound, ...allowed(bound))),
    ...(quorumUp && { quorumUp }),
    ...(quorumDown && { quorumDown }),
    smtpAlert: log.last(block, 'smtp_alert', context.smtpAlert ?? false, readBoolean).value,
    ...(virtualHost !== undefined && { virtualHost }),
    ...(snmpName !== undefined && { snmpName }),
    ...(inOrder.sorryServer && { sorryServer: inOrder.sorryServer }),
    withoutMethod: inOrder.withoutMethod,
    ...(inOrder.family && { family: inOrder.family }),
    realServers: inOrder.realServers,
  };
}

function withMethod(forwardingBefore: Forwarding | undefined): { forwardingBefore?: Forwarding } {
  return forwardingBefore ? { forwardingBefore } : {};
}

function readProtocol(bound: BoundDirective): Reading<Protocol> {
  const name = argumentOf(bound).toUpperCase();
  if (name === 'TCP' || name === 'UDP' || name === 'SCTP') return { value: name };
  return { problem: 'neither TCP nor UDP nor SCTP' };
}

function readService(
  block: BoundDirective,
  { groups, log }: Pick<VirtualServerContext, 'groups' | 'log'>,
): Service | undefined {
  const [first, second] = [argumentOf(block), block.directive.words[2]?.value];
  if (first !== 'group' && first !== 'fwmark') {
    const given = readServerAddress(first, second);
    return given && { kind: 'address', ...given };
  }
  if (second === undefined) {
    log.warn(keepalivedFindings.serverCrash, {
      summary: `virtual_server ${first} without a ${first === 'group' ? 'name' : 'number'}`,
      detail: 'The daemon crashes at this line.',
      at: block.directive.span,
      help: `write: virtual_server ${first} ${first === 'group' ? 'NAME' : 'NUMBER'} {`,
    });
    return undefined;
  }
  if (first === 'fwmark') return readMarkService(block, second, log);
  const group = groups.get(second);
  if (group) return { kind: 'group', group };
  dropVirtualServer(block, `there is no virtual_server_group ${second} that the daemon keeps`, log);
  return undefined;
}

/** To the daemon 0, and a word that is no number, is no mark; nothing is left that the service could be. */
function readMarkService(block: BoundDirective, text: string, log: ReadingLog): Service {
  const mark = readMark(text) ?? 0;
  if (mark === 0) {
    log.warn(keepalivedFindings.serverChanged, {
      summary: `virtual_server fwmark ${text}: no firewall mark`,
      detail: 'The daemon runs on with a virtual server that has neither a mark nor an address.',
      at: block.directive.words[2]?.span ?? block.directive.span,
      help: 'give it a number from 1 on',
    });
  }
  return { kind: 'fwmark', mark };
}

export function dropVirtualServer(block: BoundDirective, problem: string, log: ReadingLog): void {
  const name = block.directive.words.map(({ value }) => value).join(' ');
  log.ignore(block, `The daemon leaves the virtual server out: ${problem}.`);
  log.warn(keepalivedFindings.serverSkipped, {
    summary: `${name} is left out: ${problem}`,
    detail: 'The daemon logs it and goes on without this virtual server.',
    at: block.directive.span,
    help: 'complete it, or delete it',
  });
}
