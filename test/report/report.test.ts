import { describe, expect, test } from 'vitest';
import { emitPlan, emitReport } from '../../src/emit/report.ts';
import { quorumStory } from '../../src/emit/report-quorum.ts';
import { emitScripts } from '../../src/emit/scripts.ts';
import type { Fate, Plan } from '../../src/pacemaker/plan.ts';
import { samplePlans } from '../emit/sample-plans.ts';

const planNamed = (name: string) => samplePlans[name] as Plan;
const textOf = (plan: Plan) => emitReport(plan).text;
const pair = planNamed('pair');

const headings = [
  '# From Keepalived to Pacemaker',
  '## What moves where',
  '## What is watched',
  '## What differs, and when',
  '## Left to do by hand',
  '## What became of each directive',
  '## Quorum and fencing',
  '## Run, check, undo',
  '## Not carried over',
];

/** The cells of a table's row: a backslash keeps a bar inside its cell. */
function cells(row: string): string[] {
  return row.split(/(?<!\\)\|/).slice(1, -1);
}

describe.each(Object.entries(samplePlans))('the report of %s', (_name, plan) => {
  const text = textOf(plan);
  const lines = text.split('\n');

  test('has its sections and no other heading', () => {
    expect(lines.filter((line) => /^ {0,3}#/.test(line))).toEqual(headings);
  });

  test('has tables whose rows have as many cells as their heads', () => {
    let head = 0;
    for (const line of lines) {
      if (!line.startsWith('|')) head = 0;
      else if (head === 0) head = cells(line).length;
      else expect(cells(line), line).toHaveLength(head);
    }
  });

  test('names every node, address and group', () => {
    for (const { name } of plan.nodes) expect(text).toContain(name);
    for (const { group, addresses } of plan.instances) {
      expect(text).toContain(`| ${group} |`);
      for (const { address, prefixLength } of addresses) expect(text).toContain(`${address}/${prefixLength}`);
    }
  });

  test('shows no character that would steer a terminal, and folds nothing it does not open', () => {
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(text.match(/<details>/g) ?? []).toHaveLength((text.match(/<\/details>/g) ?? []).length);
  });

  test('is the same a second time, with single blank lines and one line feed at its end', () => {
    expect(textOf(plan)).toBe(text);
    expect(text).not.toContain('\n\n\n');
    expect(text).toMatch(/[^\n]\n$/);
  });

  test('counts each directive once', () => {
    const counted = lines.filter((line) =>
      /^\| (exact|equivalent|approximate|manual|not-needed|ignored|unknown) \|/.test(line),
    );
    const sum = counted.map((line) => Number(cells(line)[1])).reduce((total, count) => total + count, 0);
    expect(sum).toBe(plan.fates.length);
    expect(text).toContain(`| all | ${plan.fates.length} | |`);
  });
});

test('the node with the highest score holds the group, the others do not', () => {
  expect(textOf(pair)).toContain(
    '| VI_1 | VI_1 (VRID 51) | **priority 1150: holds it** | priority 1100 | goes back to it |',
  );
});

test('with equal scores nobody is named as the holder', () => {
  const instances = pair.instances.map((instance) => ({
    ...instance,
    nodes: instance.nodes.map((node) => ({ ...node, priority: 100, score: 100 })),
  }));
  expect(textOf({ ...pair, instances })).toContain('| priority 100 | priority 100 |');
});

test('a score that is not the priority is shown beside it, and an unknown priority is called so', () => {
  const [instance] = pair.instances;
  const nodes = [
    { node: 'lb1', priority: 150, score: 1150 },
    { node: 'lb2', score: 1149 },
  ];
  const text = textOf({ ...pair, instances: instance ? [{ ...instance, nodes }] : [] });
  expect(text).toContain('**priority 150, score 1150: holds it** | priority not known, score 1149 |');
});

test('a node that may not hold a group says never', () => {
  expect(textOf(planNamed('three nodes'))).toMatch(/\| VI_web \|.* never \| stays where it is \|/);
});

test('interfaces that differ are named with their nodes', () => {
  const text = textOf({
    ...pair,
    instances: pair.instances.map((instance) => ({
      ...instance,
      addresses: instance.addresses.map((address) => ({
        ...address,
        interfaces: { lb1: 'eth0', lb2: 'ens3' },
      })),
    })),
  });
  expect(text).toContain('| eth0 on lb1, ens3 on lb2 |');
});

test('a check says what it runs, how often, and what follows', () => {
  expect(textOf(pair)).toContain(
    '| chk_haproxy | /usr/bin/killall -0 haproxy | every 2s, bad after 2 in a row, good after 2 in a row | VI_1 counts 60 less on a node while it fails |',
  );
  expect(textOf(pair)).toContain('| VI_1 may not run on a node while there is no link |');
});

test('an assumed name is listed with its variable', () => {
  expect(textOf(planNamed('single file'))).toContain('- node2: `NODE2`');
  expect(textOf(pair)).not.toContain('Names to confirm');
});

test('a manual step is a check box with its places', () => {
  expect(textOf(pair)).toContain(
    '- [ ] **Move the notify scripts.** notify_master /etc/keepalived/up.sh is not run any more. (lb1.conf:31)',
  );
});

describe('manual directives', () => {
  const fate = (line: number, path: string): Fate => ({
    file: 'lb1.conf',
    line,
    column: 1,
    path,
    fate: 'manual',
    reason: 'do this by hand',
    wayOut: 'or leave it',
    rule: 'r',
  });

  test('one that a manual step speaks for is not told twice', () => {
    const text = textOf({ ...pair, fates: [fate(31, 'vrrp_instance VI_1/notify_master')] });
    expect(text).not.toContain('do this by hand');
  });

  test('one without a step is a check box of its own', () => {
    const text = textOf({ ...pair, fates: [fate(9, 'a'), fate(10, 'b')] });
    expect(text).toContain(
      '- [ ] do this by hand\n  **Way out:** or leave it\n  - a (lb1.conf:9)\n  - b (lb1.conf:10)\n',
    );
  });

  test('nothing to do is said', () => {
    expect(textOf({ ...pair, fates: [], manualSteps: [] })).toContain('## Left to do by hand\n\nNothing.\n');
  });

  test('many directives with one reason are cut, with a pointer to the rest', () => {
    const fates = Array.from({ length: 20 }, (_, index) => fate(100 + index, `vrrp_instance VI_${index}/x`));
    const text = textOf({ ...pair, fates });
    expect(text).toContain('  - vrrp_instance VI_5/x (lb1.conf:105)\n  - and 14 more, see plan.json\n');
    expect(text).not.toContain('VI_6/x');
  });
});

test('what differs is grouped by its reason, with the way out, path and places', () => {
  expect(textOf(pair)).toContain(
    '- comes back at once\n  **Way out:** Do it by hand, or live without it.\n  - vrrp_instance VI_1/preempt_delay (lb1.conf:15)\n',
  );
});

test('an approximate part of the plan is named with its reason', () => {
  const constraints = pair.constraints.map((constraint) => ({
    ...constraint,
    origin: { ...constraint.origin, fidelity: 'approximate' as const, why: 'its file is not known' },
  }));
  const text = textOf({ ...pair, constraints });
  expect(text).toContain('- its file is not known\n  - VI_1 prefers lb1 with 1150 (lb1.conf:12)\n');
});

test('both times of a failover are told for each group', () => {
  expect(textOf(pair)).toContain('| VI_1 | 3.4 s | 3.2 s |');
});

test('the run commands carry the plan’s id', () => {
  expect(textOf(pair)).toContain(`(${pair.planId})`);
});

test('every command of the run section is one that its script knows', () => {
  const scripts = new Map(emitScripts(pair).map(({ name, text }): [string, string] => [name, text]));
  const commands = [...textOf(pair).matchAll(/^bash (\S+)((?: [^#\s]+)*)/gm)];
  expect(commands.length).toBeGreaterThan(4);
  for (const [, script = '', options = ''] of commands) {
    const [option = '', step] = options.trim().split(' ');
    expect(scripts.get(script), script).toContain(option === '' ? '#!' : `  ${option}`);
    if (step !== undefined) expect(scripts.get(script)).toContain(step);
  }
});

test('a command between backticks stays a code span, and nothing else of Markdown survives', () => {
  const step = {
    title: 'x',
    instruction: 'run `pcs alert create a*b`, <b>not</b> *this* | [that](u)',
    when: 'before' as const,
    from: [],
  };
  const text = textOf({ ...pair, manualSteps: [step] });
  expect(text).toContain('run `pcs alert create a*b`, \\<b\\>not\\</b\\> \\*this\\* \\| \\[that\\](u)');
});

describe('quorum', () => {
  test.each([
    ['ignore', 2, /every part holds all addresses/, /starts alone serves/],
    ['ignore', 3, /every part holds all addresses/, /starts alone serves/],
    ['stop', 2, /both halves .* quorum/, /until both have seen each other/],
    ['stop', 3, /at least 2 of the 3 nodes/, /until 2 of the 3 nodes are up/],
    ['stop', 4, /at least 3 of the 4 .* two equal halves stops all/, /until 3 of the 4/],
    ['freeze', 3, /starts nothing new/, /until 2 of the 3/],
    ['suicide', 3, /Fencing is off here/, /until 2 of the 3/],
    ['demote', 5, /at least 3 of the 5/, /until 3 of the 5/],
  ] as const)(
    '%s with %i nodes: a partition and a lone boot are told',
    (policy, count, partition, loneBoot) => {
      const story = quorumStory({ quorumPolicy: policy, fencing: 'none' }, count);
      expect(story.partition).toMatch(partition);
      expect(story.loneBoot).toMatch(loneBoot);
    },
  );

  test('the policy of the plan is the one that is told', () => {
    expect(textOf(planNamed('three nodes'))).toContain('`no-quorum-policy=stop`');
  });

  test('fencing is never silently off', () => {
    expect(textOf(pair)).toContain('**Fencing is off**');
  });
});

describe('plan.json', () => {
  test('is the plan, with its format first, two blanks of indent and one final line feed', () => {
    const { text, executable } = emitPlan(pair);
    expect(text).toMatch(/^\{\n {2}"format": "kp2pcm.plan\/1",\n {2}"planId": "[0-9a-f]{12}",\n/);
    expect(text).toMatch(/\}\n$/);
    expect(JSON.parse(text)).toEqual(pair);
    expect(executable).toBe(false);
  });
});
