import { describe, expect, it } from 'vitest';
import { renderHuman } from '../../src/diagnostics/render-human.ts';
import { translateNodes } from '../memory-tree.ts';

const instance = (lines: string, name = 'VI_1') => `vrrp_instance ${name} {\ninterface eth0\n${lines}\n}\n`;
const vip = 'virtual_ipaddress {\n192.0.2.10/24\n}';
const usual = (rest = '') => `virtual_router_id 51\npriority 100\n${rest}\n${vip}`;
const lower = (rest = '') => usual(rest).replace('100', '90');
const auth = (password: string, type = 'PASS') =>
  `authentication {\nauth_type ${type}\nauth_pass ${password}\n}`;
const unicast = (own: string, peer: string) => `unicast_src_ip ${own}\nunicast_peer {\n${peer}\n}`;
const check = (command = '/bin/true') => `vrrp_script chk {\nscript "${command}"\n}\n`;
const tracked = 'track_script {\nchk\n}';

/** What differs, the two files, the code, and what stands at the place and at the first note. */
const rows: readonly (readonly [string, string, string, string, string, string])[] = [
  [
    'identifiers',
    instance(usual()),
    instance(lower().replace('51', '52')),
    'KP203',
    'virtual_router_id 51',
    'virtual_router_id 52',
  ],
  [
    'addresses',
    instance(usual()),
    instance(lower().replace('{\n', '{\n192.0.2.11/24\n')),
    'KP204',
    '192.0.2.11/24',
    '192.0.2.10/24',
  ],
  [
    'priorities that are equal',
    instance(usual()),
    instance(usual()),
    'KP205',
    'priority 100',
    'priority 100',
  ],
  [
    'two masters',
    instance(usual('state MASTER')),
    instance(lower('state MASTER')),
    'KP206',
    'state MASTER',
    'state MASTER',
  ],
  [
    'a master that is lower',
    instance(usual('state BACKUP')),
    instance(lower('state MASTER')),
    'KP207',
    'priority 90',
    'priority 100',
  ],
  [
    'intervals',
    instance(usual('advert_int 1')),
    instance(lower('advert_int 2')),
    'KP208',
    'advert_int 1',
    'advert_int 2',
  ],
  [
    'passwords',
    instance(usual(auth('one'))),
    instance(lower(auth('two'))),
    'KP213',
    'auth_pass one',
    'auth_pass two',
  ],
  [
    'authentication on one node',
    instance(usual()),
    instance(lower(auth('two'))),
    'KP213',
    'vrrp_instance VI_1',
    'auth_pass two',
  ],
  [
    'kinds of authentication',
    instance(usual(auth('one'))),
    instance(lower(auth('one', 'AH'))),
    'KP213',
    'auth_pass one',
    'auth_pass one',
  ],
  ['versions', instance(usual()), instance(lower('version 3')), 'KP214', 'vrrp_instance VI_1', 'version 3'],
  [
    'unicast on one node',
    instance(usual()),
    instance(lower(unicast('192.0.2.2', '192.0.2.1'))),
    'KP215',
    'vrrp_instance VI_1',
    '192.0.2.1',
  ],
  [
    'peers that do not name each other',
    instance(usual(unicast('192.0.2.1', '192.0.2.9'))),
    instance(lower(unicast('192.0.2.2', '192.0.2.1'))),
    'KP215',
    '192.0.2.9',
    'unicast_src_ip 192.0.2.2',
  ],
  [
    'scripts that are tracked',
    check() + instance(usual(tracked)),
    check() + instance(lower()),
    'KP216',
    'chk',
    'vrrp_instance VI_1',
  ],
  ['names', instance(usual(), 'A'), instance(lower(), 'B'), 'KP217', 'A', 'B'],
  [
    'nopreempt, where it does nothing',
    instance(usual()),
    instance(lower('nopreempt')),
    'KP218',
    'nopreempt',
    'priority 100',
  ],
  [
    'nopreempt, where all but it have it',
    instance(usual('nopreempt')),
    instance(lower()),
    'KP219',
    'nopreempt',
    'vrrp_instance VI_1',
  ],
  [
    'nopreempt, where it counts',
    instance(usual('nopreempt')),
    instance(lower()).replace('90', '100'),
    'KP304',
    'nopreempt',
    'vrrp_instance VI_1',
  ],
  [
    'commands',
    check() + instance(usual(tracked)),
    check('/bin/false') + instance(lower(tracked)),
    'KP311',
    'vrrp_script chk',
    'vrrp_script chk',
  ],
];

describe('nodes that do not agree', () => {
  it.each(rows)('on %s: one message, with both places and what to do', (_, lb1, lb2, code, here, there) => {
    const { diagnostics, sources } = translateNodes({ lb1, lb2 });
    const found = diagnostics.filter((one) => one.code === code);
    expect(found).toHaveLength(1);
    const [diagnostic] = found;
    const texts: Record<string, string> = { 'lb1.conf': lb1, 'lb2.conf': lb2 };
    const marked = [diagnostic?.at, diagnostic?.notes[0]?.at].map((at) =>
      at ? texts[at.file]?.split('\n')[at.line - 1]?.slice(at.column - 1, at.endColumn - 1) : undefined,
    );
    expect(marked).toEqual([here, there]);
    expect(diagnostic?.at?.file).not.toBe(diagnostic?.notes[0]?.at?.file);
    expect(diagnostic?.detail).toBeDefined();
    expect(diagnostic?.help ?? diagnostic?.notes.length).toBeTruthy();
    expect(renderHuman(diagnostics, { sources })).not.toMatch(/auth_pass (?:one|two)/);
  });

  it('on nopreempt on the lowest of three nodes: the others still take the addresses back', () => {
    const { diagnostics } = translateNodes({
      lb1: instance(usual()),
      lb2: instance(usual()),
      lb3: instance(lower('nopreempt')),
    });
    const found = diagnostics.filter(({ code }) => code === 'KP218');
    expect(found.map(({ at }) => at?.file)).toEqual(['lb3.conf']);
  });

  it.each([
    ['what they write, but in no way that counts', usual(auth('12345678a')), lower(auth('12345678b'))],
    [
      'intervals in version 3, where the master’s is learnt',
      usual('version 3\nadvert_int 1'),
      lower('version 3\nadvert_int 2'),
    ],
    [
      'passwords in version 3, which has none',
      usual(`version 3\n${auth('one')}`),
      lower(`version 3\n${auth('two')}`),
    ],
    ['excluded addresses that one node advertises to nobody', usual(), lower()],
  ])('nothing is said of %s', (_, lb1, lb2) => {
    const codes = translateNodes({ lb1: instance(lb1), lb2: instance(lb2) }).diagnostics.map(
      ({ code }) => code,
    );
    expect(codes.filter((code) => code.startsWith('KP2'))).toEqual([]);
  });

  it('lists all addresses that a node lacks in one message', () => {
    const many = lower().replace('{\n', '{\n192.0.2.11/24\n192.0.2.12/24\n');
    const { diagnostics } = translateNodes({ lb1: instance(usual()), lb2: instance(many) });
    const summaries = diagnostics.flatMap(({ code, summary }) => (code === 'KP204' ? [summary] : []));
    expect(summaries).toEqual([expect.stringContaining('lb1 lacks 192.0.2.11, 192.0.2.12')]);
  });

  it('says of an address that one node excludes from its adverts that both become master', () => {
    const excluding = lower().replace(vip, `${vip}\nvirtual_ipaddress_excluded {\n192.0.2.11/24\n}`);
    const listing = usual().replace('{\n', '{\n192.0.2.11/24\n');
    const { diagnostics } = translateNodes({ lb1: instance(listing), lb2: instance(excluding) });
    const found = diagnostics.filter(({ code }) => code === 'KP204');
    expect(found.map(({ detail }) => detail)).toEqual([expect.stringContaining('both become master')]);
  });
});
