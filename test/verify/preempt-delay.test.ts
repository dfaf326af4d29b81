import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configurationXml } from '../../src/emit/cib.ts';
import { type Attributes, withAttributes, withNodes, withReturned } from '../../src/verify/cib-status.ts';
import { placementKey } from '../../src/verify/placement.ts';
import { placementsIn } from '../../src/verify/read-simulation.ts';
import { chooseScenarios } from '../../src/verify/scenarios.ts';
import { codesOf, translateNodes } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';
import { playScenarios, subjectOf } from './play.ts';

const node = (priority: number, more = 'preempt_delay 60', outside = '') => `${outside}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}
    ${more}
    virtual_ipaddress {
        192.0.2.50/24
        192.0.2.51/24
    }
}`;

const pair = translateNodes({ lb1: node(200), lb2: node(150) });
const onlyBest = translateNodes({ lb1: node(200), lb2: node(150, '') });

const waits = { kp_link_eth0: '1', kp_wait_VI_1: '1' };
const ready = { kp_link_eth0: '1', kp_wait_VI_1: '0' };
/** A node that has just come: no agent has said anything yet. */
const unheard = {};

/** Pacemaker's own scheduler, with the attributes that the agents would set. */
class Cluster {
  private readonly folder = mkdtempSync(join(tmpdir(), 'kp2pcm-wait-'));
  private readonly file = join(this.folder, 'cib.xml');
  private readonly plan: NonNullable<(typeof pair)['plan']>;

  constructor({ plan }: typeof pair, attributes: Readonly<Record<string, Attributes>>) {
    if (!plan) throw new Error('no plan');
    this.plan = plan;
    const empty = execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' });
    const cib = empty.replace(/<configuration>[\s\S]*<\/configuration>/, () =>
      configurationXml(plan).join('\n'),
    );
    writeFileSync(this.file, withNodes(cib, new Map(Object.entries(attributes))));
  }

  /** Lets it do what it wants to, and says where the group is then. */
  holder(...words: readonly string[]): string | undefined {
    const output = execFileSync('crm_simulate', ['-x', this.file, ...words, '-S', '-O', this.file], {
      encoding: 'utf8',
    });
    const placement = placementsIn(output, this.plan).get('VI_1');
    return placement && placementKey(placement);
  }

  dies(name: string) {
    return this.holder('--node-fail', name);
  }

  returns(name: string, attributes: Attributes) {
    writeFileSync(this.file, withReturned(this.text(), name, attributes));
    return this.holder();
  }

  says(name: string, attributes: Attributes) {
    writeFileSync(this.file, withAttributes(this.text(), name, attributes));
    return this.holder();
  }

  close() {
    rmSync(this.folder, { recursive: true });
  }

  private text() {
    return readFileSync(this.file, 'utf8');
  }
}

describe.skipIf(!['crm_simulate', 'cibadmin'].every(requireTool)).each([
  ['on both nodes', pair],
  ['on the better node only', onlyBest],
])('preempt_delay %s', (_, translation) => {
  let cluster: Cluster;
  beforeEach(() => {
    cluster = new Cluster(translation, { lb1: ready, lb2: ready });
    expect(cluster.holder()).toBe('lb1');
    expect(cluster.dies('lb1')).toBe('lb2');
  });
  afterEach(() => cluster.close());

  it('leaves the group where it is until the better node has waited, then sends it home', () => {
    expect(cluster.returns('lb1', unheard)).toBe('lb2');
    expect(cluster.says('lb1', waits)).toBe('lb2');
    expect(cluster.says('lb1', ready)).toBe('lb1');
  });

  it('lets a node that waits take over at once where no other can', () => {
    expect(cluster.returns('lb1', waits)).toBe('lb2');
    expect(cluster.dies('lb2')).toBe('lb1');
    expect(cluster.returns('lb2', unheard)).toBe('lb1');
  });

  it('lets a node that waits take over where the link of the other is lost', () => {
    expect(cluster.returns('lb1', waits)).toBe('lb2');
    expect(cluster.says('lb2', { ...ready, kp_link_eth0: '0' })).toBe('lb1');
  });
});

describe.skipIf(!['crm_simulate', 'cibadmin'].every(requireTool))('where every node waits', () => {
  it.each([
    ['nobody has said anything', unheard, unheard],
    ['all have just started', waits, waits],
    ['the holder has found its address', ready, waits],
    ['the holder has, and nobody else has said anything', ready, unheard],
  ])('the better one keeps the group: %s', (_, lb1, lb2) => {
    const cluster = new Cluster(pair, { lb1: unheard, lb2: unheard });
    expect(cluster.holder()).toBe('lb1');
    cluster.says('lb1', lb1);
    expect(cluster.says('lb2', lb2)).toBe('lb1');
    cluster.close();
  });

  it('and the lesser one, which holds it and says so, keeps it for the time of the delay', () => {
    const cluster = new Cluster(pair, { lb1: { ...unheard, kp_link_eth0: '0' }, lb2: ready });
    expect(cluster.holder()).toBe('lb2');
    expect(cluster.says('lb1', waits)).toBe('lb2');
    expect(cluster.says('lb1', ready)).toBe('lb1');
    cluster.close();
  });

  it('ends where Keepalived ends, whatever happens', async () => {
    const subject = subjectOf(pair);
    if (!subject) throw new Error('no elections');
    const { scenarios } = chooseScenarios(subject.elections, { count: 40, most: 60, seed: 3 });
    const report = await playScenarios(subject, scenarios);
    expect(report.differences.map(({ sentence }) => sentence)).toEqual([]);
  });
});

describe('the fate of preempt_delay', () => {
  const fatesIn = ({ plan }: typeof pair) =>
    plan?.fates.filter(({ path }) => path.endsWith('preempt_delay')).map(({ fate }) => fate);
  const script = 'vrrp_script up {\n    script /bin/true\n    weight -60\n}';
  const tracking = 'preempt_delay 60\n    track_script {\n        up\n    }';

  it('is equivalent for a pair without weights', () => {
    expect(fatesIn(pair)).toEqual(['equivalent', 'equivalent']);
    expect(fatesIn(onlyBest)).toEqual(['equivalent']);
    expect(codesOf(pair)).not.toContain('KP305');
  });

  it.each([
    [
      'a weight can make the better node worse',
      { lb1: node(200, tracking, script), lb2: node(150, tracking, script) },
      /weight alone/,
    ],
    ['there is a third node', { lb1: node(200), lb2: node(150), lb3: node(100) }, /another node takes over/],
    [
      'the best node has nopreempt',
      { lb1: node(200, 'nopreempt'), lb2: node(150, 'preempt_delay 60'), lb3: node(100, '') },
      /nopreempt/,
    ],
  ])('is approximate, and is said, where %s', (_, nodes, reason) => {
    const translation = translateNodes(nodes);
    expect(new Set(fatesIn(translation))).toEqual(new Set(['approximate']));
    const said = translation.diagnostics.find(({ code }) => code === 'KP305');
    expect(said?.detail).toMatch(reason);
  });

  it('with nopreempt everywhere has nothing to say, since the daemon clears it', () => {
    const nodes = { lb1: node(200, 'nopreempt\n    preempt_delay 60'), lb2: node(150, 'nopreempt') };
    const { plan } = translateNodes(nodes);
    expect(fatesIn(translateNodes(nodes))).toEqual(['ignored']);
    expect(plan?.files).toEqual([]);
  });
});
