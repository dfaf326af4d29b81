import { sameAddress, sameEntry, userName } from './daemon-reading.ts';
import type { Dump, DumpedObject } from './dump.ts';
import { setLines, setList } from './reading.ts';

/** Everything of a dump beside what elects and holds addresses. */
export function readDaemonSettings(dump: Dump, users: readonly string[], reading: Map<string, string>): void {
  const { objects, sections } = dump;
  for (const object of objects) {
    if (object.kind === 'VRRP Instance') readInstance(object, reading);
    if (object.kind === 'VRRP Sync Group') readGroup(object, reading);
    if (object.kind === 'Track file') readFile(object, reading);
    if (object.kind === 'VRRP Track process') readProcess(object, reading);
    if (object.kind === 'VRRP Track BFD')
      reading.set(`bfd ${object.name}: weight`, object.fields.get('Weight') ?? '');
    if (object.kind === 'Static Track Group')
      reading.set(
        `track group ${object.name}: members`,
        (object.lists.get('VRRP member instances') ?? []).join(' '),
      );
    if (object.kind === 'Name' && isWholeInterface(object)) readInterface(object, reading);
  }
  const addresses = (sections.get('Static Addresses') ?? []).map((line) =>
    sameEntry(line.replace(/ set$/, ''), '', ''),
  );
  setList(reading, 'static address', addresses);
  setLines(reading, 'static route', sameRoutes(sections.get('Static Routes')));
  setLines(reading, 'static rule', sameRoutes(sections.get('Static Rules')));
  readGlobals(sections.get('Global definitions') ?? [], users, reading);
}

/** Routes or rules. The end of a long one stands there once more, with one more blank before it. */
function sameRoutes(lines: readonly string[] = []): string[] {
  return lines.filter((line) => !line.startsWith(' ')).map(sameRoute);
}

/** A route or rule, with addresses in one notation and without the sign that it is installed. */
function sameRoute(line: string): string {
  const words = line
    .replace(/ \[(?:dev|installed).*\]$/, '')
    .trimEnd()
    .split(/ +/);
  return words.map((word) => word.split('/').map(sameAddress).join('/')).join(' ');
}

function readInstance({ name, fields, lists }: DumpedObject, reading: Map<string, string>): void {
  const prefix = `instance ${name}:`;
  const set = (key: string, value: string | undefined) => {
    if (value !== undefined) reading.set(`${prefix} ${key}`, value);
  };
  const has = (field: string) => (fields.has(field) ? 'yes' : 'no');
  const plain: Readonly<Record<string, string>> = {
    'garp delay': 'Gratuitous ARP delay',
    'garp repeat': 'Gratuitous ARP repeat',
    'garp refresh': 'Gratuitous ARP refresh',
    'garp refresh repeat': 'Gratuitous ARP refresh repeat',
    'garp lower priority delay': 'Gratuitous ARP lower priority delay',
    'garp lower priority repeat': 'Gratuitous ARP lower priority repeat',
    'answers a lower priority': 'Send advert after receive lower priority advert',
    'answers a higher priority': 'Send advert after receive higher priority advert',
    accept: 'Accept',
    'promote secondaries': 'Promote_secondaries',
    'smtp alert': 'Using smtp notification',
    'notify deleted': 'Notify deleted',
    'notify priority changes': 'Notify priority changes',
    'unicast ttl': 'Unicast TTL',
    'kernel buffer': 'Kernel rx buffer size',
    debug: 'Debug level',
    'garp on extra interfaces': 'Gratuitous ARP for each secondary i/f',
    'garp on extra VMACs': 'Gratuitous ARP for each secondary VMAC',
  };
  for (const [key, field] of Object.entries(plain)) set(key, fields.get(field));
  set('skips the address check', has('Skip checking advert IP addresses'));
  set('strict', has('Enforcing strict VRRP compliance'));
  set('use_vmac_addr', has('Use VMAC for VIPs on other interfaces'));
  set('config faults', fields.get('Number of config faults') === '0' ? 'no' : 'yes');
  set('multicast group', multicastGroup(fields));
  set('virtual interface', virtualInterface(fields));
  if (fields.has('Unicast TTL') || lists.has('Unicast Peer'))
    set(
      'checks unicast source',
      [...fields.keys()].some((key) => key === 'Check unicast src : yes') ? 'yes' : 'no',
    );
  setLines(reading, `${prefix} route`, sameRoutes(lists.get('Virtual Routes')));
  setLines(reading, `${prefix} rule`, sameRoutes(lists.get('Virtual Rules')));
  const peers = (lists.get('Unicast Peer') ?? []).map((peer) => peer.replace(/^\S+ /, ''));
  setLines(reading, `${prefix} peer ttl`, peers);
  readTracked(prefix, lists, reading);
}

function readGroup({ name, fields, lists }: DumpedObject, reading: Map<string, string>): void {
  const prefix = `sync group ${name.replace(/, [A-Z]+$/, '')}:`;
  reading.set(`${prefix} smtp alert`, fields.get('Using smtp notification') ?? '');
  reading.set(`${prefix} notify priority changes`, fields.get('Notify priority changes') ?? 'unset');
  readTracked(prefix, lists, reading);
}

function readTracked(prefix: string, lists: DumpedObject['lists'], reading: Map<string, string>): void {
  const of = (...names: readonly string[]) =>
    names.flatMap((name) => lists.get(name) ?? []).map((line) => line.replace(/[,:] weight/, ' weight'));
  setList(reading, `${prefix} tracked file`, of('Tracked files'));
  setList(reading, `${prefix} tracked process`, of('Tracked processes', 'Tracked process'));
  setList(reading, `${prefix} tracked bfd`, of('Tracked BFDs'));
}

function multicastGroup(fields: DumpedObject['fields']): string {
  const line = [...fields.keys()].find((field) => field.startsWith('Multicast address '));
  return line === undefined ? 'none' : sameAddress((line.split(' ')[2] ?? '').replace(',', ''));
}

function virtualInterface(fields: DumpedObject['fields']): string {
  const lines = [...fields].map(([key, value]) => (value === '' ? key : `${key} = ${value}`));
  const vmac = lines
    .map((line) => /^Use VMAC, i\/f name (\S+), .*, xmit_base = (\w+)$/.exec(line))
    .find(Boolean);
  const ipvlan = lines
    .map((line) => /^Use IPVLAN, i\/f (\S+), is_up = \w+(?:, i\/f address = (\S+))?, type (\w+)$/.exec(line))
    .find(Boolean);
  if (ipvlan) {
    const [address = '', ...prefix] = (ipvlan[2] ?? 'none').split('/');
    return `ipvlan ${withoutCount(ipvlan[1])} ${[sameAddress(address), ...prefix].join('/')} ${ipvlan[3]}`;
  }
  return vmac ? `vmac ${withoutCount(vmac[1])}${vmac[2] === 'true' ? ' from base' : ''}` : 'none';
}

/** Where `vrrp.51` is the name of something else, the daemon takes `vrrp1.51`. */
export function withoutCount(name = ''): string {
  return name.replace(/^(\D+)\d+(?=\.\d+$)/, '$1');
}

function readFile({ name, fields }: DumpedObject, reading: Map<string, string>): void {
  reading.set(`file ${name}: path`, fields.get('File') ?? '');
  reading.set(`file ${name}: weight`, fields.get('Weight') ?? '');
}

function readProcess({ name, fields }: DumpedObject, reading: Map<string, string>): void {
  const set = (key: string, value: string | undefined) =>
    reading.set(`process ${name}: ${key}`, value ?? 'none');
  set('path', fields.get('Process'));
  set('parameters', fields.get('Parameters'));
  set('match', fields.has('Param match') ? fields.get('Param match') || 'exact' : undefined);
  set('min', fields.get('Min processes'));
  set('max', fields.get('Max processes'));
  set('weight', fields.get('Weight'));
  set('terminate delay', fields.get('Terminate delay'));
  set('fork delay', fields.get('Fork delay'));
  set('full command', fields.get('Full command'));
}

/** What the BFD process makes of its instances. */
export function readSessions({ objects }: Dump, reading: Map<string, string>): void {
  for (const object of objects) if (object.kind === 'BFD Instance') readSession(object, reading);
}

function readSession({ name, fields }: DumpedObject, reading: Map<string, string>): void {
  const set = (key: string, value: string | undefined) => {
    if (value !== undefined) reading.set(`bfd ${name}: ${key}`, value);
  };
  set('neighbor', sameAddress(fields.get('Neighbor IP') ?? ''));
  set('source', sameAddress(fields.get('Source IP') ?? 'none'));
  set('min rx', fields.get('Required min RX interval'));
  set('min tx', fields.get('Desired min TX interval'));
  set('idle tx', fields.get('Desired idle TX interval'));
  set('multiplier', fields.get('Detection multiplier'));
  set('ttl', fields.get('TTL') ?? fields.get('hoplimit'));
  set('max hops', fields.get('max_hops'));
  set('passive', fields.get('passive'));
  set('informs vrrp', fields.get('send event to VRRP process'));
  set('informs checker', fields.get('send event to checker process'));
}

/** Not one of the daemon's own, which has what the one below it has; nor one at which the output was cut. */
function isWholeInterface({ fields }: DumpedObject): boolean {
  const isOwn = fields.has('I/f created by keepalived');
  return !isOwn && [...fields.keys()].some((key) => key.startsWith('Reset promote_secondaries counter'));
}

/** Only what a configuration can set; interfaces on which nothing is set are left out. */
function readInterface({ name, fields }: DumpedObject, reading: Map<string, string>): void {
  const set = (key: string, value: string | undefined, usual: string) => {
    if (value !== undefined && value !== usual) reading.set(`interface ${name}: ${key}`, value);
  };
  const word = (start: string) =>
    [...fields.keys()].find((key) => key.startsWith(start))?.slice(start.length);
  set('up delay', fields.get('Up debounce timer'), '0us');
  set('down delay', fields.get('Down debounce timer'), '0us');
  set('garp interval', word('Gratuitous ARP interval '), '');
  set('gna interval', word('Gratuitous NA interval '), '');
  set('garp group', word('Gratuitous ARP aggregation group '), '');
  if (!fields.has('NIC netlink status update')) set('polled', 'yes', '');
}

/** Settings of global_defs, by the dump's own names. */
const globalNames = [
  'Dynamic interfaces',
  'Allow interface changes',
  'FIFO write vrrp states on reload',
  'VRRP notify priority changes',
  'VRRP IPv4 mcast group',
  'VRRP IPv6 mcast group',
  'Gratuitous ARP delay',
  'Gratuitous ARP repeat',
  'Gratuitous ARP refresh timer',
  'Gratuitous ARP refresh repeat',
  'Gratuitous ARP lower priority delay',
  'Gratuitous ARP lower priority repeat',
  'Gratuitous ARP interval',
  'Gratuitous NA interval',
  'Gratuitous ARP for each secondary VMAC',
  'Gratuitous ARP for each secondary i/f',
  'Send advert after receive lower priority advert',
  'Send advert after receive higher priority advert',
  'VRRP check unicast_src',
  'VRRP skip check advert addresses',
  'VRRP strict mode',
  'vrrp_startup_delay',
  'VMAC prefix',
  'VMAC address prefix',
];

const commandNames = [
  'Global notify fifo',
  'Global notify fifo script',
  'VRRP notify fifo',
  'VRRP notify fifo script',
];

function readGlobals(lines: readonly string[], users: readonly string[], reading: Map<string, string>): void {
  const fields = new Map(
    lines.map((line): [string, string] => {
      const at = line.indexOf(' = ');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 3)];
    }),
  );
  for (const name of globalNames) {
    const value = fields.get(name);
    if (value !== undefined) reading.set(`globals: ${name}`, /mcast/.test(name) ? sameAddress(value) : value);
  }
  for (const name of commandNames) {
    const value = fields.get(name);
    const [, command = '', ids = ''] = /^(.*), uid:gid (\d+:\d+)$/s.exec(value ?? '') ?? [];
    if (value === undefined) continue;
    reading.set(`globals: ${name}`, `${command} as ${userName(ids, users)}`);
  }
  if (fields.has('log_unknown_vrids')) reading.set('globals: log_unknown_vrids', 'yes');
}
