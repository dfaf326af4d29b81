import type { Word } from '../../grammar/ast/nodes.ts';
import { addressShape } from '../../grammar/directives/entries/address.ts';
import { findToken } from '../../grammar/directives/entries.ts';
import { isKnownTo } from '../../grammar/directives/index.ts';
import { isAtLeast } from '../../grammar/source/release.ts';
import type { BoundDirective } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { type IpAddress, parseIpAddress } from './ip-address.ts';
import type { ReadingLog } from './reading-log.ts';
import { readLeadingWhole } from './values.ts';
import type { AddressList } from './virtual-address.ts';

/** The options of an address entry, as far as they can be used. */
export interface AddressOptions {
  readonly device?: string;
  readonly label?: string;
  readonly scope?: string;
  readonly peer?: IpAddress;
  readonly preferredLft?: string;
  /** `+` or `-`: to be worked out from the prefix; else an address. */
  readonly broadcast?: string;
  readonly trackGroup?: string;
  readonly flags: ReadonlySet<string>;
}

/** Options that take the next word. */
const withValue = new Set(['dev', 'scope', 'brd', 'broadcast', 'label', 'peer', 'preferred_lft']);
const flags = new Set(['home', '-nodad', 'mngtmpaddr', 'noprefixroute', 'autojoin', 'no_track', 'use_vmac']);

/** Names and numbers of the kernel's scopes; a number without a name stays one. */
const scopes: Readonly<Record<string, string>> = {
  '0': 'global',
  '200': 'site',
  '253': 'link',
  '254': 'host',
  '255': 'nowhere',
};

/** Reads what follows the address of an entry. A text is the reason why the daemon drops the whole entry. */
export function readAddressOptions(
  entry: BoundDirective,
  address: IpAddress,
  list: AddressList,
  log: ReadingLog,
): AddressOptions | string {
  const isStatic = list.kind === 'static';
  const values = new Map<string, Word>();
  const found = new Set<string>();
  const words = entry.directive.words.slice(1);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word) break;
    const option = findToken(addressShape, word.value);
    if (option && !isKnownTo(log.release, option)) reportUnknown(word, log);
    else if (flags.has(word.value) && !(isStatic && word.value === 'use_vmac')) found.add(word.value);
    else if (isStatic && word.value === 'track_group') {
      const value = words[++index];
      if (!value) return 'nothing follows track_group';
      // A second one ends the reading of the entry.
      if (values.has('track_group')) {
        reportUnusable('track_group', value, log);
        break;
      }
      if (list.trackGroups.includes(value.value)) values.set('track_group', value);
      else reportUnusable('track_group', value, log);
    } else if (withValue.has(word.value)) {
      const value = words[++index];
      if (!value) return `nothing follows ${word.value}`;
      const problem = takeValue(values, word.value, value, address, log);
      if (problem !== undefined) return problem;
    } else reportUnknown(word, log);
  }
  return { ...usableOptions(values), flags: found };
}

function usableOptions(values: ReadonlyMap<string, Word>): Omit<AddressOptions, 'flags'> {
  const value = (name: string) => values.get(name)?.value;
  const [device, label, scope, preferredLft] = ['dev', 'label', 'scope', 'preferred_lft'].map(value);
  const trackGroup = value('track_group');
  const peer = parseIpAddress(value('peer') ?? '');
  const broadcast = peer ? undefined : (value('sign') ?? value('brd'));
  return {
    ...(device !== undefined && { device }),
    ...(label !== undefined && { label }),
    ...(scope !== undefined && { scope }),
    ...(peer && { peer }),
    ...(preferredLft !== undefined && { preferredLft }),
    ...(broadcast !== undefined && { broadcast }),
    ...(trackGroup !== undefined && { trackGroup }),
  };
}

/** Notes a value that can be used, under its option. Returns the reason where the daemon drops the entry. */
function takeValue(
  values: Map<string, Word>,
  option: string,
  word: Word,
  address: IpAddress,
  log: ReadingLog,
): string | undefined {
  const text = word.value;
  const isIpv6 = address.family === 'ipv6';
  if (option === 'dev') {
    if (values.has('dev')) return 'dev stands there twice';
    values.set('dev', word);
  } else if (option === 'label') {
    if (text.length > 15 && isAtLeast(log.release, '2.2.0'))
      return `label ${text} is longer than 15 characters`;
    if (!isIpv6) values.set('label', word);
  } else if (option === 'brd' || option === 'broadcast') {
    if (isIpv6) return 'an IPv6 address has no broadcast address';
    if (text === '+' || text === '-') values.set('sign', word);
    else if (parseIpAddress(text)?.family === 'ipv4') values.set('brd', word);
    else return `${text} is not a broadcast address`;
  } else if (option === 'scope') {
    const scope = scopeName(text);
    if (scope === undefined) reportUnusable(option, word, log);
    else if (!isIpv6) values.set('scope', { ...word, value: scope });
  } else if (option === 'peer') {
    // The first one that can be used counts.
    if (values.has('peer') || parseIpAddress(text)?.family !== address.family) {
      reportUnusable(option, word, log);
    } else values.set('peer', word);
  } else takeLifetime(values, word, log);
  return undefined;
}

function scopeName(text: string): string | undefined {
  if (Object.values(scopes).includes(text)) return text;
  const number = /^\+?(0[xX][0-9a-fA-F]+|\d+)$/.test(text) ? Number(text) : Number.NaN;
  return number >= 0 && number <= 255 ? (scopes[String(number)] ?? String(number)) : undefined;
}

function takeLifetime(values: Map<string, Word>, word: Word, log: ReadingLog): void {
  if (word.value === 'forever') {
    values.set('preferred_lft', word);
    return;
  }
  const reading = readLeadingWhole(word.value, 0, 4_294_967_295);
  if ('problem' in reading) reportUnusable('preferred_lft', word, log, reading.instead);
  const seconds = 'value' in reading ? reading.value : reading.instead;
  if (seconds !== undefined) values.set('preferred_lft', { ...word, value: String(seconds) });
}

function reportUnusable(option: string, word: Word, log: ReadingLog, instead?: number): void {
  log.warn(keepalivedFindings.valueNotUsed, {
    summary: `${option} ${word.value} cannot be used`,
    detail: `The daemon reports it and ${instead === undefined ? 'does without' : `uses ${instead}`}; the address stays.`,
    at: word.span,
    help: `correct ${option}, or remove it`,
  });
}

function reportUnknown(word: Word, log: ReadingLog): void {
  const second = parseIpAddress(word.value.split('/', 1)[0] ?? '') !== undefined;
  log.warn(second ? keepalivedFindings.surplusWords : keepalivedFindings.entryDropped, {
    summary: `'${word.value}' is not an option of an address`,
    detail: second
      ? 'The daemon reads one address a line: this one is an unknown option to it and is not held.'
      : 'The daemon reports the word and ignores it; the address stays.',
    at: word.span,
    help: second ? 'put each address on a line of its own' : 'remove the word',
  });
}
