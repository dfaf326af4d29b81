import { describe, expect, it } from 'vitest';
import { after, type ClusterEvent, usualConditions } from '../../src/keepalived/election/conditions.ts';
import type { TrackedKind } from '../../src/keepalived/election/contender.ts';
import { holdersIn, settle } from '../../src/keepalived/election/settle.ts';
import { chooseScenarios } from '../../src/verify/scenarios.ts';
import { scenarioInWords } from '../../src/verify/words.ts';
import { translateNodes } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';
import { playScenarios, subjectOf } from './play.ts';

const definitions = `
track_file drain {
    file /var/lib/drain
}
vrrp_track_process web {
    process nginx
    weight -60
}
bfd_instance path {
    neighbor_ip 192.0.2.9
}
bfd_instance broken {
}`;

const entries = {
  file: 'track_file {\n        drain\n    }',
  process: 'track_process {\n        web\n    }',
  bfd: 'track_bfd {\n        path\n    }',
  broken: 'track_bfd {\n        broken\n    }',
};

/** A pair whose better node tracks something. */
const pairThat = (lines: string, group = '') => {
  const instance = (priority: number, more: string) => `${definitions}
vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}
    virtual_ipaddress {
        192.0.2.50/24
    }
    ${more}
}
${group}`;
  return translateNodes({ n1: instance(150, lines), n2: instance(100, '') });
};

const object = (kind: TrackedKind, name: string) => ({ node: 'n1', object: { kind, name } });
const drains = (value: number): ClusterEvent => ({ kind: 'writes', ...object('file', 'drain'), value });
const webEnds: ClusterEvent = { kind: 'fails', ...object('process', 'web') };
const pathBreaks: ClusterEvent = { kind: 'fails', ...object('bfd', 'path') };

function holderAfter(lines: string, ...events: readonly ClusterEvent[]): string {
  const [election] = pairThat(lines).elections ?? [];
  if (!election) throw new Error('no election');
  return settle(election, events.reduce(after, usualConditions), [])
    .map(({ masters }) => holdersIn(election, masters).join('+'))
    .join(' or ');
}

describe('an election joined from configurations knows', () => {
  it('tracked files, with value times weight and FAULT at -254', () => {
    expect(holderAfter(entries.file)).toBe('n1');
    expect(holderAfter(entries.file, drains(-49))).toBe('n1');
    expect(holderAfter(entries.file, drains(-51))).toBe('n2');
    expect(holderAfter(entries.file.replace('drain', 'drain weight 0'), drains(1))).toBe('n2');
    expect(holderAfter(entries.file, drains(-254), { kind: 'dies', node: 'n2' })).toBe('');
  });

  it('processes, with the weight of their definition', () => {
    expect(holderAfter(entries.process)).toBe('n1');
    expect(holderAfter(entries.process, webEnds)).toBe('n2');
    expect(holderAfter(entries.process, webEnds, { kind: 'dies', node: 'n2' })).toBe('n1');
  });

  it('BFD sessions, also one that the daemon never opens', () => {
    expect(holderAfter(entries.bfd)).toBe('n1');
    expect(holderAfter(entries.bfd, pathBreaks)).toBe('n2');
    expect(holderAfter(entries.broken)).toBe('n2');
  });

  it('what a sync group tracks', () => {
    const group = `vrrp_sync_group G {\n    group {\n        VI_1\n    }\n    ${entries.process}\n}`;
    const [election] = pairThat('', group).elections ?? [];
    expect(election?.contenders[0]?.syncGroup?.tracked).toMatchObject([
      { kind: 'process', name: 'web', weight: -60 },
    ]);
  });
});

describe('the scenarios', () => {
  const { elections = [] } = pairThat(Object.values(entries).slice(0, 3).join('\n    '));

  it('hold events of files, processes and BFD sessions, in words', () => {
    const told = chooseScenarios(elections, { count: 0, seed: 1 }).scenarios.map(scenarioInWords);
    expect(told).toEqual(
      expect.arrayContaining([
        'file drain on n1 says 20, then file drain on n1 says 0',
        'process web on n1 goes down, then process web on n1 comes up',
        'BFD session path on n1 goes down, then BFD session path on n1 comes up',
      ]),
    );
  });

  it('are all pairs without a limit; with one, so many, all single events among them', () => {
    const all = chooseScenarios(elections, { count: 0, seed: 1 });
    const few = chooseScenarios(elections, { count: 40, most: 40, seed: 1 });
    expect(all.pairsLeftOut).toBe(0);
    expect(few.scenarios).toHaveLength(40);
    expect(few.pairsLeftOut).toBeGreaterThan(0);
    const single = all.scenarios.filter((scenario) => scenario.length === 2);
    expect(few.scenarios).toEqual(expect.arrayContaining(single));
    expect(chooseScenarios(elections, { count: 1, most: 1, seed: 1 }).scenarios).toHaveLength(single.length);
  });
});

describe.skipIf(!['crm_simulate', 'cibadmin'].every(requireTool))(
  'crm_simulate agrees with the election',
  () => {
    it.each([
      ['a file', entries.file],
      ['a file of weight 0', entries.file.replace('drain', 'drain weight 0')],
      ['a file of weight 0 that must not say 0', entries.file.replace('drain', 'drain weight 0 reverse')],
      ['a file that counts the other way', entries.file.replace('drain', 'drain weight 3 reverse')],
      ['a process', entries.process],
      ['a process that must not run', entries.process.replace('web', 'web weight 0 reverse')],
      ['a BFD session', entries.bfd],
      ['a BFD session with a weight', entries.bfd.replace('path', 'path weight -60')],
      ['a BFD session that never comes up', entries.broken],
      ['such a session with a weight', entries.broken.replace('broken', 'broken weight -60')],
      [
        'such a session with a weight that counts while it is up',
        entries.broken.replace('broken', 'broken weight 60'),
      ],
      ['all of them', Object.values(entries).slice(0, 3).join('\n    ')],
    ])('%s', async (_kind, lines) => {
      const subject = subjectOf(pairThat(lines));
      if (!subject) throw new Error('no plan');
      const { scenarios } = chooseScenarios(subject.elections, { count: 40, most: 60, seed: 1 });
      const report = await playScenarios(subject, scenarios);
      expect(report.compared).toBeGreaterThan(4);
      expect(report.differences.map(({ sentence }) => sentence)).toEqual([]);
    });

    it('also in sync groups, where processes keep their weights and files become hard', async () => {
      const group = (weights: string) =>
        `vrrp_sync_group G {\n    group {\n        VI_1\n    }\n${weights}    ${entries.bfd}\n}`;
      for (const weights of ['', '    sync_group_tracking_weight\n']) {
        const lines = `${entries.process}\n    ${entries.file}`;
        const subject = subjectOf(pairThat(lines, group(weights)));
        if (!subject) throw new Error('no plan');
        const { scenarios } = chooseScenarios(subject.elections, { count: 40, most: 60, seed: 1 });
        expect((await playScenarios(subject, scenarios)).differences.map(({ sentence }) => sentence)).toEqual(
          [],
        );
      }
    });

    it.each([
      ['an interface of another member', '', 'track_interface {\n eth0 weight 15\n }'],
      [
        'a script that is hard for a later member',
        'track_script {\n chk weight 0\n }',
        'track_script {\n chk weight 15\n }',
      ],
      [
        'a script that is hard for an earlier member',
        'track_script {\n chk weight 15\n }',
        'track_script {\n chk weight 0\n }',
      ],
    ])('also where a member of a sync group weighs %s', async (_what, first, second) => {
      const instance = (name: string, number: number, priority: number, more: string) =>
        `vrrp_instance ${name} {\n interface eth${number}\n virtual_router_id ${number + 1}\n priority ${priority}\n virtual_ipaddress {\n 192.0.2.${number + 50}/24\n }\n ${more}\n}\n`;
      const node = (priority: number) =>
        `vrrp_script chk {\n script /bin/true\n}\nvrrp_sync_group G {\n group {\n A\n B\n }\n sync_group_tracking_weight\n}\n` +
        instance('A', 0, priority, first) +
        instance('B', 1, priority, second);
      const translation = translateNodes({ n1: node(110), n2: node(100) });
      expect(translation.diagnostics.filter(({ code }) => code === 'KP421')).toEqual([]);
      const subject = subjectOf(translation);
      if (!subject) throw new Error('no plan');
      const { scenarios } = chooseScenarios(subject.elections, { count: 40, most: 60, seed: 1 });
      const report = await playScenarios(subject, scenarios);
      expect(report.differences.map(({ sentence }) => sentence)).toEqual([]);
    });
  },
);
