import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readCompanion } from '../../src/companion/read-companion.ts';
import { emitArtefacts } from '../../src/emit/artefacts.ts';
import { emitTarget } from '../../src/emit/target.ts';
import { isCarried } from '../../src/pacemaker/carried-values.ts';
import { translate } from '../../src/translate.ts';
import type { TranslateOptions } from '../../src/translation.ts';
import { memoryTree } from '../memory-tree.ts';

const node = (priority: number) =>
  `vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 5\n priority ${priority}\n virtual_ipaddress {\n 192.0.2.5/24\n }\n}\n`;

function translated(companion: object, options: TranslateOptions = {}) {
  const { value } = readCompanion(stringify(companion), 'kp2pcm.yaml');
  if (!value) throw new Error('not a companion file');
  return translate({
    nodes: ['lb1', 'lb2'].map((name) => ({ name, path: `${name}.conf`, named: true })),
    files: memoryTree({ 'lb1.conf': node(150), 'lb2.conf': node(100) }),
    options: { ...options, companion: value },
  });
}

const codes = (companion: object, options?: TranslateOptions) =>
  translated(companion, options)
    .diagnostics.filter(({ severity }) => severity !== 'note')
    .map(({ code }) => code);

const ipmi = (nodes: unknown, more: object = {}, parameters: object = {}) => ({
  ...{ kind: 'ipmi', nodes, parameters: { ip: '10.0.0.9', ...parameters } },
  ...more,
});
const both = { fencing: { devices: { f1: ipmi('lb1'), f2: ipmi('lb2') } } };
const disk = {
  services: { data: { follows: 'VI_1', filesystem: { device: '/dev/x', directory: '/d', type: 'ext4' } } },
};

const resource = (plan: ReturnType<typeof translate>['plan'], id: string) => {
  const found = plan?.resources.find((candidate) => candidate.id === id);
  if (found?.kind !== 'primitive') throw new Error(`no ${id}`);
  return found;
};

describe('fencing', () => {
  it('with a device for each of two nodes lets the better one wait, and keeps quorum', () => {
    const { plan } = translated(both);
    expect(plan?.cluster).toMatchObject({ fencing: 'devices', quorumPolicy: 'stop' });
    expect(resource(plan, 'f1').attributes).toEqual({
      ...{ lanplus: '1', ip: '10.0.0.9', pcmk_host_list: 'lb1', pcmk_delay_base: '5s' },
    });
    expect(resource(plan, 'f2').attributes).not.toHaveProperty('pcmk_delay_base');
  });

  it('leaves the delay to the author who says one', () => {
    const { plan } = translated({
      fencing: { devices: { f1: ipmi('lb1'), f2: ipmi('lb2', { delay: '9s' }) } },
    });
    expect(resource(plan, 'f1').attributes).not.toHaveProperty('pcmk_delay_base');
    expect(resource(plan, 'f2').attributes['pcmk_delay_base']).toBe('9s');
  });

  it('with one device for both nodes waits for a random time', () => {
    const { plan } = translated({ fencing: { devices: { all: ipmi({ lb1: 3, lb2: 'x' }) } } });
    expect(resource(plan, 'all').attributes).toMatchObject({
      pcmk_host_map: 'lb1:3;lb2:x',
      pcmk_delay_max: '5s',
    });
  });

  it.each([
    ['a node without a device', { fencing: { devices: { f1: ipmi('lb1') } } }, ['KP361']],
    [
      'a device without what it needs',
      { fencing: { devices: { f: { kind: 'ipmi', nodes: ['lb1', 'lb2'] } } } },
      ['KP362'],
    ],
    ['a node that is not there', { fencing: { devices: { f: ipmi(['lb1', 'lb2', 'lb3']) } } }, ['KP439']],
    ['a level of no device', { fencing: { ...both.fencing, levels: { lb1: ['f3'] } } }, ['KP439']],
    [
      'a device that is called like the instance',
      { fencing: { devices: { VI_1: ipmi(['lb1', 'lb2']) } } },
      ['KP440'],
    ],
    [
      'a service that is called like a check',
      { services: { 'link-eth0': { agent: 'systemd:x', follows: 'VI_1' } } },
      ['KP440'],
    ],
    ['data without fencing', disk, ['KP360']],
    ['data where going without is a decision', { ...disk, fencing: 'none' }, ['KP303']],
    ['data with devices', { ...disk, ...both }, []],
    ['a policy that lets both parts fence each other', { ...both, cluster: { quorum: 'ignore' } }, ['KP363']],
    ['a service of no instance', { services: { s: { agent: 'systemd:x', follows: 'VI_2' } } }, ['KP439']],
  ])('says of %s: %j', (_what, companion, expected) => {
    expect(codes(companion).sort()).toEqual(expected);
  });

  it('is off with --fencing none, whatever the file has', () => {
    const { plan } = translated({ ...both, ...disk }, { fencing: 'none' });
    expect(plan?.cluster).toMatchObject({ fencing: 'none', quorumPolicy: 'ignore' });
    expect(plan?.resources.some(({ id }) => id === 'f1')).toBe(false);
  });
});

describe('the cluster', () => {
  it('has name, token, quorum and links as the file says, unless the command line does', () => {
    const file = {
      cluster: { name: 'web', token: '2s', quorum: 'freeze' },
      nodes: { lb1: { addresses: ['10.0.0.1', '10.1.0.1'] }, lb2: { addresses: ['10.0.0.2', '10.1.0.2'] } },
    };
    expect(translated(file).plan?.cluster).toMatchObject({
      name: 'web',
      tokenMs: 2000,
      quorumPolicy: 'freeze',
    });
    expect(translated(file).plan?.commands[1]?.argv.join(' ')).toContain(
      'lb1 addr=10.0.0.1 addr=10.1.0.1 lb2 addr=10.0.0.2',
    );
    const over = translated(file, { clusterName: 'other', quorum: 'stop' });
    expect(over.plan?.cluster).toMatchObject({ name: 'other', quorumPolicy: 'stop' });
    expect(over.diagnostics.filter(({ code }) => code === 'KP441')).toHaveLength(2);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scriptOf = (plan: NonNullable<ReturnType<typeof translate>['plan']>, name: 'migrate.sh') =>
  emitArtefacts(plan, [name])[0]?.text ?? '';

/** Runs the functions of migrate.sh that put secrets in, on a file. */
function putIn(script: string, cib: string, env: Readonly<Record<string, string>>): string {
  const start = script.indexOf('secrets=(');
  const end = script.indexOf('\n}\n', script.indexOf('put_in_secrets()')) + 3;
  writeFileSync(join(folder, 'cib.xml'), cib);
  const lines = `die() { echo "$1" >&2; exit 1; }\n${script.slice(start, end)}\nput_in_secrets "$1" "$2"\n`;
  execFileSync('bash', ['--norc', '-c', lines, 'test', join(folder, 'cib.xml'), join(folder, 'out.xml')], {
    env,
    stdio: 'pipe',
  });
  return readFileSync(join(folder, 'out.xml'), 'utf8');
}

describe('a secret', () => {
  const { plan } = translated({
    fencing: {
      devices: {
        f1: ipmi('lb1', {}, { password: { file: join(folder, 'pass word') } }),
        f2: ipmi('lb2', {}, { passwd: { environment: 'SECOND' } }),
      },
    },
  });
  if (!plan) throw new Error('no plan');
  const cib = emitTarget(plan, 'cib.xml').value ?? '';

  it('arrives in the configuration as it is, whatever stands in it, and nothing else changes', () => {
    const texts = fc
      .string({ minLength: 1, unit: fc.constantFrom(...'ab"\'&<>$`\\!*?[]{}%;|#~ \té@:=') })
      .filter((text) => text.trim() !== '');
    const script = scriptOf(plan, 'migrate.sh');
    const escaped = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    fc.assert(
      fc.property(texts, texts, (first, second) => {
        writeFileSync(join(folder, 'pass word'), `${first}\nsecond line\n`);
        const env = { SECOND: second, LC_ALL: 'C', PATH: process.env['PATH'] ?? '' };
        if (![first, second].every(isCarried)) {
          expect(() => putIn(script, cib, env)).toThrow(/does not fit/);
          return;
        }
        const out = putIn(script, cib, env);
        const wanted = cib
          .replace('"@secret:f1:password@"', () => `"${escaped(first)}"`)
          .replace('"@secret:f2:passwd@"', () => `"${escaped(second)}"`);
        expect(out).toBe(wanted);
      }),
      { numRuns: 60 },
    );
  });

  it('is a placeholder in every artefact', () => {
    for (const { text } of emitArtefacts(plan)) expect(text).not.toContain('hunter2');
    expect(resource(plan, 'f1').attributes['password']).toBe('@secret:f1:password@');
  });

  it('is missed before anything is changed', () => {
    const script = scriptOf(plan, 'migrate.sh');
    expect(script).toMatch(/step_preflight\(\) \{[\s\S]*?check_secrets[\s\S]*?nothing has been changed/);
  });
});
