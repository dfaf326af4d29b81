import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileContent, FileTree } from '../../grammar/source/file-tree.ts';
import { describeNodes } from '../../src/describe-nodes.ts';
import { renderGithub } from '../../src/diagnostics/render-github.ts';
import { renderHuman } from '../../src/diagnostics/render-human.ts';
import { renderJson } from '../../src/diagnostics/render-json.ts';
import { emitArtefacts } from '../../src/emit/artefacts.ts';
import { emitConfig } from '../../src/emit/config-document.ts';
import { emitTarget } from '../../src/emit/target.ts';
import { translate } from '../../src/translate.ts';
import { type TranslateInput, targetNames } from '../../src/translation.ts';
import { translatedCases, translationInput } from '../fixtures.ts';
import { named, type Subject, subjects } from './subjects.ts';

const secret = 'Tq8wZr5v';
const password = /(auth_pass[ \t]+)(?:"[^"\n]*"|[^\s"{}#!]+)/g;

type Change = (text: string, path: string) => string;

/** The same files with a password that stands nowhere else, and with whatever else is changed. */
function planted({ nodes, files, options }: TranslateInput, change: Change = (text) => text): TranslateInput {
  const plant = (given: FileContent, path: string): FileContent =>
    given.kind === 'text'
      ? { ...given, text: change(given.text.replace(password, `$1${secret}`), path) }
      : given;
  const tree: FileTree = {
    match: (pattern) => files.match(pattern),
    read: (path) => plant(files.read(path), path),
  };
  return { nodes, files: tree, options };
}

/** Everything that anybody gets to see. */
function said(input: TranslateInput): string {
  const { plan, diagnostics, sources } = translate(input);
  const { document } = describeNodes(input);
  return [
    renderHuman(diagnostics, { sources }),
    renderJson(diagnostics),
    renderGithub(diagnostics),
    ...(document ? [emitConfig(document)] : []),
    ...(plan ? emitArtefacts(plan).map(({ text }) => text) : []),
    ...(plan ? targetNames.map((name) => emitTarget(plan, name).value ?? '') : []),
  ].join('\n');
}

const hasPassword = ({ input }: Subject) =>
  input.nodes.some(({ path }) => {
    const content = input.files.read(path);
    return content.kind === 'text' && new RegExp(password.source).test(content.text);
  });

describe('a password', () => {
  it.each(named(subjects.filter(hasPassword)))('stands in no output: %s', (_name, { input }) => {
    expect(said(planted(input))).not.toContain(secret);
  });

  const broken = translatedCases.map(translationInput).filter((input) => hasPassword({ name: '', input }));

  it('stands in no output of a file with lost, doubled or swapped lines and lost braces either', () => {
    const edits = fc.array(
      fc.tuple(fc.nat(200), fc.constantFrom('lose', 'double', 'swap', 'braces', 'join')),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.constantFrom(...broken), edits, (input, list) => {
        const change = (text: string) =>
          list.reduce((changed, [line, kind]) => edit(changed, line, kind), text);
        expect(said(planted(input, change))).not.toContain(secret);
      }),
      { numRuns: 400 },
    );
  });
});

function edit(text: string, at: number, kind: string): string {
  const lines = text.split('\n');
  const index = at % lines.length;
  const line = lines[index] ?? '';
  const next = lines[index + 1] ?? '';
  if (kind === 'lose') lines.splice(index, 1);
  else if (kind === 'double') lines.splice(index, 0, line);
  else if (kind === 'swap') lines.splice(index, 2, next, line);
  else if (kind === 'join') lines.splice(index, 2, `${line} ${next}`);
  else lines[index] = line.replace(/[{}]/g, '');
  return lines.join('\n');
}
