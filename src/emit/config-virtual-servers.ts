import type { CheckedUrl, Checker, Connection } from '../keepalived/checker-configuration.ts';
import type { Family, IpAddress } from '../keepalived/ip-address.ts';
import type {
  Forwarding,
  Protocol,
  RealServer,
  SchedulerFlag,
  ServerScript,
  SorryServer,
  VirtualServer,
  VirtualServerGroup,
} from '../keepalived/lvs-configuration.ts';
import type { ScriptUser } from '../keepalived/node-configuration.ts';

/** A virtual server as `--emit config` shows it: values only, as the daemon uses them, inheritance done. */
export interface ShownVirtualServer extends ShownService, ShownForwarding, ShownCheckDefaults {
  /** The families of its addresses: none where a firewall mark tells none. */
  readonly families: readonly Family[];
  /** Absent for a firewall mark, which is for all. */
  readonly protocol?: Protocol;
  readonly scheduler: string;
  readonly schedulerFlags: readonly SchedulerFlag[];
  readonly onePacket: boolean;
  /** 0: none. */
  readonly persistenceTimeoutS: number;
  readonly persistenceGranularity?: string | number;
  readonly persistenceEngine?: string;
  readonly inhibitOnFailure: boolean;
  readonly omega: boolean;
  readonly haSuspend: boolean;
  readonly quorum: number;
  readonly hysteresis: number;
  readonly quorumUp?: ShownScript;
  readonly quorumDown?: ShownScript;
  readonly smtpAlert: boolean;
  readonly virtualHost?: string;
  readonly snmpName?: string;
  readonly sorryServer?: ShownForwarding & {
    readonly address: string;
    readonly port: number;
    readonly inhibitOnFailure: boolean;
  };
  readonly realServers: readonly ShownRealServer[];
}

/** `address` and `port`, or `fwmark`, or `group` with what the group stands for. */
export interface ShownService {
  readonly address?: string;
  readonly port?: number;
  readonly fwmark?: number;
  readonly group?: ShownGroup;
}

/** A virtual_server_group. A single address has no `lastAddress`; port 0 is every port. */
export interface ShownGroup {
  readonly name: string;
  readonly addresses: readonly {
    readonly address: string;
    readonly lastAddress?: string;
    readonly port: number;
  }[];
  readonly fwmarks: readonly { readonly fwmark: number; readonly family?: Family }[];
}

/** How packets reach a server; the tunnel where the method is TUN. */
export interface ShownForwarding {
  readonly method?: 'NAT' | 'DR' | 'TUN';
  readonly tunnel?: Forwarding['tunnel'];
}

/** What checkers inherit; without a value each kind of checker has its own. */
export interface ShownCheckDefaults {
  readonly delayLoopMs: number;
  readonly connectTimeoutMs: number;
  readonly retry?: number;
  readonly delayBeforeRetryMs?: number;
  readonly warmupMs?: number;
  readonly alpha: boolean;
}

/** A command, and who runs it if the file says so. */
export interface ShownScript {
  readonly argv: readonly string[];
  readonly user?: string;
  readonly group?: string;
}

export interface ShownRealServer extends ShownForwarding, ShownCheckDefaults {
  readonly address: string;
  readonly port: number;
  readonly weight: number;
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly inhibitOnFailure: boolean;
  readonly notifyUp?: ShownScript;
  readonly notifyDown?: ShownScript;
  readonly smtpAlert: boolean;
  readonly virtualHost?: string;
  readonly snmpName?: string;
  readonly checkers: readonly ShownChecker[];
}

/**
 * `kind` is the keyword of the checker (`TCP_CHECK`, `HTTP_GET`, …). The other values are those of the kind's type in
 * checker-configuration.ts under the same names, with addresses as text and the connection's values beside the others.
 */
export type ShownChecker = { readonly kind: Checker['kind']; readonly alpha: boolean } & Readonly<
  Record<string, unknown>
>;

/** Virtual servers, without their places in the text: what `JSON.stringify` makes of the result is complete. */
export function showVirtualServers(servers: readonly VirtualServer[]): ShownVirtualServer[] {
  return servers.map((server) => {
    const {
      directive: _,
      service,
      forwarding,
      quorumUp,
      quorumDown,
      sorryServer,
      realServers,
      ...same
    } = server;
    return {
      ...showService(service),
      ...same,
      ...showForwarding(forwarding),
      ...(quorumUp && { quorumUp: showScript(quorumUp) }),
      ...(quorumDown && { quorumDown: showScript(quorumDown) }),
      ...(sorryServer && { sorryServer: showSorryServer(sorryServer) }),
      realServers: realServers.map(showRealServer),
    };
  });
}

function showService(service: VirtualServer['service']): ShownService {
  if (service.kind === 'group') return { group: showGroup(service.group) };
  if (service.kind === 'fwmark') return { fwmark: service.mark };
  return { address: service.address.text, port: service.port };
}

function showGroup({ name, ranges, marks }: VirtualServerGroup): ShownGroup {
  return {
    name,
    addresses: ranges.map(({ first, last, port }) => ({
      address: first.text,
      ...(last.value !== first.value && { lastAddress: last.text }),
      port,
    })),
    fwmarks: marks.map(({ mark, family }) => ({ fwmark: mark, ...(family && { family }) })),
  };
}

function showForwarding(forwarding: Forwarding | undefined): ShownForwarding {
  if (!forwarding) return {};
  const { method, tunnel } = forwarding;
  return method === 'TUN' ? { method, tunnel } : { method };
}

function showScript({ argv, user }: ServerScript): ShownScript {
  return { argv, ...showUser(user) };
}

function showUser(user: ScriptUser | undefined): Pick<ShownScript, 'user' | 'group'> {
  return user ? { user: user.user, ...(user.group !== undefined && { group: user.group }) } : {};
}

function showSorryServer(server: SorryServer): NonNullable<ShownVirtualServer['sorryServer']> {
  const { address, port, forwarding, inhibitOnFailure } = server;
  return { address: address.text, port, ...showForwarding(forwarding), inhibitOnFailure };
}

function showRealServer(server: RealServer): ShownRealServer {
  const { directive: _, address, forwarding, notifyUp, notifyDown, checkers, ...same } = server;
  return {
    ...same,
    address: address.text,
    ...showForwarding(forwarding),
    ...(notifyUp && { notifyUp: showScript(notifyUp) }),
    ...(notifyDown && { notifyDown: showScript(notifyDown) }),
    checkers: checkers.map(showChecker),
  };
}

function showChecker(checker: Checker): ShownChecker {
  const { directive: _, ...same } = checker;
  if (same.kind === 'MISC_CHECK') {
    const { user, ...rest } = same;
    return { ...rest, ...showUser(user) };
  }
  if (!('connection' in same)) return same;
  const { connection, ...rest } = same;
  const urls = 'urls' in rest ? { urls: rest.urls.map(showUrl) } : {};
  return { ...rest, ...showConnection(connection), ...urls };
}

function showUrl({ directive: _, ...url }: CheckedUrl): Omit<CheckedUrl, 'directive'> {
  return url;
}

/** Addresses as text. */
type ShownConnection = Omit<Connection, 'address' | 'bindAddress'> & {
  readonly address?: string;
  readonly bindAddress?: string;
};

function showConnection({ address, bindAddress, ...same }: Connection): ShownConnection {
  const text = (given: IpAddress | undefined) => given?.text;
  const [to, from] = [text(address), text(bindAddress)];
  return {
    ...(to !== undefined && { address: to }),
    ...same,
    ...(from !== undefined && { bindAddress: from }),
  };
}
