import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readCompanion } from '../../src/companion/read-companion.ts';
import type { Plan, Primitive } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import { fixtureSubjects, translationOf } from '../laws/subjects.ts';
import { memoryTree } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';
import { elementsOf, parseXml, type XmlElement } from '../xml.ts';

/** Every kind of service and of fencing device, with all that the companion file can say of it. */
const everyKind = {
  fencing: {
    devices: Object.fromEntries(
      Object.entries({
        ipmi: { ip: 'a' },
        xvm: { ipport: '1229' },
        virsh: { ip: 'a', username: 'b' },
        vmware: { ip: 'a', username: 'b' },
        aws: { region: 'a' },
        azure: { resourceGroup: 'a', subscriptionId: 'b' },
        gce: { zone: 'a', project: 'b' },
        sbd: { devices: '/dev/x' },
      }).map(([kind, parameters]) => [kind, { kind, nodes: ['lb1', 'lb2'], parameters, delay: '5s' }]),
    ),
  },
  services: {
    disk: {
      follows: 'VI_1',
      filesystem: { device: '/dev/x', directory: '/srv', type: 'ext4', options: 'noatime' },
    },
    share: {
      follows: 'VI_1',
      nfs: {
        filesystem: { device: '/dev/y', directory: '/nfs', type: 'ext4' },
        exports: [{ directory: '/nfs/a', clients: '*', options: 'rw', fsid: '7' }],
      },
    },
    web: {
      follows: 'VI_1',
      nginx: { configuration: '/etc/n.conf', status: 'http://127.0.0.1/s', program: '/usr/sbin/nginx' },
    },
  },
};

function planOf(companion: object): Plan {
  const { value, diagnostics } = readCompanion(stringify(companion), 'kp2pcm.yaml');
  if (!value) throw new Error(JSON.stringify(diagnostics));
  const text =
    'vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 5\nvirtual_ipaddress {\n192.0.2.5/24\n}\n}\n';
  const { plan } = translate({
    nodes: ['lb1', 'lb2'].map((name) => ({ name, path: `${name}.conf`, named: true })),
    files: memoryTree({ 'lb1.conf': text, 'lb2.conf': text }),
    options: { companion: value },
  });
  if (!plan) throw new Error('no plan');
  return plan;
}

const ofCompanion = planOf(everyKind);
const plans = [ofCompanion, ...fixtureSubjects.flatMap((subject) => translationOf(subject).plan ?? [])];

/** By agent, all primitives that any plan has of it. */
const primitives = new Map<string, Primitive[]>();
for (const resource of plans.flatMap(({ resources }) => resources)) {
  if (resource.kind !== 'primitive' || resource.agent.startsWith('systemd:')) continue;
  primitives.set(resource.agent, [...(primitives.get(resource.agent) ?? []), resource]);
}

const known = new Map<string, XmlElement | undefined>();

/** What the agent says of itself; undefined where it is not installed. */
function metadataOf(agent: string): XmlElement | undefined {
  if (!known.has(agent)) known.set(agent, askMetadata(agent));
  return known.get(agent);
}

function askMetadata(agent: string): XmlElement | undefined {
  const shipped = /^ocf:kp2pcm:([\w-]+)$/.exec(agent)?.[1];
  if (shipped !== undefined) {
    const path = fileURLToPath(new URL(`../../templates/agents/${shipped}`, import.meta.url));
    return parseXml(execFileSync('/bin/sh', [path, 'meta-data'], { encoding: 'utf8' }));
  }
  const { status, stdout } = spawnSync('crm_resource', ['--show-metadata', agent], { encoding: 'utf8' });
  return status === 0 && stdout.includes('<resource-agent') ? parseXml(stdout) : undefined;
}

function parametersOf(metadata: XmlElement): Set<string | undefined> {
  return new Set(elementsOf(metadata, 'parameter').map(({ attributes }) => attributes['name']));
}

const ofOtherPackages = ['ocf:heartbeat:ldirectord', 'ocf:pacemaker:ping', 'stonith:fence_xvm'];

/** Of every fencing device, read by Pacemaker itself. */
const ofPacemaker =
  /^(?:pcmk_(?:host_(?:list|map|check|argument)|delay_(?:base|max)|action_limit|\w+_(?:action|timeout|retries))|provides|stonith-timeout|priority)$/;

describe.skipIf(!requireTool('crm_resource'))('the metadata of the agent', () => {
  it.each([...primitives])('has every parameter that plans give it: %s', (agent, all) => {
    const metadata = metadataOf(agent);
    // Whether an agent of another package is there is asked below.
    if (!metadata) return;
    const parameters = parametersOf(metadata);
    const given = new Set(
      all.flatMap(({ attributes, attributesOnNodes = [] }) =>
        [attributes, ...attributesOnNodes.map((own) => own.attributes)].flatMap((list) => Object.keys(list)),
      ),
    );
    const isFencing = agent.startsWith('stonith:');
    expect(
      [...given].filter((name) => !parameters.has(name) && !(isFencing && ofPacemaker.test(name))),
    ).toEqual([]);
  });

  it('is there for all agents of Debian’s resource-agents and fence-agents', () => {
    const missing = [...primitives.keys()].filter((agent) => !metadataOf(agent));
    expect(missing.filter((agent) => !ofOtherPackages.includes(agent))).toEqual([]);
  });

  it.each(['Filesystem', 'nfsserver', 'exportfs', 'nginx'])(
    'advertises the times that it gets: %s',
    (name) => {
      const metadata = metadataOf(`ocf:heartbeat:${name}`);
      if (!metadata) throw new Error(`ocf:heartbeat:${name} is not installed`);
      const advertised = elementsOf(metadata, 'action').map(({ attributes }) => attributes);
      const found = ofCompanion.resources.find(
        (one) => one.kind === 'primitive' && one.agent === `ocf:heartbeat:${name}`,
      ) as Primitive;
      for (const { name: action, options } of found.operations) {
        const depth = options['OCF_CHECK_LEVEL'] ?? '0';
        const own = advertised.find((one) => one['name'] === action && (one['depth'] ?? '0') === depth);
        const { timeout, interval } = options;
        expect({ action, timeout, interval }).toEqual({
          action,
          timeout: own?.['timeout'],
          interval: own?.['interval'],
        });
      }
    },
  );
});
