import { keepalivedFindings } from './findings.ts';
import type { RealServer, Service, SorryServer } from './lvs-configuration.ts';
import type { ReadingLog } from './reading-log.ts';

/**
 * The ports that real servers have in the end. Without NAT a packet keeps its port: the daemon gives such a server the
 * port of the service, or none where a firewall mark is the service. A group's many ports it leaves alone.
 */
export function settlePorts(
  service: Service,
  realServers: readonly RealServer[],
  sorryServer: SorryServer | undefined,
  log: ReadingLog,
): { readonly realServers: readonly RealServer[]; readonly sorryServer?: SorryServer } {
  const settle = <T extends RealServer | SorryServer>(server: T): T => {
    const isReal = 'directive' in server;
    const port = portOf(service, server, isReal);
    if (port === server.port) return server;
    if (server.port !== 0) {
      const { span } = (isReal ? server.directive : (server as SorryServer).from).directive;
      const to = port === 0 ? 'cleared' : `reset to ${port}`;
      log.warn(keepalivedFindings.serverChanged, {
        summary: `port ${server.port} of ${server.address.text} is ${to}`,
        detail: `With ${server.forwarding.method} packets keep their port. The daemon reports it and takes that of the virtual server.`,
        at: span,
        help: 'give it the port of the virtual server, or use NAT',
      });
    }
    return { ...server, port };
  };
  const sorry = sorryServer && settle(sorryServer);
  return { realServers: realServers.map(settle), ...(sorry && { sorryServer: sorry }) };
}

function portOf(service: Service, server: RealServer | SorryServer, isReal: boolean): number {
  if (service.kind === 'group') return server.port;
  if (server.forwarding.method !== 'NAT') return service.kind === 'address' ? service.port : 0;
  const takesOver = isReal && server.port === 0 && service.kind === 'address';
  return takesOver ? service.port : server.port;
}
