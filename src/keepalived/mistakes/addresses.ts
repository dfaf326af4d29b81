import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { type BoundDirective, walkBound } from '../bound-directive.ts';
import { keepalivedFindings } from '../findings.ts';
import { parseIpAddress } from '../ip-address.ts';
import { indentOf, stretch } from '../word-text.ts';
import { mistakeFindings } from './findings.ts';

/** Entries of virtual_ipaddress and virtual_ipaddress_excluded that mean something else to the daemon. */
export function addressMistakes(blocks: readonly BoundDirective[]): Diagnostic[] {
  return blocks
    .filter(({ keywords, verdict }) => keywords[0] === 'vrrp_instance' && !verdict)
    .flatMap((block) => {
      const entries = [...walkBound(block.children)].filter(
        ({ kind, spec, verdict }) => kind === 'entry' && spec?.entry === 'address' && !verdict,
      );
      return [...entries.flatMap(netmask), ...entries.flatMap(severalAddresses), ...missingPrefix(entries)];
    });
}

/** 24 for 255.255.255.0; undefined for what is no netmask. */
function maskBits(text: string): number | undefined {
  const address = parseIpAddress(text);
  if (address?.family !== 'ipv4' || !text.startsWith('2')) return undefined;
  const ones = /^(1+)0*$/.exec(address.value.toString(2).padStart(32, '0'))?.[1];
  return ones?.length;
}

function netmask({ directive }: BoundDirective): Diagnostic[] {
  const { words } = directive;
  const [head] = words;
  const [address = '', mask = ''] = head.value.split('/');
  const index = words.findIndex(({ value }, position) => position > 0 && maskBits(value) !== undefined);
  const follows = index > 0 ? words[index] : undefined;
  const bits = maskBits(mask) ?? (follows && maskBits(follows.value));
  if (bits === undefined || !parseIpAddress(address)) return [];
  const last = maskBits(mask) === undefined ? index : 0;
  // Only a word such as netmask may stand between them.
  if (last > 2 || (last === 2 && !/^(?:net)?mask$/i.test(words[1]?.value ?? ''))) return [];
  const found = stretch(directive, 0, last);
  return [
    report(mistakeFindings.prefixNotMeant, {
      summary: `${maskBits(mask) === undefined ? follows?.value : mask} is a netmask, and the daemon takes none`,
      detail: 'The daemon reports it and uses /32.',
      at: found?.at ?? head.span,
      help: `write the number of bits: /${bits}`,
      suggestion: found && { at: found.at, text: `${address}/${bits}` },
    }),
  ];
}

/** An address without a prefix beside others with the same one: said once for an instance. */
function missingPrefix(entries: readonly BoundDirective[]): Diagnostic[] {
  const ipv4 = entries
    .map(({ directive }) => directive.words)
    .filter(([{ value }]) => parseIpAddress(value.split('/', 1)[0] ?? '')?.family === 'ipv4')
    // Beside a peer the daemon uses none.
    .filter((words) => words.every(({ value }) => value !== 'peer'));
  const without = ipv4.flatMap(([head, next]) =>
    !head.value.includes('/') && maskBits(next?.value ?? '') === undefined ? [head] : [],
  );
  const other = ipv4.map(([head]) => head).find(({ value }) => /\/(?:[1-9]|[12]\d|3[01])$/.test(value));
  const [first, ...more] = without;
  if (!first || !other) return [];
  return [
    report(mistakeFindings.prefixNotMeant, {
      summary: `${first.value}${more.length > 0 ? ` and ${more.length} more` : ''} without a prefix length, beside ${other.value}`,
      detail: 'The daemon uses /32 for an address without one, without a message.',
      at: first.span,
      notes: [{ text: 'this one has a prefix length', at: other.span }],
      help: 'if the addresses are of one network, give all of them its prefix length',
    }),
  ];
}

/** Several addresses on a line, without options between them. */
function severalAddresses({ directive }: BoundDirective): Diagnostic[] {
  const { words } = directive;
  const isAddress = ({ value }: { value: string }) =>
    parseIpAddress(value.split('/', 1)[0] ?? '') !== undefined;
  if (words.length < 2 || !words.every(isAddress) || words.some(({ value }) => maskBits(value))) return [];
  const found = stretch(directive, 0, words.length - 1);
  const second = words[1]?.value ?? '';
  return [
    report(keepalivedFindings.surplusWords, {
      summary: `${second} is the second address of its line`,
      detail: 'The daemon reads one address a line: what follows is an unknown option to it and is not held.',
      at: found?.at ?? directive.span,
      help: 'put each address on a line of its own',
      suggestion: found && {
        at: found.at,
        text: words.map(({ value }) => value).join(`\n${indentOf(found.at)}`),
      },
    }),
  ];
}
