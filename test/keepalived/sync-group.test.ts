import { describe, expect, it } from 'vitest';
import { understandText } from './understand-text.ts';

const script = 'vrrp_script chk {\nscript "/bin/check"\nweight -20\n}';
const instance = (name: string, id: number, lines = '') =>
  `vrrp_instance ${name} {\ninterface eth0\nvirtual_router_id ${id}\nvirtual_ipaddress {\n192.0.2.${id}\n}\n${lines}\n}`;

describe('a sync group', () => {
  it('has no weights of its own when a member owns its addresses: they become hard conditions', () => {
    const group =
      'vrrp_sync_group G {\ngroup {\nA\nB\n}\ntrack_script {\nchk\n}\ntrack_interface {\neth1 weight 5\n}\n}';
    const read = (lines: string) =>
      understandText([script, group, instance('A', 1), instance('B', 2, lines)].join('\n'));
    const weights = ({ value }: ReturnType<typeof read>) =>
      value.syncGroups.flatMap(({ trackScripts, trackInterfaces }) =>
        [...trackScripts, ...trackInterfaces].map(({ weight }) => weight),
      );
    expect(weights(read('priority 120'))).toEqual([-20, 5]);
    expect(weights(read('priority 255'))).toEqual([0, 0]);
    expect(read('priority 255').codes).toContain('KP107');
  });

  it('ends with its second list of members, which is skipped', () => {
    const group = 'vrrp_sync_group G {\ngroup {\nA\n}\ngroup {\nB\n}\nnotify_master /bin/lost\n}';
    const { value, codes } = understandText([group, instance('A', 1), instance('B', 2)].join('\n'));
    expect(value.syncGroups).toMatchObject([{ name: 'G', members: ['A'], notifyScripts: [] }]);
    expect(value.instances.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(codes).toContain('KP105');
  });

  it('may have an empty list of members before the one that counts', () => {
    const group = 'vrrp_sync_group G {\ngroup {\n}\ngroup {\nB\n}\n}';
    const { value } = understandText([group, instance('B', 2)].join('\n'));
    expect(value.syncGroups[0]?.members).toEqual(['B']);
  });
});
