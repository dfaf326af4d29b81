import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limitsOf } from '../../grammar/directives/limits.ts';
import type { ArgumentType, DirectiveSpec } from '../../grammar/directives/spec.ts';
import { requireTool } from '../tools.ts';
import { type PlacedKeyword, placedKeywords } from './keyword-paths.ts';

const ready = requireTool('keepalived');
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-daemon-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a block needs, beside the keyword under test, so that the daemon reads that keyword as it should. */
const heads: Readonly<Record<string, string>> = {
  vrrp_instance: 'vrrp_instance V {\ninterface lo\nvirtual_router_id 5',
  vrrp_sync_group: 'vrrp_sync_group G {\ngroup {\nV\nW\n}',
  vrrp_script: 'vrrp_script S {',
  vrrp_track_process: 'vrrp_track_process P {',
  track_file: 'track_file F {',
  vrrp_track_file: 'vrrp_track_file F {',
  track_group: 'track_group T {',
  bfd_instance: 'bfd_instance B {',
  virtual_server:
    'virtual_server 10.9.9.1 80 {\nprotocol TCP\nlb_algo rr\nlb_kind DR\nsorry_server 10.9.9.9 80',
  real_server: 'real_server 10.9.9.2 80 {',
};

/** A check without a url crashes the daemon (measured with 2.2.7). */
const url = 'url {\npath /\nstatus_code 200\n}';

const neededIn: Readonly<Record<string, readonly string[]>> = {
  GET: [url],
  url: ['path /'],
  FILE_CHECK: ['track_file F'],
};

function configuration(path: readonly string[], line: string): string {
  const blocks = path.slice(0, -1);
  const open = blocks.map((block) => heads[block] ?? `${block} {`);
  const last = blocks.at(-1) ?? '';
  const needed = neededIn[last.replace(/^(?:HTTP|SSL)_/, '')] ?? [];
  const before = last === 'FILE_CHECK' ? ['track_file F {\nfile /tmp/kp2pcm\n}'] : [];
  return [...before, ...open, ...needed, line, ...blocks.map(() => '}'), ''].join('\n');
}

/** What the daemon says of a configuration that it only tests, and whether it died of it. */
function configTest(text: string): { readonly output: string; readonly crashed: boolean } {
  const file = join(folder, 'keepalived.conf');
  writeFileSync(file, text);
  const { stdout, stderr, signal } = spawnSync('keepalived', ['--config-test', '--use-file', file], {
    encoding: 'utf8',
  });
  return { output: stdout + stderr, crashed: signal !== null };
}

/** The keyword without any word, with what its block cannot do without. */
function alone({ keyword, body }: DirectiveSpec): string {
  if (body === 'nothing') return keyword;
  return `${keyword} {\n${keyword.endsWith('_GET') ? url : ''}\n}`;
}

const samples: Partial<Record<ArgumentType, string>> = {
  script: '/bin/true',
  path: '/tmp/kp2pcm',
  string: 'abc',
  tokens: 'eth0',
  none: '',
};

function release(since: string): readonly number[] {
  return since.replace(/^<=/, '').split('.').map(Number);
}

function isAtMost(since: string, version: string): boolean {
  if (since.startsWith('>')) return false;
  const wanted = release(since);
  const given = release(version);
  const differing = wanted.findIndex((part, place) => part !== given[place]);
  return differing === -1 || (wanted[differing] ?? 0) < (given[differing] ?? 0);
}

function installedVersion(): string {
  const { stdout, stderr } = spawnSync('keepalived', ['--version'], { encoding: 'utf8' });
  return /v(\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1] ?? '0.0.0';
}

describe.skipIf(!ready)('the installed keepalived', () => {
  const version = ready ? installedVersion() : '0.0.0';
  const known = placedKeywords.filter(({ spec }) => isAtMost(spec.since, version));
  // Builds without iptables do not know it, Debian's among them.
  const optional = new Set(['vrrp_ipsets']);

  it('runs, so that the tests below test something', () => {
    expect(execFileSync('keepalived', ['--help'], { stdio: 'pipe' })).toBeDefined();
    expect(known.length).toBeGreaterThan(500);
  });

  it('knows every keyword that the tables say it knows, in its block', () => {
    const unknown = known.filter(({ path, spec }) => {
      const { output } = configTest(configuration(path, alone(spec)));
      return output.includes(`Unknown keyword '${spec.keyword}'`) && !optional.has(spec.keyword);
    });
    expect(unknown.map(({ path }) => path.join('/'))).toEqual([]);
  });

  it('does not know keywords that are newer than it', () => {
    const newer = placedKeywords.filter(
      ({ spec }) => !isAtMost(spec.since, version) && spec.body === 'nothing',
    );
    const parents = newer.filter(({ path }) =>
      known.some((one) => one.path.join() === path.slice(0, -1).join()),
    );
    const understood = parents.filter(({ path, spec }) => {
      const { output } = configTest(configuration(path, alone(spec)));
      return !output.includes(`Unknown keyword '${spec.keyword}'`);
    });
    expect(understood.map(({ path }) => path.join('/'))).toEqual([]);
  });

  // Which missing word is fatal is the daemon's habit in the release that was measured.
  it.skipIf(version !== '2.2.7')('exits for a missing word exactly where the tables say so', () => {
    const differing = known.filter(({ path, spec }) => {
      const line = spec.keyword === 'bfd_instance' ? 'bfd_instance {\nneighbor_ip 10.0.0.2\n}' : alone(spec);
      const { output, crashed } = configTest(configuration(path, line));
      const exits = output.includes('is missing a parameter') || crashed;
      return exits !== spec.minArgs > 0;
    });
    expect(differing.map(({ path }) => path.join('/'))).toEqual([]);
  });

  // The daemon looks at no number here; and nb_get_retry is reported as deprecated whatever follows.
  const unbounded = new Set(['regex_min_offset', 'regex_max_offset', 'nb_get_retry']);

  // What a reader of numbers takes has changed between releases.
  describe.skipIf(version !== '2.2.7')('asked for numbers', () => {
    const bounded = known.filter(
      ({ spec }) => (spec.limits ?? /^u?int\b/.test(spec.type)) && !unbounded.has(spec.keyword),
    );
    const raisesZero = ({ spec }: PlacedKeyword) => spec.range?.startsWith('0 becomes 1') ?? false;
    const complains = ({ path }: PlacedKeyword, number: number) => {
      const keyword = path.at(-1) ?? '';
      const line = `${keyword === 'lvs_timeouts' ? `${keyword} tcp` : keyword} ${number}`;
      const text = configuration(path, line);
      const at = text.split('\n').indexOf(line) + 1;
      return configTest(text).output.includes(`Line ${at})`);
    };

    it('takes the least and the greatest that the tables name', () => {
      expect(bounded.length).toBeGreaterThan(80);
      const refused = bounded.flatMap((row) =>
        (row.spec.limits ?? limitsOf(row.spec))
          .flatMap((limit) => limit ?? [])
          .filter((limit) => complains(row, limit) && !(limit === 0 && raisesZero(row)))
          .map((limit) => `${row.path.join('/')} ${limit}`),
      );
      expect(refused).toEqual([]);
    });

    it('complains of a number beyond them', () => {
      const taken = bounded.flatMap((row) => {
        const [low, high] = row.spec.limits ?? limitsOf(row.spec);
        const beyond = [low - 1, ...(high === undefined ? [] : [high + 1])];
        return beyond
          .filter((number) => !complains(row, number))
          .map((number) => `${row.path.join('/')} ${number}`);
      });
      expect(taken).toEqual([]);
    });
  });

  it('reports a repeat wherever the tables say that the first wins', () => {
    const first = known.filter(({ spec }) => spec.repeat === 'first-wins');
    expect(first.length).toBeGreaterThan(40);
    const silent = first.filter(({ path, spec }) => {
      const sample = spec.keyword === 'digest' ? '0'.repeat(32) : (samples[spec.type] ?? '5');
      const line = spec.body === 'words' ? `${spec.keyword} {\nV\n}` : `${spec.keyword} ${sample}`;
      const { output } = configTest(configuration(path, `${line}\n${line}`));
      return !/already|duplicate|Unknown keyword 'group'/i.test(output);
    });
    expect(silent.map(({ path }) => path.join('/'))).toEqual([]);
  });
});
