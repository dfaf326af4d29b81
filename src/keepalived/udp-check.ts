import { argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import type { UdpCheck } from './checker-configuration.ts';
import { keepalivedFindings } from './findings.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { allowed, readWhole } from './values.ts';

/** The payload and the reply of a UDP_CHECK. */
export function readDatagrams(block: BoundDirective, log: ReadingLog): Pick<UdpCheck, 'payload' | 'reply'> {
  const payload = log.last<string | undefined>(block, 'payload', undefined, (bound) =>
    argumentsOf(bound).length === 0 ? { problem: 'it has no bytes' } : readBytes(bound, false),
  ).value;
  const isLength = (bound: BoundDirective) => readWhole(bound, ...allowed(bound));
  const minLength = log.last(block, 'min_reply_length', 0, isLength).value;
  const maxLength = log.last(block, 'max_reply_length', 255, isLength).value;
  const demands = childrenNamed(block, 'require_reply');
  const pattern = log.last<string | undefined>(block, 'require_reply', undefined, (bound) =>
    argumentsOf(bound).length === 0 ? { value: undefined } : readBytes(bound, true),
  ).value;
  const isPossible = minLength <= maxLength;
  if (demands.length > 0 && !isPossible) {
    log.warn(keepalivedFindings.serverChanged, {
      summary: `no reply is between ${minLength} and ${maxLength} bytes long`,
      detail: 'The daemon reports it; the check always fails.',
      at: block.directive.span,
      help: 'make max_reply_length the larger one; it is 255 unless given',
    });
  }
  const reply = { ...(pattern !== undefined && { pattern }), minLength, maxLength };
  return { ...(payload !== undefined && { payload }), ...(demands.length > 0 && { reply }) };
}

/**
 * Bytes in hexadecimal, with blanks anywhere between them; a digit before a blank is a byte of its own. In a pattern x
 * stands for any digit.
 */
function readBytes(bound: BoundDirective, isPattern: boolean): Reading<string | undefined> {
  const digit = isPattern ? /^[0-9a-fx]$/i : /^[0-9a-f]$/i;
  const text = argumentsOf(bound).join(' ').toLowerCase();
  let bytes = '';
  for (let index = 0; index < text.length; ) {
    const [first = '', second = ' '] = text.slice(index, index + 2);
    if (first === ' ' || first === '\t') {
      index++;
      continue;
    }
    const isAlone = second === ' ';
    if (!digit.test(first) || (!isAlone && !digit.test(second))) {
      return { problem: `'${text}' is not hexadecimal`, instead: undefined, shown: 'nothing' };
    }
    bytes += isAlone ? `0${first}` : `${first}${second}`;
    index += isAlone ? 1 : 2;
  }
  // To the daemon the value of a last byte ff is its own sign for a bad digit.
  const problem = bytes === '' ? 'it has no bytes' : bytes.endsWith('ff') ? 'its last byte is ff' : undefined;
  return problem === undefined ? { value: bytes } : { problem, instead: undefined, shown: 'nothing' };
}
