import type { ClusterEvent } from '../../src/keepalived/election/conditions.ts';
import type { TrackedKind } from '../../src/keepalived/election/contender.ts';

export const dies = (node: string): ClusterEvent => ({ kind: 'dies', node });
export const leaves = (node: string): ClusterEvent => ({ kind: 'leaves', node });
export const returns = (node: string): ClusterEvent => ({ kind: 'returns', node });
export const fails = (node: string, name: string, kind: TrackedKind = 'script'): ClusterEvent => ({
  kind: 'fails',
  node,
  object: { kind, name },
});
export const recovers = (node: string, name: string, kind: TrackedKind = 'script'): ClusterEvent => ({
  kind: 'recovers',
  node,
  object: { kind, name },
});
export const down = (node: string, name = 'eth0') => fails(node, name, 'interface');
export const up = (node: string, name = 'eth0') => recovers(node, name, 'interface');
export const writes = (node: string, value: number, name = 'amount'): ClusterEvent => ({
  kind: 'writes',
  node,
  object: { kind: 'file', name },
  value,
});

/** Version 3 with short intervals, so that the daemon's waits are short; nice, so that a busy machine delays it little. */
export const head = 'global_defs {\n  vrrp_version 3\n  script_user root\n  vrrp_priority -20\n}\n';

export const script = (name: string, lines = '') =>
  `vrrp_script ${name} {\n  script "/usr/bin/test -e @DIR@/${name}"\n  interval 1\n  ${lines}\n}\n`;
export const file = (name: string, lines = '') =>
  `track_file ${name} {\n  file "@DIR@/${name}"\n  ${lines}\n}\n`;

export function instance(number: number, lines: string, interval = '0.25'): string {
  const address = `virtual_ipaddress {\n    203.0.113.${number}/32 dev eth0\n  }`;
  return `vrrp_instance VI_${number} {\n  interface eth0\n  virtual_router_id ${number}\n  advert_int ${interval}\n  ${address}\n  ${lines}\n}\n`;
}

/** The same text for each node but for its priority. */
export function nodes(priorities: readonly number[], before: string, lines: string): Record<string, string> {
  return Object.fromEntries(
    priorities.map((priority, index) => [
      `n${index + 1}`,
      `${head}${before}${instance(1, `priority ${priority}\n  ${lines}`)}`,
    ]),
  );
}

export const both = [returns('n1'), returns('n2')];
export const bothLate = [returns('n2'), returns('n1')];
export const three = [returns('n1'), returns('n2'), returns('n3')];
