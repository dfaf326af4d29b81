import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completePlan, layOutCommands } from '../../src/emit/commands.ts';
import { argvOf } from '../../src/emit/words.ts';
import type { Plan, PlanBody } from '../../src/pacemaker/plan.ts';
import { requireTool } from '../tools.ts';
import { samplePlans } from './sample-plans.ts';

function sample(name: string): Plan {
  const plan = samplePlans[name];
  if (!plan) throw new Error(`no sample plan ${name}`);
  return plan;
}

function bodyOf({ format: _, planId: __, commands: ___, ...body }: Plan): PlanBody {
  return body;
}

const lines = (plan: Plan) => plan.commands.map(({ argv }) => argv.join(' '));
const cluster = (plan: Plan) =>
  plan.commands.filter(({ step }) => step === 'cluster').map(({ argv }) => argv);

describe('the commands of a plan', () => {
  it('make the cluster first, then properties, resources, groups, clones and constraints', () => {
    const order = lines(sample('pair')).map((line) => line.split(' ').slice(1, 3).join(' '));
    expect([...new Set(order)]).toEqual([
      'host auth',
      'cluster setup',
      'cluster start',
      'cluster enable',
      'property set',
      'resource create',
      'resource group',
      'resource meta',
      'resource clone',
      'constraint location',
    ]);
  });

  it('never carry a password', () => {
    expect(lines(sample('pair'))[0]).toBe(
      'pcs host auth lb1 addr=192.0.2.11 lb2 addr=192.0.2.12 -u hacluster',
    );
  });

  it('give all nodes of a group their scores on one line', () => {
    expect(lines(sample('three nodes'))).toContain(
      'pcs constraint location VI_db prefers web-1.example.net=50 web-2.example.net=60 db1=200',
    );
  });

  it('write a rule in words, since pcs 0.11 refuses one string', () => {
    expect(sample('single file').commands.at(-1)?.argv.slice(3)).toEqual([
      ...['VI_1', 'rule', 'id=VI_1-only-node2-rule', 'constraint-id=VI_1-only-node2', 'score=-20'],
      ...['kp_x', 'eq', '1', 'and', '#uname', 'eq', 'node2'],
    ]);
  });

  it('take assumed names, the name of the cluster and the fencing property from variables of the script', () => {
    const words = layOutCommands(sample('single file')).flatMap((command) => command.words);
    const variables = words
      .filter((word) => typeof word !== 'string')
      .map(({ variable, suffix }) => variable + suffix);
    expect([...new Set(variables)]).toEqual([
      ...['NODE1', 'NODE2', 'CLUSTER_NAME', 'FENCING_PROPERTY=false', 'NODE1=150', 'NODE2=100'],
    ]);
  });

  it('are the same words in the plan as in the scripts while every variable has its default', () => {
    for (const plan of Object.values(samplePlans)) {
      expect(layOutCommands(plan).map(({ words }) => argvOf(words))).toEqual(
        plan.commands.map(({ argv }) => argv),
      );
    }
  });

  it('give Corosync as many links as every node has addresses', () => {
    const body = bodyOf(sample('pair'));
    const withAddresses = (...addresses: string[][]) =>
      completePlan({
        ...body,
        nodes: body.nodes.map((node, i) => ({ ...node, addresses: addresses[i] ?? [] })),
      });
    const addressesIn = (plan: Plan, index: number) =>
      cluster(plan)[index]?.filter((word) => word.startsWith('addr='));
    const two = withAddresses(['192.0.2.1', '198.51.100.1'], ['192.0.2.2', '198.51.100.2', '203.0.113.2']);
    expect(addressesIn(two, 1)).toHaveLength(4);
    // pcs itself talks over one.
    expect(addressesIn(two, 0)).toEqual(['addr=192.0.2.1', 'addr=192.0.2.2']);
    expect(addressesIn(withAddresses(['192.0.2.1', '198.51.100.1'], []), 1)).toEqual(['addr=192.0.2.1']);
  });
});

describe.skipIf(!requireTool('pcs'))('pcs', () => {
  it.each(['pair', 'IPv6', 'single file'])(
    'accepts the set-up of the cluster and writes the token: %s',
    (name) => {
      const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-setup-'));
      const file = join(folder, 'corosync.conf');
      try {
        const [program = '', ...words] = cluster(sample(name))[1] ?? [];
        execFileSync(program, [...words, `--corosync_conf=${file}`], { stdio: 'pipe' });
        const text = readFileSync(file, 'utf8');
        expect(text).toMatch(/token: 1318/);
        expect(text).toMatch(/token_coefficient: 0/);
        for (const { addresses } of sample(name).nodes) expect(text).toContain(`ring0_addr: ${addresses[0]}`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

describe('the id of a plan', () => {
  it('is twelve hexadecimal digits and does not depend on the order of keys', () => {
    const plan = sample('pair');
    expect(plan.planId).toMatch(/^[0-9a-f]{12}$/);
    const reversed = Object.fromEntries(Object.entries(bodyOf(plan)).reverse()) as unknown as PlanBody;
    expect(completePlan(reversed).planId).toBe(plan.planId);
  });

  it('changes with anything in the plan', () => {
    const plan = sample('pair');
    const body = bodyOf(plan);
    const other = completePlan({ ...body, cluster: { ...body.cluster, tokenMs: 1319 } });
    expect(other.planId).not.toBe(plan.planId);
    const ids = Object.values(samplePlans).map(({ planId }) => planId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
