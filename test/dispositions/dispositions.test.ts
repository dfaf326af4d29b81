import { describe, expect, it } from 'vitest';
import type { BlockDisposition, DispositionTable } from '../../src/pacemaker/dispositions/disposition.ts';
import { dispositionOf } from '../../src/pacemaker/dispositions/index.ts';
import { rootDispositions } from '../../src/pacemaker/dispositions/root.ts';
import { isLoss } from '../../src/pacemaker/plan.ts';
import { knownPaths, placedKeywords } from '../directives/keyword-paths.ts';

const dispositions = placedKeywords.map(({ path, spec }) => ({ path, spec, ...dispositionOf(path) }));
const unknown = dispositionOf(['no_such_keyword']);

/** Blocks whose keywords mean nothing to the cluster one by one, and go the way of the block. */
const asOneBlock = [
  'SSL',
  'bfd_instance',
  'garp_group',
  'track_file',
  'track_group',
  'virtual_server',
  'vrrp_instance/auth_hmac',
  'vrrp_instance/authentication',
  'vrrp_track_file',
  'vrrp_track_process',
];

describe('dispositionOf', () => {
  it('has a fate and a reason for every keyword of the language', () => {
    expect(dispositions).toHaveLength(531);
    for (const { path, reason } of dispositions) expect(reason, path.join('/')).not.toBe(unknown.reason);
  });

  it('speaks of each keyword by itself, outside the blocks that go one way as a whole', () => {
    for (const { path, reason } of dispositions) {
      const parent = path.slice(0, -1);
      if (parent.length === 0 || asOneBlock.some((block) => path.join('/').startsWith(`${block}/`))) continue;
      expect(reason, path.join('/')).not.toBe(dispositionOf(parent).reason);
    }
  });

  it('has an entry for nothing that is no keyword', () => {
    expect(entryPaths(rootDispositions, []).filter((path) => !knownPaths.includes(path))).toEqual([]);
  });

  it('has a way out wherever something is lost or left to do, and only there', () => {
    for (const { path, fate, wayOut } of dispositions)
      expect(wayOut !== undefined, path.join('/')).toBe(isLoss(fate));
  });

  it('speaks in single lines that end with a full stop and have no gap to be filled in', () => {
    for (const { path, reason, wayOut } of dispositions) {
      for (const text of [reason, wayOut ?? reason]) {
        expect(text, path.join('/')).toMatch(/^[A-Z][^\n\t]{20,}[^.]\.$/);
        expect(text, path.join('/')).not.toMatch(/TODO|FIXME|XXX|undefined|<[A-Za-z_]+>|\{\{|\s{2}| \.\.\./);
      }
    }
  });

  it('closes every quotation of a command', () => {
    for (const { path, reason, wayOut } of dispositions) {
      expect(`${reason}${wayOut ?? ''}`.split('`').length % 2, path.join('/')).toBe(1);
    }
  });

  it('gives the same fate to a keyword and to its other spelling', () => {
    for (const { path, spec, fate } of dispositions) {
      if (spec.aliasOf === undefined) continue;
      expect(dispositionOf([...path.slice(0, -1), spec.aliasOf]).fate, path.join('/')).toBe(fate);
    }
  });

  it('lets an entry of a list go the way of the list', () => {
    expect(dispositionOf(['static_ipaddress', '10.0.0.5/24'])).toBe(dispositionOf(['static_ipaddress']));
    expect(dispositionOf(['vrrp_instance', 'virtual_routes', 'default', 'via'])).toBe(
      dispositionOf(['vrrp_instance', 'virtual_routes']),
    );
  });

  it('lets a checker go the way of its virtual server', () => {
    const url = ['virtual_server', 'real_server', 'HTTP_GET', 'url', 'path'];
    expect(dispositionOf(url)).toBe(dispositionOf(['virtual_server']));
    expect(dispositionOf(['virtual_server', 'ha_suspend'])).not.toBe(dispositionOf(['virtual_server']));
  });

  it('has an answer for words that no object should know', () => {
    for (const word of ['constructor', '__proto__', '', 'toString']) {
      expect(dispositionOf([word])).toBe(unknown);
      expect(dispositionOf(['SSL', word])).toBe(dispositionOf(['SSL']));
    }
    expect(dispositionOf([])).toBe(unknown);
  });

  it.each([
    [['vrrp_instance', 'use_vmac'], 'approximate', 'gratuitous ARP'],
    [['vrrp_instance', 'no_accept'], 'manual', 'answers'],
    [['vrrp_instance', 'strict_mode'], 'approximate', 'ping'],
    [['vrrp_instance', 'authentication', 'auth_pass'], 'not-needed', 'Corosync'],
    [['vrrp_instance', 'virtual_routes'], 'equivalent', 'routes'],
    [['vrrp_instance', 'skip_check_adv_addr'], 'not-needed', 'adverts'],
    [['vrrp_instance', 'preempt_delay'], 'equivalent', 'waited'],
    [['net_namespace'], 'manual', 'namespace'],
    [['static_routes'], 'manual', 'vanish'],
    [['virtual_server'], 'equivalent', 'IPVS'],
    [['bfd_instance', 'min_rx'], 'approximate', 'BFD'],
    [['global_defs', 'vrrp_priority'], 'not-needed', 'Corosync'],
    [['global_defs', 'vrrp_garp_master_repeat'], 'equivalent', 'arp_count'],
  ] as const)('calls %j %s and says why', (path, fate, word) => {
    expect(dispositionOf(path).fate).toBe(fate);
    expect(dispositionOf(path).reason).toContain(word);
  });
});

function entryPaths(table: DispositionTable, block: readonly string[]): string[] {
  return Object.entries(table).flatMap(([keyword, entry]) => {
    const path = [...block, keyword];
    const inside = 'own' in entry ? (entry as BlockDisposition).inside : {};
    return [path.join('/'), ...entryPaths(inside, path)];
  });
}
