import type { Checker, Connection, HttpCheck, UdpCheck } from '../../src/keepalived/checker-configuration.ts';
import { addressKey, type IpAddress } from '../../src/keepalived/ip-address.ts';
import type {
  CheckDefaults,
  Forwarding,
  LvsConfiguration,
  RealServer,
  ServerScript,
  VirtualServer,
  VirtualServerGroup,
} from '../../src/keepalived/lvs-configuration.ts';
import type { ScriptUser } from '../../src/keepalived/node-configuration.ts';
import { sameAddress } from './daemon-reading.ts';
import { programPath } from './named-things.ts';
import { type Reading, shownCommand } from './reading.ts';

/** Brings the project's understanding of virtual servers into the form of the daemon's dump. */
export function projectServers(configuration: LvsConfiguration, user: string): Reading {
  const { virtualServers, virtualServerGroups, sslClient } = configuration;
  const checkers = virtualServers.flatMap(({ realServers }) =>
    realServers.flatMap((server) => server.checkers),
  );
  const isFile = ({ kind }: Checker) => kind === 'FILE_CHECK';
  // The daemon adds what follows files at the end.
  const inOrder = [...checkers.filter((checker) => !isFile(checker)), ...checkers.filter(isFile)];
  // It dumps groups only if there is a virtual server.
  const groups = virtualServers.length > 0 ? virtualServerGroups : [];
  return new Map(
    [
      ['checker process', 'runs'],
      ['virtual server groups', groups.length],
      ['virtual servers', virtualServers.length],
      ['checkers', inOrder.length],
      ...(sslClient?.hasPassword ? [['SSL: Password', 'given']] : []),
      ...optional('SSL: CA-file', sslClient?.caFile),
      ...optional('SSL: Certificate file', sslClient?.certificateFile),
      ...optional('SSL: Key file', sslClient?.keyFile),
      ...groups.flatMap((group, index) => under(`virtual server group ${index + 1}`, shownGroup(group))),
      ...virtualServers.flatMap((server, index) =>
        under(`virtual server ${index + 1}`, shownVirtualServer(server, user)),
      ),
      ...inOrder.flatMap((checker, index) => under(`checker ${index + 1}`, shownChecker(checker, user))),
    ].map(([key, value]) => [String(key), String(value)]),
  );
}

type Row = readonly (string | number)[];

function under(prefix: string, rows: readonly Row[]): Row[] {
  return rows.map(([key, value]) => [
    String(key).startsWith('real server ') ? `${prefix} ${key}` : `${prefix}: ${key}`,
    value ?? '',
  ]);
}

function optional(key: string, value: string | number | undefined): Row[] {
  return value === undefined ? [] : [[key, value]];
}

function shownGroup({ name, ranges, marks }: VirtualServerGroup): Row[] {
  const shown = [
    ...ranges.map(({ first, last, port }) => `${same(first)} to ${same(last)} port ${port}`),
    ...marks.map(({ mark, family }) => `mark ${mark} ${family ? shownFamily[family] : ''}`.trim()),
  ];
  return [['name', name], ...shown.map((entry, index) => [`entry ${index + 1}`, entry])];
}

const shownFamily = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

function same(address: IpAddress): string {
  return address.family === 'ipv6' ? addressKey(address) : sameAddress(address.text);
}

const onOff = (isOn: boolean) => (isOn ? 'ON' : 'OFF');
const yesNo = (isSo: boolean) => (isSo ? 'yes' : 'no');
const enabled = (isOn: boolean) => (isOn ? 'enabled' : 'disabled');
const seconds = (ms: number) => (Math.round(ms * 1000) / 1e6).toFixed(6);

function shownDefaults(defaults: CheckDefaults): Row[] {
  const { retry, delayBeforeRetryMs, warmupMs, connectTimeoutMs, alpha } = defaults;
  return [
    ['connection timeout', seconds(connectTimeoutMs)],
    ['alpha', onOff(alpha)],
    ...optional('Retry count', retry),
    ...optional('Retry delay', delayBeforeRetryMs === undefined ? undefined : seconds(delayBeforeRetryMs)),
    ...optional('Warmup', warmupMs === undefined ? undefined : seconds(warmupMs)),
  ];
}

function shownService({ service }: VirtualServer): string {
  if (service.kind === 'group') return `group ${service.group.name}`;
  return service.kind === 'fwmark' ? `mark ${service.mark}` : `${same(service.address)} ${service.port}`;
}

function shownVirtualServer(server: VirtualServer, user: string): Row[] {
  const { families, sorryServer } = server;
  const [family] = families;
  const isInactive = server.onePacket && server.protocol !== 'UDP';
  return [
    ['service', shownService(server)],
    ...optional('VirtualHost', server.virtualHost),
    ...optional('SNMP name', server.snmpName),
    [
      'Address family',
      families.length > 1 ? 'IPv4 & IPv6' : family ? (family === 'ipv4' ? 'inet' : 'inet6') : 'unknown',
    ],
    ['delay_loop', seconds(server.delayLoopMs)],
    ['lvs_sched', server.scheduler],
    ...shownFlags(server),
    [
      'One packet scheduling',
      `${enabled(server.onePacket)}${isInactive ? ' (inactive due to not UDP)' : ''}`,
    ],
    ...optional('persistence timeout', server.persistenceTimeoutS || undefined),
    ...optional('persistence granularity', server.persistenceGranularity),
    ['protocol', server.protocol ?? 'none'],
    ...shownDefaults(server),
    ['omega', onOff(server.omega)],
    ['inhibit on failure', onOff(server.inhibitOnFailure)],
    ['quorum', `${server.quorum}, hysteresis = ${server.hysteresis}`],
    ...shownScript('Quorum up notify script', server.quorumUp, user),
    ...shownScript('Quorum down notify script', server.quorumDown, user),
    ...(server.haSuspend ? [['ha suspend', 'ON']] : []),
    ['Using smtp notification', yesNo(server.smtpAlert)],
    ['forwarding method', shownForwarding(server.forwarding)],
    ...(sorryServer
      ? [
          ['sorry server', `${same(sorryServer.address)} ${sorryServer.port}`],
          ['sorry server forwarding method', shownForwarding(sorryServer.forwarding)],
          ['sorry server inhibit on failure', onOff(sorryServer.inhibitOnFailure)],
        ]
      : []),
    ...server.realServers.flatMap((real, index) =>
      under(`real server ${index + 1}`, shownRealServer(real, user)),
    ),
  ];
}

function shownFlags({ scheduler, schedulerFlags }: VirtualServer): Row[] {
  const has = (flag: (typeof schedulerFlags)[number]) => enabled(schedulerFlags.includes(flag));
  if (scheduler === 'sh' || scheduler === 'mh') {
    return [
      [`${scheduler}-port`, has('flag-2')],
      [`${scheduler}-fallback`, has('flag-1')],
    ];
  }
  return (['flag-1', 'flag-2', 'flag-3'] as const).map((flag) => [flag, has(flag)]);
}

const checksums = { nocsum: ', no checksum', csum: ', checksum', remcsum: ', remote checksum' } as const;

/** A method that is not set has all its bits. */
function shownForwarding(forwarding: Forwarding | undefined): string {
  if (!forwarding) return ' 0x7';
  const { method, tunnel } = forwarding;
  if (method !== 'TUN') return method;
  if (tunnel.type === 'ipip') return 'TUN, type = IPIP';
  const port = tunnel.type === 'gue' ? `, port = ${tunnel.port}` : '';
  return `TUN, type = ${tunnel.type.toUpperCase()}${port}${checksums[tunnel.checksum]}`;
}

function shownScript(key: string, script: ServerScript | undefined, user: string): Row[] {
  return script ? [[key, `${shownCall(script.argv)} as ${shownUser(script.user, user)}`]] : [];
}

function shownCall([command = '', ...rest]: readonly string[]): string {
  return shownCommand([programPath(command), ...rest]);
}

function shownUser(own: ScriptUser | undefined, user: string): string {
  return own ? `${own.user}:${own.group ?? own.user}` : `${user}:${user}`;
}

function shownRealServer(server: RealServer, user: string): Row[] {
  const followed = (kind: Checker['kind'], key: string) =>
    server.checkers
      .filter((checker) => checker.kind === kind)
      .map((checker) =>
        checker.kind === 'FILE_CHECK'
          ? `${checker.trackFile}, weight ${checker.weight}${checker.reverse ? ' reverse' : ''}`
          : checker.kind === 'BFD_CHECK'
            ? checker.bfdInstance
            : '',
      )
      .map((text) => [key, text]);
  const tracked = [...followed('FILE_CHECK', 'tracked file'), ...followed('BFD_CHECK', 'tracked BFD')];
  return [
    ['address', `${same(server.address)} ${server.port}`],
    ['forwarding method', shownForwarding(server.forwarding)],
    ...shownDefaults(server),
    ['connection limit range', `${server.lowerThreshold} -> ${server.upperThreshold}`],
    ['Delay loop', seconds(server.delayLoopMs)],
    ['inhibit on failure', onOff(server.inhibitOnFailure)],
    ...shownScript('RS up notify script', server.notifyUp, user),
    ...shownScript('RS down notify script', server.notifyDown, user),
    ...optional('VirtualHost', server.virtualHost),
    ...optional('SNMP name', server.snmpName),
    ['Using smtp notification', yesNo(server.smtpAlert)],
    ['initial weight', server.weight],
    ...tracked.map(([key, text = ''], index) => [`${key} ${index + 1}`, text]),
  ];
}

const microseconds = (ms: number) => `${Math.round(ms * 1000)} us`;

function shownChecker(checker: Checker, user: string): Row[] {
  const kind: Row = ['kind', checker.kind];
  if (checker.kind === 'FILE_CHECK')
    return [kind, ['Tracked file', checker.trackFile], ['Log all failures', 'no']];
  const alpha: Row = ['Alpha', yesNo(checker.alpha)];
  if (checker.kind === 'BFD_CHECK')
    return [kind, alpha, ['Name', checker.bfdInstance], ['Log all failures', 'no']];
  return [
    kind,
    alpha,
    ['Delay loop', microseconds(checker.delayLoopMs)],
    ['Warmup', microseconds(checker.warmupMs)],
    ['Retries', checker.retry],
    ...(checker.retry > 0 ? [['Delay before retry', microseconds(checker.delayBeforeRetryMs)]] : []),
    ['Log all failures', yesNo(checker.logAllFailures)],
    ...('connection' in checker ? shownConnection(checker.connection) : []),
    ...shownSpecial(checker, user),
  ];
}

function shownConnection(connection: Connection): Row[] {
  const { address, bindAddress } = connection;
  return [
    ['Dest', `${address ? same(address) : 'none'} ${connection.port}`],
    ...optional('Bind to', bindAddress && `${same(bindAddress)} ${connection.bindPort}`),
    ...optional('Bind i/f', connection.bindInterface),
    ...optional('Mark', connection.firewallMark || undefined),
    ['Timeout', seconds(connection.connectTimeoutMs)],
  ];
}

function shownSpecial(checker: Checker, user: string): Row[] {
  switch (checker.kind) {
    case 'MISC_CHECK':
      return [
        ['script', shownCall(checker.argv)],
        ['timeout', checker.timeoutMs / 1000],
        ['dynamic', checker.dynamic ? 'YES' : 'NO'],
        ['user', shownUser(checker.user, user)],
      ];
    case 'SMTP_CHECK':
      return [['helo', checker.heloName]];
    case 'DNS_CHECK':
      return [
        ['Type', checker.recordType],
        ['Name', checker.name],
      ];
    case 'UDP_CHECK':
      return shownDatagrams(checker);
    case 'HTTP_GET':
    case 'SSL_GET':
      return shownRequests(checker);
    default:
      return [];
  }
}

function shownDatagrams({ payload, reply }: UdpCheck): Row[] {
  const sent: Row = payload === undefined ? ['Payload specified', 'no'] : ['Payload len', payload.length / 2];
  if (!reply) return [sent, ['Require reply', 'no']];
  const { pattern, minLength, maxLength } = reply;
  return [
    sent,
    ['Require reply', 'yes'],
    ['Min reply length', minLength],
    ['Max reply length', maxLength],
    ['Reply data len', (pattern ?? '').length / 2],
    ...(pattern === undefined ? [] : [['Reply data mask', yesNo(pattern.includes('x'))]]),
  ];
}

function shownRequests(checker: HttpCheck): Row[] {
  return [
    ['http protocol', checker.httpProtocol],
    ...optional('Virtualhost', checker.virtualHost),
    ['Enable SNI', yesNo(checker.enableSni)],
    ['Fast recovery', yesNo(checker.fastRecovery)],
    ...checker.urls.flatMap(({ path, digest, statusCodes, virtualHost, regex }, index): Row[] => {
      const key = `url ${index + 1}`;
      const codes = statusCodes.map(({ first, last }) => (first === last ? first : `${first}-${last}`));
      const { minOffset = 0, maxOffset } = regex ?? {};
      const most = maxOffset === undefined ? '' : `, max_offset = ${maxOffset}`;
      return [
        [key, path],
        ...optional(`${key} digest`, digest),
        [`${key} codes`, codes.join(' ')],
        ...optional(`${key} Virtual host`, virtualHost),
        ...optional(`${key} Regex`, regex && `"${regex.pattern}"`),
        ...optional(`${key} Regex no match`, regex?.noMatch ? 'yes' : undefined),
        ...(minOffset > 0 || most !== '' ? [[`${key} Regex min offset`, `${minOffset}${most}`]] : []),
      ];
    }),
  ];
}
