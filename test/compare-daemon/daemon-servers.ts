import { sameAddress, userName } from './daemon-reading.ts';
import { logEntries } from './old-dumps.ts';
import type { Reading } from './reading.ts';

/** The line after which a dump of the checker process is complete. */
export const endOfCheckerDump = 'Activating BFD healthchecker';

/** Brings the dump of the checker process into comparable form. Users get the names of the stage. */
export function daemonServers(output: string, users: readonly string[]): Reading {
  return new ServerDump(users).read(logEntries(output));
}

/** Goes through the lines of the dump; each belongs to the object whose head came last. */
class ServerDump {
  private readonly users: readonly string[];
  private readonly reading = new Map<string, string>();
  private prefix = '';
  private counts = { group: 0, virtual: 0, real: 0, checker: 0, url: 0, range: 0 };
  private section = '';
  /** Most tunnels stand at the margin of the virtual server's lines, the sorry server's too. */
  private afterSorryServer = false;

  constructor(users: readonly string[]) {
    this.users = users;
  }

  read(entries: readonly string[]): Reading {
    for (const entry of entries) {
      const section = /^ *------< (.*) >------$/.exec(entry)?.[1];
      if (section !== undefined) this.section = section;
      else if (this.section === 'SSL definitions') this.readSsl(entry);
      else if (this.section === 'Virtual server group') this.readGroup(entry);
      else if (this.section === 'Virtual server') this.readVirtualServer(entry);
      else if (this.section === 'Real server') this.readRealServer(entry);
      else if (this.section === 'Health checkers') this.readChecker(entry);
    }
    const { group, virtual, checker } = this.counts;
    this.reading.set('virtual server groups', String(group));
    this.reading.set('virtual servers', String(virtual));
    this.reading.set('checkers', String(checker));
    return this.reading;
  }

  private set(key: string, value: string): void {
    this.reading.set(`${this.prefix}: ${key}`, value);
  }

  private readSsl(entry: string): void {
    const [, name = '', value = ''] = /^ (.*?) : (.*)$/.exec(entry) ?? [];
    if (name === 'Password') this.reading.set('SSL: Password', 'given');
    else if (name !== '') this.reading.set(`SSL: ${name}`, value);
  }

  private readGroup(entry: string): void {
    const name = /^ Virtual Server Group = (.*), IPv4 = \w+, IPv6 = \w+$/s.exec(entry)?.[1];
    if (name !== undefined) {
      this.prefix = `virtual server group ${++this.counts.group}`;
      this.counts.range = 0;
      this.set('name', name);
    }
    const range = /^ {3}VIP(?: Range)? = (\S+?)(?:-(\S+))?, VPORT = (\d+)$/.exec(entry);
    const mark = /^ {3}FWMARK = (\d+) ?(\w*)$/.exec(entry);
    if (range) {
      const [, first = '', last = first, port = ''] = range;
      this.set(`entry ${++this.counts.range}`, `${sameAddress(first)} to ${sameAddress(last)} port ${port}`);
    }
    if (mark) this.set(`entry ${++this.counts.range}`, `mark ${mark[1]} ${mark[2]}`.trim());
  }

  private readVirtualServer(entry: string): void {
    const head = /^ VS (GROUP|FWMARK|VIP) = (.*)$/s.exec(entry);
    if (head) {
      this.prefix = `virtual server ${++this.counts.virtual}`;
      this.counts.real = 0;
      this.afterSorryServer = false;
      const [, kind, value = ''] = head;
      if (kind === 'GROUP') this.set('service', `group ${value.replace(/^\[(.*)\]:\d+$/s, '$1')}`);
      else if (kind === 'FWMARK') this.set('service', `mark ${value}`);
      else this.set('service', samePair(/^(\S+), VPORT = (\d+)$/.exec(value)));
      return;
    }
    const isMethod = entry.startsWith('   forwarding method = ');
    const sorry = /^ {3}sorry server .*?= \[(.*)\]:\w+:(\d+)$/.exec(entry);
    if (sorry) {
      this.set('sorry server', samePair(sorry));
      this.afterSorryServer = true;
    }
    // Further in than the virtual server's own lines: the sorry server's.
    else if (/^ {5}\S/.test(entry)) this.readFields(entry.slice(2), 'sorry server ');
    else this.readFields(entry, isMethod && this.afterSorryServer ? 'sorry server ' : '');
  }

  private readRealServer(entry: string): void {
    const head = /^ {3}RIP = (\S+), RPORT = (\d+), WEIGHT = /.exec(entry);
    if (head) {
      this.prefix = this.prefix.replace(/ real .*$/, '').replace(/$/, ` real server ${++this.counts.real}`);
      this.counts.range = 0;
      this.set('address', samePair(head));
      return;
    }
    if (/^ {5}RS (?:up|down) notify script = /.test(entry)) this.readFields(entry.slice(2), '');
    else if (/^ {4}VirtualHost = /.test(entry)) this.readFields(entry.slice(1), '');
    else if (/^ {5}\S.*, weight -?\d+(?: reverse)?$/.test(entry))
      this.set(`tracked file ${++this.counts.range}`, entry.trim());
    else if (/^ {5}\S/.test(entry)) this.set(`tracked BFD ${++this.counts.range}`, entry.trim());
    else this.readFields(entry, '');
  }

  private readFields(entry: string, of: string): void {
    const field = /^ {3}(?:default )?(.*?) = (.*)$/s.exec(entry);
    const onOff = /^ {3}(\w[\w ]*?) is (ON|OFF)$/.exec(entry);
    if (onOff) this.set(`${of}${onOff[1]}`.toLowerCase(), onOff[2] ?? '');
    else if (entry === '   Using HA suspend') this.set('ha suspend', 'ON');
    else if (field && !passing.has(field[1] ?? '')) this.setField(`${of}${field[1]}`, field[2] ?? '');
  }

  private setField(name: string, value: string): void {
    const [, command = '', ids = ''] = /^(.*), uid:gid (\d+:\d+)$/s.exec(value) ?? [];
    if (ids !== '') this.set(name, `${command} as ${userName(ids, this.users)}`);
    else this.set(name, value.replace(/^'(.*)'$/s, '$1'));
  }

  private readChecker(entry: string): void {
    const head = /^ (\[.*\]:\d+|FWM \d+|\[.*\]:\w+:\d+) -> \[(.*)\]:\w+:(\d+)$/s.exec(entry);
    if (head) {
      this.prefix = `checker ${++this.counts.checker}`;
      this.counts.url = 0;
      return;
    }
    const url = /^ {3}Checked url = (.*)$/s.exec(entry)?.[1];
    const method = /^ {3}Keepalive method = (\w+)(?:, http protocol (\S+))?$/.exec(entry);
    const pair = /^ {5}(Dest|Bind to) = \[(.*)\]:(\d+)$/.exec(entry);
    const codes = /^ {7}(\d+(?:-\d+)?)$/.exec(entry)?.[1];
    if (url !== undefined) this.set(`url ${++this.counts.url}`, url);
    else if (method?.[1]) {
      this.set('kind', method[1]);
      if (method[2]) this.set('http protocol', method[2]);
    } else if (pair) this.set(pair[1] ?? '', `${sameAddress(pair[2] ?? '')} ${pair[3]}`);
    else if (codes !== undefined) this.add(`url ${this.counts.url} codes`, codes);
    else this.readCheckerField(entry);
  }

  private readCheckerField(entry: string): void {
    const isSet = /^ {3}(Enable SNI|Fast recovery) (un)?set$/.exec(entry);
    if (isSet) this.set(isSet[1] ?? '', isSet[2] ? 'no' : 'yes');
    const [, indent = '', name = '', value = ''] = /^( {3,5})(\S.*?) = (.*)$/s.exec(entry) ?? [];
    if (entry === '     Regex no match') this.set(`url ${this.counts.url} Regex no match`, 'yes');
    if (name === '' || passing.has(name) || unset.test(value)) return;
    const url = this.counts.url > 0 && indent.length === 5 ? `url ${this.counts.url} ` : '';
    if (name === 'uid:gid') this.set('user', userName(value, this.users));
    else this.set(`${url}${name}`, value);
  }

  private add(key: string, value: string): void {
    const before = this.reading.get(`${this.prefix}: ${key}`);
    this.set(key, before === undefined ? value : `${before} ${value}`);
  }
}

/** What changes while the daemon runs, and what says the same as another line. */
const passing = new Set([
  ...['alive', 'quorum_state_up', 'reloaded', 'RS set', 'num failed checkers', 'Hashed'],
  ...['effective weight', 'previous effective_weight', 'Enabled', 'Up', 'Has run', 'Current weight'],
  ...['Retries iterations', 'Default delay before retry', 'Last ran', 'Last status', 'Regex ref count'],
  ...['Last errno', 'Reloaded', 'Failed URL'],
]);

/** What a checker that something else starts has in place of timers. */
const unset = /^(?:18446744073709551615 us|4294967295)$/;

/** `ADDRESS PORT` of a match with both. */
function samePair(match: RegExpExecArray | null): string {
  const [, address = '', port = ''] = match ?? [];
  return `${sameAddress(address)} ${port}`;
}
