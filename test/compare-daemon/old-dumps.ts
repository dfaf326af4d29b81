import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import type { Reading } from './reading.ts';

// How the dumps of other releases differ from that of 2.2.

/** Where a dump holds nothing more about instances, scripts and groups; 1.2.19 goes on with its first log line. */
export const endOfDump = /------< (?:Interfaces|NIC) >------|Using LinkWatch kernel netlink reflector/;

export const timestamp = /^\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}: /;

/** The entries of the log; a line feed within a value does not end one. 1.2 writes no time before them. */
export function logEntries(output: string): string[] {
  const lines = output.split('\n');
  if (!lines.some((line) => timestamp.test(line))) return lines;
  const entries: string[] = [];
  for (const line of lines) {
    if (timestamp.test(line)) entries.push(line.replace(timestamp, ''));
    else if (entries.length > 0) entries.push(`${entries.pop()}\n${line}`);
  }
  return entries;
}

const newTerms: readonly (readonly [RegExp, string])[] = [
  [/^ {3}Run+ing on device = /, '   Interface = '],
  [/^ {3}Want State = /, '   Wantstate = '],
  [/^ {3}Using VRRPv(\d)$/, '   VRRP Version = $1'],
  [/^ {3}Preempt (enabled|disabled)/, '   Preempt = $1'],
];

/** A line of an old dump in the words of 2.2. */
export function inNewTerms(line: string): string {
  const term = newTerms.find(([old]) => old.test(line));
  return term ? line.replace(...term) : line;
}

/** What a release's dump does not tell, or tells in a way that cannot be compared. */
const untold: readonly { readonly until: Release; readonly key: RegExp }[] = [
  { until: '2.2.3', key: /: down timer adverts$/ },
  // What is written there is not what came of it: weights in a sync group, for example, are dropped later.
  { until: '2.0.0', key: /: (?:source|tracked \w+.*|preempts|preempt delay|tracks its interface|state)$/ },
  { until: '2.0.0', key: /^script .*: (?:user|command)$|: on \w+$/ },
];

/** A reading without what the dump of a release does not tell. */
export function asDumped(reading: Reading, release: Release): Reading {
  const keys = untold.filter(({ until }) => !isAtLeast(release, until)).map(({ key }) => key);
  const told = [...reading].filter(([key]) => !keys.some((pattern) => pattern.test(key)));
  if (isAtLeast(release, '2.1.0')) return new Map(told);
  // The lifetime of an IPv6 address.
  return new Map(told.map(([key, value]) => [key, value.replace(/ (?:deprecated|preferred_lft \S+)$/, '')]));
}
