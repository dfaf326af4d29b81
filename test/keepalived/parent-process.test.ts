import { describe, expect, it } from 'vitest';
import { understandText } from './understand-text.ts';

const instance =
  'vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n192.0.2.10\n}\n}';
const unclosed = 'vrrp_script a {\nscript "/bin/a"\nvrrp_script b {\nscript "/bin/b"\n}';

describe('a process for VRRP', () => {
  it.each([
    ['an instance', instance],
    ['an instance after a closed block', `vrrp_script a {\nscript "/bin/a"\n}\n${instance}`],
    ['an instance within a block of an unknown word', `unheard_of {\n${instance}\n}`],
    [
      'a static address before the unclosed block',
      `static_ipaddress {\n10.0.0.1/24 dev eth0\n}\n${unclosed}\n${instance}`,
    ],
    ['a block in global_defs', `global_defs {\nnotification_email {\nx\n}\nrouter_id y\n}\n${instance}`],
    [
      'a block in global_defs that is not known',
      `global_defs {\nunheard_of {\nx\n}\nrouter_id y\n}\n${instance}`,
    ],
    ['a keyword without its block', `virtual_server_group G\n${instance}`],
  ])('starts for %s', (_, text) => {
    const { value, codes } = understandText(text);
    expect(value.instances.map(({ name }) => name)).toEqual(['VI_1']);
    expect(codes).not.toContain('KP121');
  });

  it.each([
    ['in a script block that is not closed', `${unclosed}\n${instance}`],
    ['in global_defs that has no brace', `global_defs\n${instance}`],
  ])('does not start for an instance %s', (_, text) => {
    expect(understandText(text).codes).toContain('KP121');
  });

  it('is all that is said of the instances when it does not start', () => {
    const broken = instance.replace('virtual_router_id 51', 'virtual_router_id 300');
    expect(understandText(`${unclosed}\n${broken}`).codes).not.toContain('KP106');
  });
});
