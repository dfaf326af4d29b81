import { argumentOf, type BoundDirective } from './bound-directive.ts';
import { readCheckDefaults, readConnectTimeout } from './check-timers.ts';
import type { CheckedObjects } from './checked-objects.ts';
import { readCheckers } from './checker.ts';
import { forwardingDefault, forwardingLines, readForwarding } from './forwarding.ts';
import { readName } from './http-check.ts';
import type { CheckDefaults, Forwarding, RealServer } from './lvs-configuration.ts';
import type { ScriptUser } from './node-configuration.ts';
import { readFirstNotify } from './notify-scripts.ts';
import { ReadingLog } from './reading-log.ts';
import type { ServerAddress } from './server-address.ts';
import { allowed, readBoolean, readLenientWhole } from './values.ts';

/** What a real server takes from its virtual server and from the rest of the file. */
export interface RealServerContext {
  readonly defaults: CheckDefaults & { readonly weight: number; readonly inhibitOnFailure: boolean };
  /** What the virtual server's lines before the real server say; absent: nothing. */
  readonly forwardingBefore?: Forwarding;
  /** What they all say. */
  readonly forwarding?: Forwarding;
  readonly connectTimeoutBeforeMs: number;
  readonly smtpAlert: boolean;
  readonly tracked: CheckedObjects;
  readonly scriptUser?: ScriptUser;
  readonly log: ReadingLog;
}

export function readRealServer(
  block: BoundDirective,
  { address, port }: ServerAddress,
  context: RealServerContext,
): RealServer {
  const { log, scriptUser } = context;
  const defaults = readCheckDefaults(block, context.defaults, log);
  const threshold = (keyword: string) =>
    log.last(block, keyword, 0, (bound) => readLenientWhole(bound, ...allowed(bound))).value;
  const virtualHost = readName(block, 'virtualhost', log);
  const snmpName = readSnmpName(block, log);
  const notifyUp = readFirstNotify(block, 'notify_up', scriptUser, log);
  const notifyDown = readFirstNotify(block, 'notify_down', scriptUser, log);
  log.last<Forwarding | undefined>(block, 'lvs_method', undefined, (line) => readForwarding(line));
  const forwarding = methodAtEnd(block, context.forwardingBefore);
  const inhibit = log.last(block, 'inhibit_on_failure', context.defaults.inhibitOnFailure, readBoolean);
  return {
    directive: block,
    address,
    port,
    weight: log.last(block, 'weight', context.defaults.weight, (bound) =>
      readLenientWhole(bound, ...allowed(bound)),
    ).value,
    forwarding: forwarding ?? context.forwarding ?? forwardingDefault,
    upperThreshold: threshold('uthreshold'),
    lowerThreshold: threshold('lthreshold'),
    inhibitOnFailure: inhibit.value,
    ...(notifyUp && { notifyUp }),
    ...(notifyDown && { notifyDown }),
    ...defaults,
    smtpAlert: log.last(block, 'smtp_alert', context.smtpAlert, readBoolean).value,
    ...(virtualHost !== undefined && { virtualHost }),
    ...(snmpName !== undefined && { snmpName }),
    checkers: readCheckers(block, {
      ...context,
      defaults,
      destination: { address, port },
      connectTimeoutBefore: (checker) => connectTimeoutBefore(block, checker, context.connectTimeoutBeforeMs),
    }),
  };
}

/** The method when a real server's block ends: that of its lines, else what the virtual server had before it. */
export function methodAtEnd(block: BoundDirective, before: Forwarding | undefined): Forwarding | undefined {
  return forwardingLines(block, ['lvs_method'], before).at(-1)?.forwarding ?? before;
}

function connectTimeoutBefore(block: BoundDirective, line: BoundDirective, inheritedMs: number): number {
  const children = block.children.slice(0, block.children.indexOf(line));
  return readConnectTimeout({ ...block, children }, inheritedMs, new ReadingLog());
}

/** Exactly one word. */
export function readSnmpName(block: BoundDirective, log: ReadingLog): string | undefined {
  return log.last<string | undefined>(block, 'snmp_name', undefined, (bound) =>
    bound.directive.words.length === 2 ? { value: argumentOf(bound) } : { problem: 'not one name' },
  ).value;
}
