import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cibXml } from '../../src/emit/cib.ts';
import { translateNodes } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';
import { elementsOf, parseXml } from '../xml.ts';

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-nic-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (nic: string, priority: number, label: string) => `vrrp_instance VI_1 {
  interface ${nic}
  virtual_router_id 5
  priority ${priority}
  dont_track_primary
  virtual_ipaddress {
    192.0.2.50/24 label ${nic}:${label}
  }
}
`;

/** What IPaddr2 would be given on the node where Pacemaker starts it while only that node is there. */
function startedOn(cib: string, online: string): Record<string, string | undefined> {
  const [file, graph] = [join(folder, 'cib.xml'), join(folder, 'graph.xml')];
  writeFileSync(file, cib);
  execFileSync('crm_simulate', ['-x', file, '-S', '-u', online, '-G', graph]);
  // Elsewhere an operation is only named, as one that others wait for.
  const [start] = elementsOf(parseXml(readFileSync(graph, 'utf8')), 'action_set')
    .flatMap((set) => elementsOf(set, 'rsc_op'))
    .filter((operation) => operation.attributes['operation'] === 'start')
    .flatMap((operation) => elementsOf(operation, 'attributes'));
  expect(start?.attributes['CRM_meta_on_node']).toBe(online);
  return start?.attributes ?? {};
}

describe.skipIf(!requireTool('crm_simulate'))('an interface that the nodes call by different names', () => {
  it('is given to IPaddr2 on each node by its own name, and nothing is lost', () => {
    const { plan, diagnostics } = translateNodes({
      lb1: node('eth0', 150, '7'),
      lb2: node('enp1s0f0', 100, '7'),
    });
    if (!plan) throw new Error(JSON.stringify(diagnostics));
    const cib = cibXml(plan);
    expect(startedOn(cib, 'lb1')).toMatchObject({ ip: '192.0.2.50', nic: 'eth0', iflabel: '7' });
    expect(startedOn(cib, 'lb2')).toMatchObject({ ip: '192.0.2.50', nic: 'enp1s0f0', iflabel: '7' });
    expect(plan.fates.filter(({ path }) => path.includes('192.0.2.50')).map(({ fate }) => fate)).toEqual([
      'exact',
      'exact',
    ]);
  });

  it('decides with its longest name whether the label fits', () => {
    const { plan } = translateNodes({
      lb1: node('eth0', 150, 'service'),
      lb2: node('enp1s0f0', 100, 'service'),
    });
    const [address] = plan?.resources ?? [];
    expect(address?.kind === 'primitive' && address.attributes['iflabel']).toBeUndefined();
    expect(plan?.fates.find(({ path }) => path.includes('192.0.2.50'))?.fate).toBe('approximate');
  });
});
