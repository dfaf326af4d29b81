import { describe, expect, it } from 'vitest';
import { entryShapes, findToken, trackWeights } from '../../grammar/directives/entries.ts';
import { lookUp, rootTable } from '../../grammar/directives/index.ts';
import { knownPaths, placedKeywords, removedKeywords } from './keyword-paths.ts';

const paths = placedKeywords.map(({ path }) => path.join('/'));

describe('the tables of the language', () => {
  it('reach every keyword that the daemon installs, and no other', () => {
    expect([...paths].sort()).toEqual(knownPaths);
    expect(knownPaths).toHaveLength(531);
  });

  it('name each keyword once in its block', () => {
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('find every keyword again by looking it up from the top', () => {
    for (const { path, spec } of placedKeywords) {
      const table = path.slice(0, -1).reduce((block, word) => lookUp(block, word)?.children ?? [], rootTable);
      expect(lookUp(table, spec.keyword), path.join('/')).toBe(spec);
    }
  });

  it('give keywords to blocks alone, and entries to lists alone', () => {
    for (const { path, spec } of placedKeywords) {
      expect(spec.children !== undefined, path.join('/')).toBe(spec.body === 'block');
      expect(spec.entry !== undefined, path.join('/')).toBe(spec.body === 'entries');
    }
  });

  it('lead from every other spelling to a keyword of the same block that is none', () => {
    const others = placedKeywords.filter(({ spec }) => spec.aliasOf !== undefined);
    expect(others).toHaveLength(17);
    for (const { path, spec } of others) {
      const original = [...path.slice(0, -1), spec.aliasOf].join('/');
      const target = placedKeywords.find((candidate) => candidate.path.join('/') === original);
      expect(target, original).toBeDefined();
      expect(target?.spec.aliasOf, original).toBeUndefined();
    }
  });

  it('say what each keyword means, in one line that ends like a sentence', () => {
    for (const { path, spec } of placedKeywords) expect(spec.meaning, path.join('/')).toMatch(/^.{8,120}\.$/);
  });

  it('know the release of each keyword in a form that can be compared', () => {
    for (const { path, spec } of placedKeywords)
      expect(spec.since, path.join('/')).toMatch(/^(?:<=|>)?\d+\.\d+\.\d+$/);
  });

  it('do not find what is inherited by every object', () => {
    expect(lookUp(rootTable, 'constructor')).toBeUndefined();
    expect(lookUp(rootTable, '')).toBeUndefined();
  });

  it('know the keywords that were removed, for the releases that knew them', () => {
    const globals = lookUp(rootTable, 'global_defs')?.children ?? [];
    expect(removedKeywords.map(({ path }) => path.join('/'))).toEqual([
      'global_defs/plugin_dir',
      'virtual_server/nat_mask',
    ]);
    expect(lookUp(globals, 'plugin_dir', '1.2.19')).toBeDefined();
    expect(lookUp(globals, 'plugin_dir', '1.2.20')).toBeUndefined();
  });

  it('know a keyword from its first release on', () => {
    const instance = lookUp(rootTable, 'vrrp_instance')?.children ?? [];
    expect(lookUp(instance, 'vrf', '2.2.4')).toBeUndefined();
    expect(lookUp(instance, 'vrf', '2.2.5')).toBeDefined();
    expect(lookUp(instance, 'vrf', '2.10.0')).toBeDefined();
    expect(lookUp(instance, 'priority', '1.2.1')).toBeDefined();
    const globals = lookUp(rootTable, 'global_defs')?.children ?? [];
    expect(lookUp(globals, 'set_supplementary_groups', '2.4.3')).toBeUndefined();
    expect(lookUp(globals, 'set_supplementary_groups')).toBeDefined();
  });
});

describe('the shapes of entries', () => {
  it('give each token one meaning', () => {
    for (const [kind, { tokens }] of Object.entries(entryShapes)) {
      const words = tokens.flatMap(({ token, aliases = [] }) => [token, ...aliases]);
      expect(new Set(words).size, kind).toBe(words.length);
    }
  });

  it.each([
    ['address', 'broadcast', 'brd', 1],
    ['address', '-nodad', '-nodad', 0],
    ['route', 'gw', 'via', 1],
    ['route', 'nexthop', 'nexthop', 'rest'],
    ['rule', 'lookup', 'table', 1],
    ['track', 'weight', 'weight', 1],
    ['unicast-peer', 'min_ttl', 'min_ttl', 1],
  ] as const)('of an %s know %s as %s', (kind, word, token, takes) => {
    expect(findToken(entryShapes[kind], word)).toMatchObject({ token, takes });
  });

  it('do not take a value for a token', () => {
    expect(findToken(entryShapes.address, '10.0.0.1')).toBeUndefined();
  });

  it('bound the weight of every kind of track entry', () => {
    const tracking = paths.flatMap((path) => path.match(/^vrrp_instance\/(track_(?!src_ip).*)$/)?.[1] ?? []);
    expect(Object.keys(trackWeights).sort()).toEqual([...tracking].sort());
  });
});
