import type { BoundDirective } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { forwardingDefault } from './forwarding.ts';
import { addressKey, type Family } from './ip-address.ts';
import type { RealServer, Service, SorryServer, VirtualServer } from './lvs-configuration.ts';
import { persistenceDefaultS } from './persistence.ts';
import type { ReadingLog } from './reading-log.ts';
import { settlePorts } from './server-ports.ts';
import { dropVirtualServer, type GivenVirtualServer } from './virtual-server.ts';
import { familiesOf } from './virtual-server-group.ts';

/** What the daemon makes of a virtual server's settings together; undefined where it drops it. */
export function settleVirtualServer(given: GivenVirtualServer, log: ReadingLog): VirtualServer | undefined {
  return new Settling(given, log).result();
}

/** Says of each change what it is and where. */
class Settling {
  private readonly given: GivenVirtualServer;
  private readonly log: ReadingLog;

  constructor(given: GivenVirtualServer, log: ReadingLog) {
    this.given = given;
    this.log = log;
  }

  result(): VirtualServer | undefined {
    const { given } = this;
    const families = this.families();
    if (!families) return undefined;
    if (given.realServers.length === 0) {
      dropVirtualServer(given.directive, 'it has no real server', this.log);
      return undefined;
    }
    const { family: _, withoutMethod: __, protocol: ___, forwarding, sorryServer, ...same } = given;
    const realServers = this.withoutTwins();
    // Each server took the method over that it lacked; the virtual server has it too, once one needed it.
    const method = forwarding ?? (this.needsMethod(realServers) ? forwardingDefault : undefined);
    const sorry =
      sorryServer &&
      this.settleSorry(
        { ...sorryServer, forwarding: sorryServer.forwarding ?? method ?? forwardingDefault },
        realServers,
      );
    const protocol = this.protocol();
    const quorum = this.quorum(realServers);
    const ports = settlePorts(given.service, realServers, sorry, this.log);
    return {
      ...same,
      ...ports,
      ...(protocol && { protocol }),
      families,
      scheduler: this.scheduler(),
      onePacket: this.onePacket(protocol),
      ...(method && { forwarding: method }),
      persistenceTimeoutS: this.persistence(),
      haSuspend: this.haSuspend(),
      quorum,
      hysteresis: this.hysteresis(quorum),
    };
  }

  /** Undefined where the group's entries and the servers do not go together. */
  private families(): readonly Family[] | undefined {
    const { service, family, directive } = this.given;
    if (service.kind !== 'group') return family ? [family] : [];
    const ofGroup = familiesOf(service.group);
    const fits = !family || (ofGroup.length < 2 && (ofGroup[0] ?? family) === family);
    if (fits) return family ? [family] : ofGroup;
    dropVirtualServer(directive, `its group ${service.group.name} has addresses of another family`, this.log);
    return undefined;
  }

  private isAddressed(): boolean {
    const { service } = this.given;
    return service.kind === 'group' ? service.group.ranges.length > 0 : service.kind === 'address';
  }

  private protocol(): VirtualServer['protocol'] {
    const { protocol } = this.given;
    if (this.isAddressed()) {
      if (protocol.value) return protocol.value;
      this.missing('protocol', 'UDP', 'add: protocol TCP');
      return 'UDP';
    }
    if (protocol.from) {
      this.log.ignore(protocol.from, 'A firewall mark stands for every protocol.');
      this.changed(protocol.from, 'protocol does not count with a firewall mark', 'delete the line');
    }
    return undefined;
  }

  private scheduler(): string {
    const { scheduler } = this.given;
    if (!scheduler.from) this.missing('lb_algo', 'wlc', 'add: lb_algo wlc, or the scheduler that was meant');
    return scheduler.value;
  }

  private onePacket(protocol: VirtualServer['protocol']): boolean {
    const { onePacket } = this.given;
    if (!onePacket || !this.isAddressed() || protocol === 'UDP') return onePacket !== undefined;
    this.log.ignore(onePacket, 'One-packet scheduling is for UDP.');
    this.changed(onePacket, 'ops does not count without UDP', 'delete the line');
    return false;
  }

  private persistence(): number {
    const { service, persistenceTimeoutS } = this.given;
    const ports =
      service.kind === 'group' ? service.group.ranges : service.kind === 'address' ? [service] : [];
    if (persistenceTimeoutS > 0 || ports.every(({ port }) => port > 0)) return persistenceTimeoutS;
    this.missing('persistence_timeout', `${persistenceDefaultS}, since it has no port`, 'give it a port');
    return persistenceDefaultS;
  }

  private haSuspend(): boolean {
    const { service, haSuspend } = this.given;
    const hasMark =
      (service.kind === 'fwmark' && service.mark > 0) ||
      (service.kind === 'group' && service.group.marks.length > 0);
    if (!haSuspend || !hasMark) return haSuspend !== undefined;
    this.log.ignore(haSuspend, 'A firewall mark has no address that could be missed.');
    this.changed(haSuspend, 'ha_suspend does not count with a firewall mark', 'delete the line');
    return false;
  }

  /** Of servers with the same address and port the first stays. */
  private withoutTwins(): RealServer[] {
    const seen = new Map<string, RealServer>();
    for (const server of this.given.realServers) {
      const key = `${addressKey(server.address)} ${server.port}`;
      const twin = seen.get(key);
      if (!twin) {
        seen.set(key, server);
        continue;
      }
      this.log.ignore(server.directive, 'The same real server stands before it.');
      this.log.warn(keepalivedFindings.serverSkipped, {
        summary: `this real_server is left out: ${server.address.text} ${server.port} is there already`,
        detail: 'The daemon reports it and removes the second one, with its checkers.',
        at: server.directive.directive.span,
        notes: [{ text: 'the first one is here', at: twin.directive.directive.span }],
        help: 'correct its address or port, or delete it',
      });
    }
    return [...seen.values()];
  }

  /** Whether a server that stays has no method that could be its own. */
  private needsMethod(realServers: readonly RealServer[]): boolean {
    const { withoutMethod, sorryServer } = this.given;
    const isNeeded = realServers.some((server) => withoutMethod.has(server));
    if (!isNeeded && (!sorryServer || sorryServer.forwarding)) return false;
    this.missing('lb_kind', 'NAT', 'add: lb_kind NAT, or the method that was meant');
    return true;
  }

  /** A sorry server that is one of the real servers is inhibited as that one is. */
  private settleSorry(sorry: SorryServer, realServers: readonly RealServer[]): SorryServer {
    const twin = realServers.find(
      ({ address, port }) => port === sorry.port && addressKey(address) === addressKey(sorry.address),
    );
    if (!twin || twin.inhibitOnFailure === sorry.inhibitOnFailure) return sorry;
    this.changed(
      sorry.from,
      `the sorry server is also a real server: ${twin.inhibitOnFailure ? 'it is inhibited' : 'it is not inhibited'}, as that one`,
      'give both the same setting',
    );
    return { ...sorry, inhibitOnFailure: twin.inhibitOnFailure };
  }

  private quorum(realServers: readonly RealServer[]): number {
    const { quorum } = this.given;
    const sum = realServers.reduce((total, { weight }) => total + weight, 0) % 2 ** 32;
    if (quorum.value <= sum) return quorum.value;
    this.changed(
      quorum.from,
      `quorum ${quorum.value} is more than all weights together: it is cut to ${sum}`,
      'give a quorum that the real servers can reach',
    );
    return sum;
  }

  /** Below the quorum. A quorum of 0 leaves nothing below it: the daemon's unsigned number wraps. */
  private hysteresis(quorum: number): number {
    const { hysteresis } = this.given;
    if (hysteresis.value < quorum) return hysteresis.value;
    const value = (quorum - 1) >>> 0;
    if (hysteresis.from) {
      const summary = `hysteresis ${hysteresis.value} is not below the quorum of ${quorum}: it becomes ${value}`;
      this.changed(hysteresis.from, summary, 'give a hysteresis below the quorum');
    }
    return value;
  }

  private changed(from: BoundDirective | undefined, summary: string, help: string): void {
    const at = (from ?? this.given.directive).directive.span;
    this.log.warn(keepalivedFindings.serverChanged, {
      summary,
      detail: 'The daemon reports it and goes on.',
      at,
      help,
    });
  }

  private missing(keyword: string, value: string, help: string): void {
    this.log.warn(keepalivedFindings.serverDefault, {
      summary: `${nameOf(this.given.service)} has no ${keyword}: the daemon takes ${value}`,
      detail: 'It logs that.',
      at: this.given.directive.directive.span,
      help,
    });
  }
}

function nameOf(service: Service): string {
  if (service.kind === 'group') return `virtual_server group ${service.group.name}`;
  if (service.kind === 'fwmark') return `virtual_server fwmark ${service.mark}`;
  return `virtual_server ${service.address.text} ${service.port}`;
}
