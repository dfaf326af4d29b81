import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCompanion } from '../../src/companion/read-companion.ts';
import { initCompanion } from '../../src/init-companion.ts';
import { translate } from '../../src/translate.ts';
import { chooseScenarios } from '../../src/verify/scenarios.ts';
import { memoryTree } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';
import { playScenarios, subjectOf, unannounced } from '../verify/play.ts';

const agents = '/usr/lib/ocf/resource.d/heartbeat';

const scripts =
  'vrrp_script ha {\nscript "killall -0 haproxy"\nweight -20\n}\nvrrp_script ng {\nscript "pidof nginx"\nweight 60\n}\n';

const instance = (number: number, priority: number, more: string) =>
  `vrrp_instance V${number} {\ninterface eth0\nvirtual_router_id ${number}\npriority ${priority}\nvirtual_ipaddress {\n192.0.2.${number}/24\n}\n${more}\n}\n`;

const tracks = (...entries: readonly string[]) => `track_script {\n${entries.join('\n')}\n}`;

/** Two instances that track both checks; each node is the better one for one of them. */
const usual = ([first, second]: readonly [number, number], more = '') =>
  scripts +
  instance(1, first, `${tracks('ha', 'ng')}\n${more}`) +
  instance(2, second, tracks('ha weight 0', 'ng'));

const inputOf = (text: (priorities: readonly [number, number]) => string) => ({
  nodes: ['lb1', 'lb2'].map((name) => ({ name, path: `${name}.conf`, named: true })),
  options: {},
  files: memoryTree({ 'lb1.conf': text([150, 100]), 'lb2.conf': text([100, 150]) }),
});

/** The services that init proposes, taken up as they stand. */
function proposed(input: ReturnType<typeof inputOf>): string {
  const text = initCompanion(input).text ?? '';
  return text.slice(text.indexOf('# services:')).replace(/^# /gm, '');
}

function translated(input: ReturnType<typeof inputOf>, services: string) {
  const { value, diagnostics } = readCompanion(services, 'kp2pcm.yaml');
  if (!value) throw new Error(JSON.stringify(diagnostics));
  const translation = translate({ ...input, options: { companion: value } });
  if (!translation.plan) throw new Error(JSON.stringify(translation.diagnostics));
  return { ...translation, plan: translation.plan };
}

const withScore = ({ plan }: ReturnType<typeof translated>) =>
  plan.colocations.map(({ resource, with: other, score }) => `${resource} ${other} ${score}`);
const checksIn = ({ plan }: ReturnType<typeof translated>) =>
  plan.resources.flatMap(({ id }) => (/^(?:check|process)-[^.]*(?<!-clone)$/.test(id) ? [id] : []));
const codes = ({ diagnostics }: ReturnType<typeof translated>) =>
  diagnostics
    .map(({ code }) => code)
    .filter((code) => /^KP35|^KP44/.test(code))
    .sort();

describe('init proposes one service for each unit', () => {
  it('which all instances need by their own weights, and no check counts besides', () => {
    const input = inputOf((priorities) => usual(priorities));
    const services = proposed(input);
    expect(services).toMatch(
      /haproxy:\n {4}agent: "systemd:haproxy"\n {4}clone: true\n {4}needed-by:\n {6}"V1": 20\n {6}"V2": INFINITY\n/,
    );
    expect(services).not.toContain('haproxy-2');
    const made = translated(input, services);
    expect(withScore(made)).toEqual([
      'V1 haproxy-clone 20',
      'V2 haproxy-clone INFINITY',
      'V1 nginx-clone 60',
      'V2 nginx-clone 60',
    ]);
    expect(checksIn(made)).toEqual([]);
    expect(made.plan.constraints.filter(({ id }) => /check/.test(id))).toEqual([]);
    expect(codes(made)).toEqual(['KP354', 'KP354']);
  });

  it.skipIf(!['crm_simulate', 'cibadmin'].every(requireTool))(
    'with which Pacemaker holds the addresses where Keepalived did',
    async () => {
      const input = inputOf((priorities) => usual(priorities));
      const subject = subjectOf(translated(input, proposed(input)));
      if (!subject) throw new Error('no subject');
      const { scenarios } = chooseScenarios(subject.elections, { count: 20, most: 40, seed: 3 });
      expect(scenarios.length).toBeGreaterThan(20);
      expect(unannounced(await playScenarios(subject, scenarios))).toBe('');
    },
  );

  it('and leaves a check that asks for more to count as before', () => {
    const more = (priority: number) =>
      `vrrp_script more {\nscript "/bin/sh -c 'pidof nginx && test -e /run/ready'"\nweight 5\n}\n${instance(1, priority, tracks('more'))}`;
    const input = inputOf(([priority]) => more(priority));
    const services = proposed(input);
    expect(services).not.toContain('needed-by:\n');
    expect(services).toContain('goes on counting');
    expect(checksIn(translated(input, services))).toEqual(['check-more']);
  });

  it('of which a sync group is named once', () => {
    const synced = ([priority]: readonly [number, number]) =>
      `${scripts}vrrp_sync_group G {\ngroup {\nV1\nV2\n}\n}\n${instance(1, priority, tracks('ha weight 0'))}${instance(2, priority, tracks('ha weight 0'))}`;
    const input = inputOf(synced);
    expect(withScore(translated(input, proposed(input)))).toEqual(['G haproxy-clone INFINITY']);
  });
});

const clone = (neededBy: string) =>
  `services:\n  web:\n    agent: systemd:haproxy\n    clone: true\n    needed-by: ${neededBy}\n`;

describe('a service of the companion file', () => {
  it('leaves the check to an instance that needed-by does not name', () => {
    const input = inputOf((priorities) => usual(priorities));
    const made = translated(input, clone('{ V1: 20 }'));
    expect(checksIn(made)).toEqual(['check-ha', 'check-ng']);
    expect(made.plan.constraints.flatMap(({ id }) => (/check-ha/.test(id) ? [id] : []))).toEqual([
      'V2-check-ha',
    ]);
  });

  it('says where its weight is another than that of the check', () => {
    const made = translated(
      inputOf((priorities) => usual(priorities)),
      clone('[V1, V2]'),
    );
    const [said] = made.diagnostics.filter(({ code }) => code === 'KP354');
    expect(said?.detail).toContain('For V1 the file says INFINITY, and the configuration 20.');
    const entry = made.plan.fates.filter(
      ({ rule, path }) => rule === 'covered-check' && /track_script/.test(path),
    );
    expect(new Set(entry.map(({ fate }) => fate))).toEqual(new Set(['approximate', 'equivalent']));
  });

  it.skipIf(!['crm_simulate', 'cibadmin'].every(requireTool)).each(['[V1, V2]', '{ V1: 5, V2: 100 }'])(
    'explains all that is different by its own weights: %s',
    async (neededBy) => {
      const input = inputOf((priorities) => usual(priorities));
      const subject = subjectOf(translated(input, clone(neededBy)));
      if (!subject) throw new Error('no subject');
      const { scenarios } = chooseScenarios(subject.elections, { count: 20, most: 40, seed: 3 });
      const report = await playScenarios(subject, scenarios);
      expect(unannounced(report)).toBe('');
      expect(new Set(report.differences.flatMap(({ codes }) => codes))).toEqual(new Set(['KP354']));
    },
  );

  it('warns where notify scripts were told of the check', () => {
    const input = inputOf((priorities) => usual(priorities, 'notify_fault /etc/keepalived/fault.sh'));
    expect(codes(translated(input, clone('{ V1: 20, V2: INFINITY }')))).toEqual(['KP354', 'KP355']);
  });

  it('leaves them a hard check, which says the same as needed-by', () => {
    const hard = ([priority]: readonly [number, number]) =>
      scripts + instance(1, priority, `${tracks('ha weight 0')}\nnotify_fault /etc/keepalived/fault.sh`);
    const made = translated(inputOf(hard), clone('V1'));
    expect(codes(made)).toEqual(['KP353']);
    const told = made.plan.resources.find(({ id }) => id === 'notify-V1');
    expect(told?.kind === 'primitive' && told.attributes['rules']).toContain('kp_check_ha eq 1 -INFINITY');
  });

  it('that follows the instance whose check asks for it everywhere is warned of', () => {
    const input = inputOf((priorities) => usual(priorities));
    const made = translated(input, 'services:\n  web:\n    agent: systemd:haproxy\n    follows: V2\n');
    expect(codes(made)).toEqual(['KP356']);
    expect(checksIn(made)).toEqual(['check-ha', 'check-ng']);
  });

  it('is needed once by instances that move together, and refused where they say it differently', () => {
    const synced = ([priority]: readonly [number, number]) =>
      `vrrp_sync_group G {\ngroup {\nV1\nV2\n}\n}\n${instance(1, priority, '')}${instance(2, priority, '')}`;
    expect(withScore(translated(inputOf(synced), clone('{ V1: 20, V2: 20 }')))).toEqual(['G web-clone 20']);
    const { value } = readCompanion(clone('{ V1: 20, V2: 30 }'), 'kp2pcm.yaml');
    if (!value) throw new Error('not read');
    const { plan, diagnostics } = translate({ ...inputOf(synced), options: { companion: value } });
    expect(plan).toBeUndefined();
    expect(diagnostics.filter(({ code }) => code === 'KP445')).toMatchObject([
      { summary: 'V2 needs it by 30, and V1, which moves with it, by 20' },
    ]);
  });

  it('is refused beside another one with the same unit', () => {
    const services =
      'services:\n  one:\n    agent: systemd:haproxy\n    clone: true\n  two:\n    agent: systemd:haproxy.service\n    follows: V1\n';
    const { value } = readCompanion(services, 'kp2pcm.yaml');
    if (!value) throw new Error('not read');
    const { diagnostics } = translate({
      ...inputOf((priorities) => usual(priorities)),
      options: { companion: value },
    });
    const [twice] = diagnostics.filter(({ code }) => code === 'KP442');
    expect(twice).toMatchObject({ severity: 'error', at: { line: 6 }, notes: [{ at: { line: 3 } }] });
  });
});

describe('an agent that could not be run as it stands', () => {
  const findingsOf = (lines: string) => {
    const { value, diagnostics } = readCompanion(`fencing: none\nservices:\n  one:\n${lines}`, 'kp2pcm.yaml');
    if (!value) throw new Error(JSON.stringify(diagnostics));
    const made = translate({ ...inputOf((priorities) => usual(priorities)), options: { companion: value } });
    return made.diagnostics.filter(({ code }) => code.startsWith('KP44'));
  };

  it.each([
    '    follows: V1\n    agent: ocf:linbit:drbd\n    parameters: { drbd_resource: r0 }\n',
    '    clone: true\n    agent: ocf:heartbeat:galera\n',
    '    follows: V1\n    agent: ocf:heartbeat:pgsql\n    parameters: { rep_mode: sync }\n',
    '    clone: true\n    agent: ocf:heartbeat:mysql\n    parameters: { replication_user: rep }\n',
  ])('is refused where it needs promotion: %j', (lines) => {
    expect(findingsOf(lines)).toMatchObject([{ code: 'KP443', severity: 'error', at: { line: 5 } }]);
  });

  it('is refused where a unit is given parameters', () => {
    const lines = '    follows: V1\n    agent: systemd:httpd\n    parameters: { configfile: /etc/x }\n';
    expect(findingsOf(lines)).toMatchObject([{ code: 'KP444', severity: 'error', at: { line: 6 } }]);
  });

  it.each([
    '    follows: V1\n    agent: ocf:heartbeat:pgsql\n    parameters: { rep_mode: none }\n',
    '    follows: V1\n    agent: ocf:heartbeat:apache\n    parameters: { configfile: /etc/x }\n',
    '    follows: V1\n    agent: systemd:httpd\n',
  ])('and otherwise taken: %j', (lines) => {
    expect(findingsOf(lines)).toEqual([]);
  });

  it.skipIf(!existsSync(agents))('is known by the action promote of its own metadata', () => {
    const alone = ['db2', 'mysql', 'pgsql', 'SAPInstance'];
    const promoting = readdirSync(agents).filter(
      (name) =>
        !name.startsWith('.') && /<action[^>]*name="promote"/.test(readFileSync(join(agents, name), 'utf8')),
    );
    expect(promoting.length).toBeGreaterThan(5);
    for (const name of promoting.filter((one) => !alone.includes(one)))
      expect([name, findingsOf(`    clone: true\n    agent: ocf:heartbeat:${name}\n`)]).toMatchObject([
        name,
        [{ code: 'KP443' }],
      ]);
  });
});
