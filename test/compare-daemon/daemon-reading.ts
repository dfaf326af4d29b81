import type { Release } from '../../grammar/source/release.ts';
import { addressKey, parseIpAddress } from '../../src/keepalived/ip-address.ts';
import { readDaemonSettings, readSessions } from './daemon-settings.ts';
import { type DumpedObject, parseDump } from './dump.ts';
import { firstUserId } from './named-things.ts';
import { asDumped } from './old-dumps.ts';
import { type Reading, setList } from './reading.ts';

/** Brings the dumps that `keepalived -d` writes to its log, of the VRRP and of the BFD process, into comparable form. Users get the names of the stage. */
export function daemonReading(
  output: string,
  sessions: string,
  users: readonly string[],
  release: Release,
): Reading {
  const reading = new Map<string, string>();
  const dump = parseDump(output);
  const { objects } = dump;
  const instances = objects.filter(({ kind }) => kind === 'VRRP Instance');
  setList(
    reading,
    'instance',
    instances.map(({ name }) => name),
  );
  for (const instance of instances) readInstance(instance, users, reading);
  for (const object of objects) {
    if (object.kind === 'VRRP Script') readScript(object, users, reading);
    if (object.kind === 'VRRP Sync Group') readSyncGroup(object, users, reading);
  }
  readDaemonSettings(dump, users, reading);
  readSessions(parseDump(sessions), reading);
  return asDumped(reading, release);
}

function readInstance(object: DumpedObject, users: readonly string[], reading: Map<string, string>): void {
  const { name, fields, lists } = object;
  const prefix = `instance ${name}:`;
  const field = (of: string) => fields.get(of) ?? '';
  const set = (key: string, value: string) => reading.set(`${prefix} ${key}`, value);
  const [, device = '', base] =
    /^([^\s,]+)(?:, (?:vmac|ipvlan) on ([^\s,]+))?/.exec(field('Interface')) ?? [];
  const own = fields.get('Configured interface') ?? base ?? device;
  set('interface', field('Interface') === 'not configured' ? 'none' : own);
  // A sync group starts its members together, whatever their own state.
  if (!fields.has('Sync group')) set('state', field('Wantstate'));
  set('virtual router id', field('Virtual Router ID'));
  set('version', field('VRRP Version'));
  // 1.2.19 fills in the default after the dump.
  set('priority', field('Priority') === '0' ? '100' : field('Priority'));
  const [, amount = '', unit] = /^(\d+) (\S+)/.exec(field('Advert interval')) ?? [];
  set('advert interval', unit === 'sec' ? String(Number(amount) * 1000) : amount);
  set('down timer adverts', field('Down timer adverts'));
  set('preempts', field('Preempt') === 'enabled' ? 'yes' : 'no');
  set('preempt delay', String(Number.parseFloat(field('Preempt delay') || '0')));
  set('tracks its interface', fields.has('VRRP interface tracking disabled') ? 'no' : 'yes');
  const source = / \(from configuration\)$/.test(field('Using src_ip')) ? field('Using src_ip') : 'none';
  set('source', sameAddress(source.replace(/ .*/, '')));
  const peers = lists.get('Unicast Peer') ?? [];
  setList(
    reading,
    `${prefix} peer`,
    peers.map((peer) => sameAddress(peer.replace(/ .*/, ''))),
  );
  const addresses = (of: string) => (lists.get(of) ?? []).map((line) => sameEntry(line, device, own));
  setList(reading, `${prefix} address`, addresses('Virtual IP'));
  setList(reading, `${prefix} excluded address`, addresses('Virtual IP Excluded'));
  readTracked(prefix, object, reading);
  readNotify(prefix, object, users, reading);
}

function readScript(
  { name, fields }: DumpedObject,
  users: readonly string[],
  reading: Map<string, string>,
): void {
  const seconds = (field: string) => Math.round(Number.parseFloat(fields.get(field) ?? '0') * 1000);
  const set = (key: string, value: string) => reading.set(`script ${name}: ${key}`, value);
  set('command', fields.get('Command') ?? '');
  set('interval', String(seconds('Interval')));
  // 0 stands for the interval.
  set('timeout', String(seconds('Timeout') || seconds('Interval')));
  set('rise', fields.get('Rise') ?? '');
  set('fall', fields.get('Fall') ?? '');
  set('weight', fields.get('Weight') ?? '');
  set('user', userName(fields.get('Script uid:gid') ?? '', users));
}

function readSyncGroup(object: DumpedObject, users: readonly string[], reading: Map<string, string>): void {
  const prefix = `sync group ${object.name.replace(/, [A-Z]+$/, '')}:`;
  setList(reading, `${prefix} member`, object.lists.get('VRRP member instances') ?? []);
  reading.set(
    `${prefix} counts member weights`,
    object.fields.has('sync group tracking weight set') ? 'yes' : 'no',
  );
  readTracked(prefix, object, reading);
  readNotify(prefix, object, users, reading);
}

function readTracked(prefix: string, { lists }: DumpedObject, reading: Map<string, string>): void {
  setList(reading, `${prefix} tracked script`, lists.get('Tracked scripts') ?? []);
  setList(reading, `${prefix} tracked interface`, lists.get('Tracked interfaces') ?? []);
}

function readNotify(
  prefix: string,
  { fields }: DumpedObject,
  users: readonly string[],
  reading: Map<string, string>,
): void {
  for (const [field, value] of fields) {
    const event = /^(.*) state transition script$/.exec(field)?.[1];
    const [, command = '', ids = ''] = /^(.*), uid:gid (\d+:\d+)$/s.exec(value) ?? [];
    if (event !== undefined) reading.set(`${prefix} on ${event}`, `${command} as ${userName(ids, users)}`);
  }
}

/** `USER:GROUP` for numbers of the stage. */
export function userName(ids: string, users: readonly string[]): string {
  return ids
    .split(':')
    .map((id) => (id === '0' ? 'root' : (users[Number(id) - firstUserId] ?? id)))
    .join(':');
}

/** An address of one notation only, as inet_ntop and our reader spell IPv6 differently. */
export function sameAddress(text: string): string {
  const address = parseIpAddress(text);
  return address?.family === 'ipv6' ? addressKey(address) : text;
}

/**
 * An entry as dumped, `10.0.0.5/24 brd … dev eth0 scope …`. A virtual MAC has an interface of its own, `dev vrrp.51@eth0`:
 * there stands the configured one in its place.
 */
export function sameEntry(line: string, device: string, own: string): string {
  const [head = '', ...words] = line.split(' ');
  const [address = '', prefix] = head.split('/');
  const rest = words.map((word, index) => {
    if (words[index - 1] !== 'dev') return samePeer(word);
    const [name = '', base] = word.split('@');
    return base === undefined ? word : name === device ? own : base;
  });
  const bits = prefix ?? (address.includes(':') ? '128' : '32');
  return [`${sameAddress(address)}/${bits}`, ...rest].join(' ');
}

function samePeer(word: string): string {
  const [address = '', ...prefix] = word.split('/');
  return [sameAddress(address), ...prefix].join('/');
}
