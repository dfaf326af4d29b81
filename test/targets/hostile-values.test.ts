import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readCompanion } from '../../src/companion/read-companion.ts';
import { emitTarget } from '../../src/emit/target.ts';
import { isCarried } from '../../src/pacemaker/carried-values.ts';
import type { Plan, Primitive } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import type { Translation } from '../../src/translation.ts';
import { agentPath, agentText, mailAlertPath } from '../../templates/agents/index.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { understandText } from '../keepalived/understand-text.ts';
import { memoryTree, translateNodes } from '../memory-tree.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { type ClusterContent, contentOfCib, contentOfPlan } from './cib-content.ts';
import { Machine } from './machine.ts';

const ready =
  ['pcs', 'cibadmin', 'crm_verify', 'python3'].every(requireTool) &&
  requireRoot('pcs must find the agent that a plan ships');

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-hostile-'));
const machine = new Machine(folder);
let remove = () => {};
beforeAll(() => {
  if (!ready) return;
  const names = [
    'address',
    'fifo',
    'notify',
    'preempt-delay',
    'route',
    'rule',
    'track',
    'track-file',
    'track-process',
  ] as const;
  const agents = names.map((name) => ({ path: agentPath(name), content: agentText[name] }));
  const all = [...agents, { path: mailAlertPath, content: agentText.mail }];
  remove = machine.install(all.map((file) => ({ ...file, mode: '0755', why: '' })));
});
afterAll(() => {
  remove();
  rmSync(folder, { recursive: true, force: true });
  expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
});

/** The plan by pcs and by a CIB: both must have every value as it is. Operations have none of the author's texts. */
function expectToArrive(plan: Plan): void {
  const wanted = valuesIn(contentOfPlan(plan));
  expect(valuesIn(contentOfCib(machine.reachWithPcs(plan).cib))).toEqual(wanted);
  const { value: cib } = emitTarget(plan, 'cib.xml');
  expect(valuesIn(contentOfCib(machine.accept(cib ?? '')))).toEqual(wanted);
}

function valuesIn({ resources, ...rest }: ClusterContent) {
  // pcs also writes down the operations that an agent advertises.
  return { ...rest, resources: resources.map((resource) => ({ ...(resource as object), operations: [] })) };
}

const nasty = fc
  .array(fc.constantFrom(...'\'"\\$`<>&;:#-!={}%?*@|[]()~,+ \té日😀ax\u0001\u00a0\n'), { maxLength: 10 })
  .map((characters) => characters.join(''));
const anyText = fc.oneof(
  { weight: 3, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...hostileTexts, 'op', 'meta', 'a=b', '--force', 'clone', 'yes', '%n'),
  },
);

const web = { follows: 'VI_1' };
const dummy = { ...web, agent: 'ocf:heartbeat:Dummy' };
const disk = { device: '/dev/sdx', directory: '/srv', type: 'ext4' };
const share = { directory: '/srv/a', clients: '*' };

/** Where the companion file takes a text that becomes a value: the service or device, and where its value ends. */
const places: Readonly<
  Record<
    string,
    {
      of(text: string): object;
      at: readonly [id: string, list: 'attributes' | 'meta', name: string];
      prefix?: string;
    }
  >
> = {
  parameter: { of: (text) => ({ ...dummy, parameters: { fake: text } }), at: ['', 'attributes', 'fake'] },
  meta: { of: (text) => ({ ...dummy, meta: { note: text } }), at: ['', 'meta', 'note'] },
  device: {
    of: (text) => ({ ...web, filesystem: { ...disk, device: text } }),
    at: ['', 'attributes', 'device'],
  },
  mountpoint: {
    of: (text) => ({ ...web, filesystem: { ...disk, directory: `/${text}` } }),
    at: ['', 'attributes', 'directory'],
    prefix: '/',
  },
  type: { of: (text) => ({ ...web, filesystem: { ...disk, type: text } }), at: ['', 'attributes', 'fstype'] },
  mountOptions: {
    of: (text) => ({ ...web, filesystem: { ...disk, options: text } }),
    at: ['', 'attributes', 'options'],
  },
  clients: {
    of: (text) => ({ ...web, nfs: { exports: [{ ...share, clients: text }] } }),
    at: ['-export-1', 'attributes', 'clientspec'],
  },
  exportOptions: {
    of: (text) => ({ ...web, nfs: { exports: [{ ...share, options: text }] } }),
    at: ['-export-1', 'attributes', 'options'],
  },
  state: {
    of: (text) => ({ ...web, nfs: { state: `/${text}`, exports: [share] } }),
    at: ['-server', 'attributes', 'nfs_shared_infodir'],
    prefix: '/',
  },
  nginx: {
    of: (text) => ({ ...web, nginx: { configuration: `/${text}` } }),
    at: ['', 'attributes', 'configfile'],
    prefix: '/',
  },
  program: {
    of: (text) => ({ ...web, nginx: { program: `/${text}` } }),
    at: ['', 'attributes', 'httpd'],
    prefix: '/',
  },
  status: { of: (text) => ({ ...web, nginx: { status: text } }), at: ['', 'attributes', 'status10url'] },
};

const node = (priority: number) =>
  `vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 5\n priority ${priority}\n virtual_ipaddress {\n 192.0.2.5/24\n }\n}\n`;

/** Undefined where the reader of the file refuses it. */
function translated(companion: object): Translation | undefined {
  const { value } = readCompanion(stringify(companion), 'kp2pcm.yaml');
  if (!value) return undefined;
  return translate({
    nodes: ['lb1', 'lb2'].map((name) => ({ name, path: `${name}.conf`, named: true })),
    files: memoryTree({ 'lb1.conf': node(150), 'lb2.conf': node(100) }),
    options: { companion: value },
  });
}

const device = (parameters: object, plug = 'x') => ({
  agent: 'fence_ipmilan',
  nodes: { lb1: plug, lb2: 'y' },
  parameters: { ip: '192.0.2.9', ...parameters },
});

function primitive(plan: Plan, id: string): Primitive {
  const found = plan.resources.find((resource) => resource.id === id);
  if (found?.kind !== 'primitive') throw new Error(`no primitive ${id}`);
  return found;
}

describe('a text of the companion file', () => {
  const names = fc.constantFrom(...Object.keys(places));

  it('is in the plan as it is, or refused with a place', () => {
    fc.assert(
      fc.property(names, anyText, (name, text) => {
        const place = places[name];
        if (!place) throw new Error(name);
        const made = translated({ fencing: 'none', services: { s: place.of(text) } });
        const value = `${place.prefix ?? ''}${text}`;
        if (!made) return;
        const [suffix, list, key] = place.at;
        if (made.plan) {
          expect(primitive(made.plan, `s${suffix}`)[list][key]).toBe(value);
          expect(isCarried(value)).toBe(true);
        } else {
          const errors = made.diagnostics.filter(({ severity }) => severity === 'error');
          expect(errors.map(({ code, at }) => [code, at?.file])).toEqual([['KP329', 'kp2pcm.yaml']]);
          expect(isCarried(value)).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is refused where it would take another’s secret', () => {
    const secret = { password: { file: '/root/x' } };
    const made = (fake: string) =>
      translated({
        fencing: { devices: { f: device(secret) } },
        services: { s: { ...dummy, parameters: { fake } } },
      })?.diagnostics.filter(({ severity }) => severity === 'error');
    expect(made('@secret:f:password@')?.map(({ code }) => code)).toEqual(['KP329']);
    expect(made('@secret:g:password@')).toEqual([]);
  });

  it.skipIf(!ready)(
    'arrives in the cluster',
    () => {
      const texts = fc.array(anyText.filter(isCarried), {
        minLength: Object.keys(places).length,
        maxLength: Object.keys(places).length,
      });
      fc.assert(
        fc.property(
          texts,
          fc.array(anyText.filter(isCarried), { minLength: 4, maxLength: 4 }),
          (list, more) => {
            const services: Record<string, object> = {};
            for (const [index, place] of Object.values(places).entries()) {
              const service = place.of(list[index] ?? '');
              if (translated({ fencing: 'none', services: { s: service } })?.plan)
                services[`s${index}`] = service;
            }
            const devices = Object.fromEntries(
              more.flatMap((text, index) => {
                const made = device({ username: text }, text);
                const isTaken = translated({ fencing: { devices: { f: made } } })?.plan;
                return [[`f${index}`, isTaken ? made : device({ username: text })]];
              }),
            );
            const plan = translated({ fencing: { devices }, services })?.plan;
            if (!plan) throw new Error('what is taken alone is not taken together');
            expectToArrive(plan);
            expectSameByAnsible(plan);
          },
        ),
        { numRuns: 1, endOnFailure: true },
      );
    },
    300_000,
  );
});

/** All values of resources, as PyYAML reads them from the variables of the role. */
function expectSameByAnsible(plan: Plan): void {
  const { value = '' } = emitTarget(plan, 'ha_cluster.yml');
  const program = `import json, sys, yaml
yaml.SafeLoader.add_constructor('!unsafe', lambda loader, node: loader.construct_scalar(node))
json.dump(yaml.safe_load(sys.stdin.buffer.read().decode('utf-8')), sys.stdout)`;
  const said = JSON.parse(
    execFileSync('/usr/bin/python3', ['-c', program], { input: value, encoding: 'utf8' }),
  );
  interface Read {
    readonly id: string;
    readonly instance_attrs?: readonly { readonly attrs: readonly { name: string; value: string }[] }[];
  }
  const read = new Map(
    (said.ha_cluster_resource_primitives as Read[]).map(({ id, instance_attrs: [set] = [] }) => [
      id,
      Object.fromEntries((set?.attrs ?? []).map(({ name, value: text }) => [name, text])),
    ]),
  );
  for (const resource of plan.resources)
    if (resource.kind === 'primitive') expect(read.get(resource.id)).toEqual(resource.attributes);
}

/** What an agent’s `eval "set -- $parameter"` makes of it. */
function split(parameter: string | undefined): string[] {
  const program = 'NEWLINE="\n"; eval "set -- $1"; printf "%s\\0" "$@"';
  const said = execFileSync('/bin/sh', ['-c', program, 'sh', parameter ?? ''], { encoding: 'utf8' });
  return said.split('\0').slice(0, -1);
}

/** Words that a section for nodes cannot take for its own. */
const sectionless = (words: readonly string[]) => words.map((word) => word.replace(/^@@/, '@'));

describe.skipIf(!ready)('a text of keepalived.conf', () => {
  // What stands in double quotes in a line of the file; the daemon's own reading of it is held elsewhere.
  const quoted = anyText.map((text) => text.replace(/["\r\n\0]/g, ''));
  const configuration = (texts: readonly string[]) => {
    const [a = '', b = '', c = '', d = '', e = '', f = ''] = texts;
    return `global_defs {
router_id "${a}"
notification_email {
admin@example.com
"${b}"
}
notification_email_from "${c}"
smtp_server 192.0.2.25
smtp_helo_name "${d}"
vrrp_notify_fifo "/run/${e}"
vrrp_notify_fifo_script "/bin/x ${f}"
}
vrrp_script chk {
script "/bin/x ${a}"
user root
}
track_file tf {
file "/run/${b}"
}
vrrp_track_process tp {
process "/bin/x ${c}"
full_command
}
vrrp_instance VI_1 {
interface eth0
virtual_router_id 5
smtp_alert
virtual_ipaddress {
192.0.2.5/24
192.0.2.6/32 scope link label "${a}"
}
track_script {
chk weight 2
}
track_file {
tf
}
track_process {
tp
}
virtual_routes {
192.0.2.128/25 dev eth0 table "${d}" proto "${e}"
}
virtual_rules {
from 192.0.2.0/24 table "${f}" iif "${a}"
}
notify_master "/bin/x ${d}" root
notify_backup "/bin/x ${e}" "u${f}"
notify "/bin/x ${f} @lb2 ${a}"
}
`;
  };

  it('arrives as the daemon reads it, with whatever carries it', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(quoted, { minLength: 6, maxLength: 6 }), (texts) => {
        const text = configuration(texts);
        const { plan } = translateNodes({ lb1: text, lb2: text });
        if (!plan) return;
        compared++;
        expectToArrive(plan);
        const { scripts, trackFiles, trackProcesses, instances, globals } = understandText(text).value;
        const attributes = (id: string): Readonly<Record<string, string>> | undefined => {
          const found = plan.resources.find((one) => one.id === id);
          return found?.kind === 'primitive' ? found.attributes : undefined;
        };
        const check = attributes('check-chk');
        if (check) expect(split(check['command'])).toEqual(scripts[0]?.argv);
        const file = attributes('file-tf');
        if (file) expect(split(file['file'])).toEqual([trackFiles[0]?.path]);
        const process = attributes('process-tp');
        if (process) expect(split(process['process'])).toEqual(trackProcesses[0]?.argv);
        for (const { event, argv } of instances[0]?.notifyScripts ?? []) {
          const parameter = event === 'any' ? 'notify' : `notify_${event}`;
          expect(sectionless(split(attributes('notify-VI_1')?.[parameter]))).toEqual(argv);
        }
        const fifo = plan.resources.find(
          (one) => one.kind === 'primitive' && one.agent === 'ocf:kp2pcm:fifo',
        );
        if (fifo?.kind === 'primitive')
          expect(split(fifo.attributes['path'])).toEqual([globals.vrrpNotifyFifo.path]);
      }),
      { numRuns: 1, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(0);
  }, 600_000);
});
