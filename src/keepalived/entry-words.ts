import type { Word } from '../../grammar/ast/nodes.ts';
import type { BoundDirective } from './bound-directive.ts';
import { dropEntry } from './entry-messages.ts';
import { type Family, type IpAddress, parseIpAddress } from './ip-address.ts';
import { fateWithoutWord, missingWord } from './nesting-messages.ts';
import { type Network, readNetwork } from './network.ts';
import type { ReadingLog } from './reading-log.ts';
import { readStrictWhole } from './values.ts';

/** Why nothing comes of an entry: a word is missing, at which the daemon exits, or it drops the entry. */
type Failure = { readonly lacksWordAfter: Word } | { readonly reason: string; readonly at: Word };

/**
 * The words of an entry whose options may stand in any order, read from left to right as the daemon does. The first
 * failure ends the entry: what is read after it is nothing.
 */
export class EntryWords {
  readonly entry: BoundDirective;
  /** The address family, once an option has decided it. */
  family: Family | undefined;
  private readonly words: readonly Word[];
  private readonly log: ReadingLog;
  private index = 0;
  private failure: Failure | undefined;

  constructor(entry: BoundDirective, log: ReadingLog) {
    this.entry = entry;
    this.words = entry.directive.words;
    this.log = log;
  }

  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  get isDone(): boolean {
    return this.hasFailed || this.index >= this.words.length;
  }

  /** How many words are left. */
  get left(): number {
    return this.words.length - this.index;
  }

  /** The word that was read last. */
  get last(): Word {
    return this.words[Math.min(this.index, this.words.length) - 1] ?? this.entry.directive.words[0];
  }

  peek(): string | undefined {
    return this.words[this.index]?.value;
  }

  take(): string {
    const word = this.words[this.index];
    if (!word) this.fail({ lacksWordAfter: this.last });
    this.index++;
    return word?.value ?? '';
  }

  /** Reads the word if it is this one. */
  takeIf(text: string): boolean {
    const isNext = this.peek() === text;
    if (isNext) this.index++;
    return isNext;
  }

  /** Reads the last word again. */
  back(): void {
    this.index--;
  }

  skip(): void {
    this.index++;
  }

  /** Reads no further. */
  stop(): void {
    this.index = this.words.length;
  }

  drop(reason: string): void {
    this.fail({ reason, at: this.last });
  }

  /** A decimal number of which nothing is left over. */
  whole(what: string, high = 4_294_967_295): number {
    const text = this.take();
    const value = readStrictWhole(text, 0, high);
    if (value === undefined) this.drop(`${what} ${text} is no number from 0 to ${high}`);
    return value ?? 0;
  }

  /** An address without a prefix length, of the family of the others. */
  address(what: string): IpAddress | undefined {
    const text = this.take();
    const address = parseIpAddress(text);
    if (!address) this.drop(`${what} ${text} is not an address`);
    return address;
  }

  network(what: string): Network | 'default' | undefined {
    const text = this.take();
    const network = readNetwork(text, this.last, this.log);
    if (!network) this.drop(`${what} ${text} is not an address`);
    return network;
  }

  /** All addresses of an entry are of one family; the first one decides. */
  agreeOn(family: Family | undefined): void {
    if (family === undefined || this.family === family) return;
    if (this.family === undefined) this.family = family;
    else this.drop('it mixes IPv4 and IPv6');
  }

  /** Says the failure. True where something comes of the entry. */
  conclude(kind: string): boolean {
    if (!this.failure) return true;
    if ('lacksWordAfter' in this.failure) {
      this.log.ignore(this.entry, fateWithoutWord(this.log.release));
      this.log.add(missingWord(this.entry.directive, this.failure.lacksWordAfter.value, this.log.release));
    } else dropEntry(this.log, this.entry, kind, this.failure.reason, this.failure.at.span);
    return false;
  }

  private fail(failure: Failure): void {
    this.failure ??= failure;
  }
}
