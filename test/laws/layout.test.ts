import { describe, expect, it } from 'vitest';
import type { FileContent, FileTree } from '../../grammar/source/file-tree.ts';
import { translate } from '../../src/translate.ts';
import type { TranslateInput } from '../../src/translation.ts';
import { named, type Subject, subjects, translationOf } from './subjects.ts';
import { withoutPlaces } from './without-places.ts';

type Rewrite = (line: string, before: string) => string;

/** A file tree whose texts are written in another way. */
function rewritten({ nodes, files, options }: TranslateInput, rewrite: Rewrite): TranslateInput {
  const content = (given: FileContent): FileContent => {
    if (given.kind !== 'text') return given;
    const lines = given.text.split('\n');
    return { ...given, text: lines.map((line, index) => rewrite(line, lines[index - 1] ?? '')).join('\n') };
  };
  const tree: FileTree = {
    match: (pattern) => files.match(pattern),
    read: (path) => content(files.read(path)),
  };
  return { nodes, files: tree, options };
}

/** A line that ends in a backslash may go on in the next one: nothing may come between. */
const goesOn = (line: string) => /\\\s*(?:[#!].*)?$/.test(line);
const long = (line: string) => line.length > 900;

const rewrites: Readonly<Record<string, Rewrite>> = {
  'a carriage return at the end of each line': (line) => (long(line) ? line : `${line.replace(/\r$/, '')}\r`),
  'blanks at the end of each line': (line) => (goesOn(line) || long(line) ? line : `${line} \t`),
  'other indentation': (line) => (long(line) ? line : `\t  ${line}`),
  'a comment before each line': (line, before) =>
    goesOn(before) || goesOn(line) ? line : `# { "comment } auth_pass\n! another\n${line}`,
  'empty lines': (line, before) => (goesOn(before) || goesOn(line) ? line : `\n \t\n${line}`),
};

/** The whole text of each main file in another file, which the main one includes. */
function includedWhole({ nodes, files, options }: TranslateInput): TranslateInput {
  const mains = new Set(nodes.map(({ path }) => path));
  const inner = (path: string) => `${path}.whole`;
  const names = new Map([...mains].map((path) => [inner(path), path]));
  const tree: FileTree = {
    match: (pattern) => files.match(pattern),
    read(path) {
      const name = path.split('/').at(-1) ?? path;
      if (mains.has(path)) return { kind: 'text', text: `include ${name}.whole\n`, encoding: 'utf-8' };
      return files.read(names.get(path) ?? path);
    },
  };
  return { nodes, files: tree, options };
}

/** Files that are not UTF-8, of which only a note tells. */
function inLatin1({ nodes, files, options }: TranslateInput): TranslateInput {
  const read = (path: string): FileContent => {
    const content = files.read(path);
    return content.kind === 'text' ? { ...content, encoding: 'latin1' } : content;
  };
  return { nodes, files: { match: (pattern) => files.match(pattern), read }, options };
}

function planOf(input: TranslateInput): unknown {
  const { plan } = translate(input);
  return plan && withoutPlaces(plan);
}

/** A byte order mark is a part of the first word: what comes before that word changes what it is. */
const hasMark = ({ input }: Subject) =>
  input.nodes.some(({ path }) => {
    const content = input.files.read(path);
    return content.kind === 'text' && content.text.startsWith('\uFEFF');
  });

const plain = named(subjects.filter((subject) => translationOf(subject).plan && !hasMark(subject)));

describe.each(Object.entries(rewrites))('%s', (_what, rewrite) => {
  it.each(plain)('changes nothing but places: %s', (_name, subject) => {
    const { plan } = translationOf(subject);
    expect(planOf(rewritten(subject.input, rewrite))).toEqual(plan && withoutPlaces(plan));
  });
});

describe('another encoding', () => {
  it.each(plain)('changes nothing: %s', (_name, subject) => {
    expect(translate(inLatin1(subject.input)).plan).toEqual(translationOf(subject).plan);
  });
});

describe('an include of the whole text', () => {
  it.each(plain)('changes nothing but places: %s', (_name, subject) => {
    const { plan } = translationOf(subject);
    expect(planOf(includedWhole(subject.input))).toEqual(plan && withoutPlaces(plan));
  });
});
