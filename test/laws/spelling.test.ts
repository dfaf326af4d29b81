import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printConfiguration } from '../../grammar/print.ts';
import { configurations } from './configurations.ts';
import { meaningOf, readMeaning } from './reading-of.ts';

// Different spellings of one configuration: whatever is written, what is read is the same.

/** A configuration and its lines. */
const written = configurations.map((ast) => ({
  meaning: meaningOf(ast),
  lines: printConfiguration(ast).split('\n').slice(0, -1),
}));

const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const isOpen = (line: string) => (line.match(/"/g) ?? []).length % 2 === 1;
/** A backslash hides the quote after it from whoever looks for comments, and at the end of a line it is special. */
const hasBackslash = (line: string) => line.includes('\\');

describe('layout', () => {
  const comment = fc.constantFrom('# a', '! } {', '#', '! auth_pass "x', '# include y', '#\\# \\!');
  const blank = fc.constantFrom('', ' ', '\t', ' \t ', '\r');
  const changes = fc.infiniteStream(
    fc.record({
      before: fc.array(fc.oneof(comment, blank), { maxLength: 2 }),
      indent: blank.filter((text) => text !== '\r'),
      trailing: fc.oneof(
        blank,
        comment.map((text) => ` ${text}`),
        fc.constant('\r'),
      ),
    }),
  );

  it('comments, blank lines, indentation, trailing blanks and carriage returns change nothing', () => {
    fc.assert(
      fc.property(written, changes, ({ meaning, lines }, stream) => {
        const relaid = lines.flatMap((line) => {
          const { before, indent, trailing } = stream.next().value;
          const fits = !hasBackslash(line) && !isOpen(line);
          return [...before, `${indent}${line}${fits ? trailing : ''}`];
        });
        expect(readMeaning(joined(relaid))).toEqual(meaning);
      }),
      { numRuns: 1000 },
    );
  });

  it('pieces in other files, cut out at any lines, also within blocks, change nothing', () => {
    fc.assert(
      fc.property(written, fc.array(fc.nat(), { maxLength: 6 }), ({ meaning, lines }, cuts) => {
        const places = cuts.map((cut) => cut % (lines.length + 1)).sort((a, b) => a - b);
        const others: Record<string, string> = {};
        const main: string[] = [];
        let from = 0;
        for (const [index, place] of [...places, lines.length].entries()) {
          const piece = lines.slice(from, place);
          // Every other piece is a file, and of those every other one is included by a file of its own.
          if (index % 2 === 0) main.push(...piece);
          else {
            others[`piece${index}.conf`] = joined(piece);
            others[`way${index}.conf`] = `include piece${index}.conf\n`;
            main.push(`include ${index % 4 === 1 ? 'way' : 'piece'}${index}.conf`);
          }
          from = place;
        }
        expect(readMeaning(joined(main), others)).toEqual(meaning);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a definition', () => {
  it('that is used for a word, as $NAME or ${NAME}, is the same as the word', () => {
    fc.assert(
      fc.property(
        written,
        fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
        ({ meaning, lines }, picks) => {
          const definitions: string[] = [];
          const changed = [...lines];
          for (const [index, pick] of picks.entries()) {
            const at = pick % Math.max(1, changed.length);
            const line = changed[at] ?? '';
            // A word without signs that mean something to the reader, before a blank or the end.
            const words = [...line.matchAll(/(?<=^|[ \t])[\w.:/-]+(?=[ \t]|$)/g)];
            const [word] = words.slice(pick % Math.max(1, words.length));
            if (!word) continue;
            const braces = pick % 2 === 0;
            const use = braces ? `\${D${index}}` : `$D${index}`;
            definitions.push(`$D${index}=${word[0]}`);
            changed[at] = line.slice(0, word.index) + use + line.slice(word.index + word[0].length);
          }
          expect(readMeaning(joined([...definitions, ...changed]))).toEqual(meaning);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('of several lines is the same as these lines, braces included', () => {
    fc.assert(
      fc.property(written, fc.nat(), fc.integer({ min: 2, max: 8 }), ({ meaning, lines }, from, count) => {
        const start = from % Math.max(1, lines.length);
        const body = lines.slice(start, start + count);
        if (body.length < 2 || body.some((line) => isOpen(line) || hasBackslash(line))) return;
        const defined = body.map((line, index) => (index < body.length - 1 ? `${line} \\` : line));
        const text = [
          '$LINES= \\',
          ...defined,
          ...lines.slice(0, start),
          '$LINES',
          ...lines.slice(start + count),
        ];
        expect(readMeaning(joined(text))).toEqual(meaning);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a sequence', () => {
  const step = fc.integer({ min: -3, max: 3 }).filter((value) => value !== 0);
  const line = fc.constantFrom(
    'priority $i',
    'vrrp_instance V$i {',
    '10.0.${i}.${i}/24 dev eth$i',
    '}',
    'x ${i}${i}',
  );

  it('~SEQ is the same as its lines written out', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 20 }), step, fc.nat(12), line, (start, by, rounds, text) => {
        const values = Array.from({ length: rounds + 1 }, (_, round) => start + by * round);
        const last = start + by * rounds;
        const out = values.map((value) => text.replaceAll(/\$i\b|\$\{i\}/g, String(value)));
        expect(readMeaning(`~SEQ(i, ${start}, ${by}, ${last}) ${text}\n`)).toEqual(readMeaning(joined(out)));
      }),
    );
  });

  it('~LST is the same as its lines written out', () => {
    const values = fc.array(
      fc.tuple(fc.stringMatching(/^[a-z0-9.]{1,8}$/), fc.stringMatching(/^[a-z0-9.]{1,8}$/)),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(values, (pairs) => {
        const list = pairs.map(([a, b]) => `{${a}, ${b}}`).join(', ');
        const out = pairs.map(([a, b]) => `virtual_server ${a} ${b}`);
        expect(readMeaning(`~LST({a, b}, ${list}) virtual_server $a $b\n`)).toEqual(readMeaning(joined(out)));
      }),
    );
  });
});
