import { afterEach, describe, expect, it } from 'vitest';
import type { VmacKeeping } from '../../../src/translation.ts';
import { bundleOf, deliverBundle, mustRun, runScript } from '../harness/bundle.ts';
import { type Setup, startKeepalived, waitForHolder } from '../harness/keepalived-nodes.ts';
import { LiveCluster } from '../harness/live-cluster.ts';
import { requireCluster } from '../harness/require-cluster.ts';
import { watched } from '../harness/watched.ts';

const nodes = ['lb1', 'lb2'];
const setup: Setup = {
  instances: [
    {
      name: 'VI_1',
      routerId: 51,
      addresses: ['192.0.2.50/24'],
      priorities: { lb1: 150, lb2: 100 },
      lines: ['use_vmac'],
    },
  ],
};
const address = '192.0.2.50';

describe.skipIf(!requireCluster())('a virtual MAC address on two real machines', () => {
  let cluster: LiveCluster | undefined;
  afterEach(() => cluster?.down());

  async function boot(vmac: VmacKeeping): Promise<LiveCluster> {
    const booted = await LiveCluster.boot(`vmac-${process.pid}-${vmac}`, nodes);
    cluster = booted;
    await startKeepalived(booted, setup);
    await deliverBundle(booted, 'lb1', bundleOf(setup, nodes, { vmac }));
    return booted;
  }

  const links = (booted: LiveCluster, node: string) =>
    booted.run(node, 'ip -o -d link show type macvlan; ip -o addr show to 192.0.2.50');

  it('is kept by --vmac macvlan, through a migration, a move and a rollback', async () => {
    const booted = await boot('macvlan');
    const [migrated] = await watched(booted, 'migrate.sh', [address], () =>
      mustRun(booted, 'lb1', 'migrate.sh'),
    );
    expect(migrated).toMatchObject({ lost: 0, twoOwnersMs: 0 });
    expect(await mustRun(booted, 'lb1', 'check.sh')).toContain('All is well.');
    expect(await links(booted, 'lb1')).toMatch(/vrrp\.51@eth0[\s\S]*00:00:5e:00:01:33[\s\S]* vrrp\.51 /);
    expect(await links(booted, 'lb2')).toBe('');
    await booted.run('lb1', 'pcs node standby lb1');
    await waitForHolder(booted, address, 'lb2');
    expect(await links(booted, 'lb2')).toMatch(/vrrp\.51@eth0[\s\S]*00:00:5e:00:01:33[\s\S]* vrrp\.51 /);
    await booted.run('lb1', 'crm_resource --wait --timeout=30');
    expect(await links(booted, 'lb1')).toBe('');
    await booted.run('lb1', 'pcs node unstandby lb1');
    await waitForHolder(booted, address, 'lb1');
    await watched(booted, 'rollback.sh', [address], () => mustRun(booted, 'lb1', 'rollback.sh'));
    await waitForHolder(booted, address, 'lb1');
    expect(await links(booted, 'lb1')).not.toContain('alias');
  });

  it('is left behind without a loss when that is accepted, and comes back in a rollback', async () => {
    const booted = await boot('drop');
    const { status, stdout } = await runScript(booted, 'lb1', 'migrate.sh', '--step preflight');
    expect(status).toBe(1);
    expect(stdout).toContain('--accept-new-mac');
    const [migrated] = await watched(booted, 'migrate.sh', [address], () =>
      mustRun(booted, 'lb1', 'migrate.sh', '--accept-new-mac'),
    );
    expect(migrated).toMatchObject({ lost: 0 });
    expect(await mustRun(booted, 'lb1', 'check.sh')).toContain('All is well.');
    expect(await links(booted, 'lb1')).toMatch(/^\d+: eth0 +inet 192\.0\.2\.50\/24/);
    await watched(booted, 'rollback.sh', [address], () => mustRun(booted, 'lb1', 'rollback.sh'));
    await waitForHolder(booted, address, 'lb1');
    expect(await links(booted, 'lb1')).toMatch(/vrrp\.51@eth0[\s\S]* vrrp\.51 /);
  });
});
