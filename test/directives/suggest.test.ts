import { describe, expect, it } from 'vitest';
import { lookUp, rootTable } from '../../grammar/directives/index.ts';
import { suggestElsewhere, suggestKeyword } from '../../grammar/directives/suggest.ts';
import { placedKeywords } from './keyword-paths.ts';

const instance = lookUp(rootTable, 'vrrp_instance')?.children ?? [];
const globals = lookUp(rootTable, 'global_defs')?.children ?? [];

describe('suggestKeyword', () => {
  it.each([
    ['priorty', 'priority'],
    ['interfaec', 'interface'],
    ['virtual_ip_address', 'virtual_ipaddress'],
    ['no_preempt', 'nopreempt'],
    ['Priority', 'priority'],
    ['VIRTUAL-ROUTER-ID', 'virtual_router_id'],
    ['authentification', 'authentication'],
    ['advert_interval', undefined],
    ['weight', undefined],
    ['', undefined],
  ])('takes %j in an instance for %j', (word, keyword) => {
    expect(suggestKeyword(word, instance)).toBe(keyword);
  });

  it('knows the names that the manual prints and the parser does not take', () => {
    expect(suggestKeyword('state_file_location', globals)).toBe('state_dump_file');
    expect(suggestKeyword('state_file_location', instance)).toBeUndefined();
  });

  it('does not take a short word for any other short word', () => {
    expect(suggestKeyword('cat', lookUp(rootTable, 'SSL')?.children ?? [])).toBe('ca');
    expect(suggestKeyword('key2', lookUp(rootTable, 'SSL')?.children ?? [])).toBe('key');
    expect(suggestKeyword('xy', lookUp(rootTable, 'SSL')?.children ?? [])).toBeUndefined();
  });

  it('offers a current spelling before an old one at the same distance', () => {
    expect(suggestKeyword('vrrp_rlimit_rtXime', globals)).toBe('vrrp_rlimit_rttime');
  });

  it('is not misled by names that every object has', () => {
    expect(suggestKeyword('constructor', globals)).toBeUndefined();
    expect(suggestKeyword('__proto__', globals)).toBeUndefined();
  });

  it('finds every keyword of the language again when two neighbouring letters are swapped', () => {
    for (const { path, spec } of placedKeywords) {
      const swapped = spec.keyword.replace(/^(.)(.)/, '$2$1');
      const table = path.slice(0, -1).reduce((block, word) => lookUp(block, word)?.children ?? [], rootTable);
      const found = suggestKeyword(swapped, table);
      expect(found, swapped).toBeDefined();
    }
  });
});

describe('suggestElsewhere', () => {
  it('tells the block of a keyword that stands in the wrong one', () => {
    expect(suggestElsewhere('advert_int')).toEqual([{ keyword: 'advert_int', block: 'vrrp_instance' }]);
    expect(suggestElsewhere('vrrp_script')).toEqual([{ keyword: 'vrrp_script', block: '' }]);
    expect(suggestElsewhere('auth_pass')).toEqual([
      { keyword: 'auth_pass', block: 'vrrp_instance/authentication' },
    ]);
  });

  it('tells all blocks of a keyword that several know', () => {
    const blocks = suggestElsewhere('user').map(({ block }) => block);
    expect(blocks).toEqual(['vrrp_script', 'virtual_server/real_server/MISC_CHECK']);
  });

  it('takes a misspelt word for the nearest keyword of any block', () => {
    expect(suggestElsewhere('virtual_routerid')).toEqual([
      { keyword: 'virtual_router_id', block: 'vrrp_instance' },
    ]);
  });

  it('says nothing of a word that is near to no keyword', () => {
    expect(suggestElsewhere('completely_different')).toEqual([]);
  });
});
