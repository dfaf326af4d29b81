import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diskFileTree, readStandardInput } from '../../src/cli/disk-file-tree.ts';
import { emitArtefacts } from '../../src/emit/artefacts.ts';
import { translate } from '../../src/translate.ts';
import { edited, edits } from './edits.ts';
import { fixtureSubjects } from './subjects.ts';

/** The whole way of some bytes, as they would come from standard input: a plan, or an error that says why there is none. */
async function translateBytes(bytes: Uint8Array): Promise<void> {
  async function* chunks() {
    yield bytes;
  }
  const content = await readStandardInput(chunks());
  const files = diskFileTree({ root: '/nowhere', given: new Map([['-', { content }]]) });
  const { plan, diagnostics } = translate({
    nodes: [{ name: 'lb1', path: '-', named: true }],
    files,
    options: {},
  });
  expect(plan === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  if (plan) emitArtefacts(plan);
}

const languageBytes = fc.constantFrom(...Buffer.from('{}"#!\\$@~\n\n\n  \tai1.'));

describe('any bytes', () => {
  it('give a plan or an error, and no exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => translateBytes(bytes)),
      { numRuns: 500 },
    );
  });

  it('of those that mean something to the reader do as well', async () => {
    const bytes = fc.array(languageBytes, { maxLength: 300 }).map((list) => Uint8Array.from(list));
    await fc.assert(fc.asyncProperty(bytes, translateBytes), { numRuns: 2000 });
  });

  it('in the middle of a configuration do as well', async () => {
    const texts = fixtureSubjects.flatMap(({ input: { nodes, files } }) =>
      nodes.flatMap(({ path }) => {
        const content = files.read(path);
        return content.kind === 'text' ? [content.text] : [];
      }),
    );
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const bytes = fc.uint8Array({ maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), edits, place, bytes, (text, list, share, given) => {
        const changed = Buffer.from(edited(text, list));
        const at = Math.floor(share * changed.length);
        return translateBytes(Buffer.concat([changed.subarray(0, at), given, changed.subarray(at)]));
      }),
      { numRuns: 1000 },
    );
  });
});
