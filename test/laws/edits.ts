import fc from 'fast-check';
import { hostileWords } from './configurations.ts';

/** A change of a text at a place that is a share of its length, from 0 to 1. */
export interface Edit {
  readonly kind:
    | 'lose line'
    | 'double line'
    | 'swap lines'
    | 'join lines'
    | 'lose'
    | 'double'
    | 'insert'
    | 'flip';
  readonly at: number;
  readonly length: number;
  readonly inserted: string;
}

const fragments = fc.constantFrom(
  '{',
  '}',
  '"',
  '#',
  '!',
  '\\',
  '\n',
  '\r',
  '\t',
  '\f',
  '\0',
  '\u00a0',
  '$',
  '@',
  '~',
  '{\n',
  '}\n',
  ' {}',
  '\\\n',
  '\n}\n',
  '\ninclude extra.conf\n',
  '\ninclude *.conf\n',
  '\n$X=1\n',
  ' $X ',
  '${X}',
  '${_RANDOM}',
  '${_HASH}',
  '${_BANG}',
  '\n$X=$X $X\n',
  '\n$Y=a\\\nb\\\nc\n',
  '\n$Y\n',
  '\n~SEQ(i, 1, 3) ${i}\n',
  '\n~LST({a,b}, {1,2}, {3,4}) $a $b\n',
  '\n@lb1 ',
  '\n@^lb1 ',
  '-1',
  '0',
  '255',
  '256',
  '4294967296',
  ' weight ',
  ' dev ',
  '\nvrrp_instance V {\n',
  '\ngroup {\n',
);

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(
    'lose line',
    'double line',
    'swap lines',
    'join lines',
    'lose',
    'double',
    'insert',
    'insert',
    'flip',
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }) },
    fc.integer({ min: 5, max: 200 }),
  ),
  inserted: fc.oneof({ weight: 3, arbitrary: fragments }, hostileWords),
});

/** A few changes, to be made one after the other. */
export const edits: fc.Arbitrary<readonly Edit[]> = fc.array(edit, { minLength: 1, maxLength: 5 });

export function edited(text: string, list: readonly Edit[]): string {
  return list.reduce(editedOnce, text);
}

function editedOnce(text: string, { kind, at, length, inserted }: Edit): string {
  const place = Math.floor(at * text.length);
  const end = place + length;
  if (kind === 'lose') return text.slice(0, place) + text.slice(end);
  if (kind === 'double') return text.slice(0, end) + text.slice(place);
  if (kind === 'insert') return text.slice(0, place) + inserted + text.slice(place);
  if (kind === 'flip') {
    const flipped = String.fromCharCode((text.charCodeAt(place) || 0) ^ (1 << (length % 8)));
    return text.slice(0, place) + flipped + text.slice(place + 1);
  }
  const lines = text.split('\n');
  const index = Math.floor(at * lines.length);
  const [line = '', next = ''] = lines.slice(index);
  if (kind === 'lose line') lines.splice(index, 1);
  else if (kind === 'double line') lines.splice(index, 0, line);
  else if (kind === 'swap lines') lines.splice(index, 2, next, line);
  else lines.splice(index, 2, `${line} ${next}`);
  return lines.join('\n');
}
