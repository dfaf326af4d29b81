export type Family = 'ipv4' | 'ipv6';

/** An address as a number, so that two notations of one address compare equal. */
export interface IpAddress {
  readonly family: Family;
  readonly value: bigint;
  /** As the author wrote it. */
  readonly text: string;
}

/** Reads a dotted IPv4 or any IPv6 notation; undefined for anything else. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const family: Family = text.includes(':') ? 'ipv6' : 'ipv4';
  const value = family === 'ipv6' ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { family, value, text };
}

/** An address of which the daemon drops a range or a prefix length that follows it: `10.0.0.1/24`, `10.0.0.1-9`. */
export function parseBareAddress(text: string): IpAddress | undefined {
  const end = text.search(text.includes('-') ? '-' : '/');
  return parseIpAddress(end < 0 ? text : text.slice(0, end));
}

/** One text per address, whatever its notation. */
export function addressKey(address: IpAddress): string {
  return `${address.family}:${address.value.toString(16)}`;
}

export function bitsOf(family: Family): number {
  return family === 'ipv4' ? 32 : 128;
}

export function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
}

/** An address as text; IPv6 in its short form. */
export function formatIpAddress(family: Family, value: bigint): string {
  if (family === 'ipv4') return formatIpv4(value);
  const groups = Array.from({ length: 8 }, (_, index) => (value >> BigInt(112 - 16 * index)) & 0xffffn);
  const text = groups.map((group) => group.toString(16)).join(':');
  const [longest = ''] = [...text.matchAll(/\b0(?::0)+\b/g)]
    .map(([zeros]) => zeros)
    .sort((one, other) => other.length - one.length);
  return longest === '' ? text : text.replace(longest, '::').replace(/:{3,}/, '::');
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // A leading zero would make it octal to some: inet_pton takes none.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const front = groupsOf(head);
  const back = tail === undefined ? [] : groupsOf(tail);
  if (!front || !back) return undefined;
  const missing = 8 - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...front, ...Array.from({ length: missing }, () => 0), ...back];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && index === parts.length - 1) {
      const ipv4 = parseIpv4(part);
      if (ipv4 === undefined) return undefined;
      groups.push(Number(ipv4 >> 16n), Number(ipv4 & 0xffffn));
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
