import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownJudge } from '../compare-daemon/judge.ts';

const script = fileURLToPath(new URL('two-daemons.sh', import.meta.url));
/** Three adverts of two seconds and the skew of the lower node: what both hold, they hold by then unless the machine is busy. */
const seconds = '8';

const vip = 'virtual_ipaddress {\n192.0.2.10/24\n}';
const instance = (priority: number, lines = '', id = 51) =>
  `vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id ${id}\npriority ${priority}\n${lines}\n${vip}\n}\n`;
const auth = (password: string) => `authentication {\nauth_type PASS\nauth_pass ${password}\n}`;
const unicast = (own: string, peer: string) => `unicast_src_ip ${own}\nunicast_peer {\n${peer}\n}`;
const second = (keyword = '') => instance(90, keyword).replace('{\n192', '{\n192.0.2.11/24\n192');

const holders = { 'one holds': 1, 'both hold': 2 } as const;
const anything = /./;
/** What the messages across nodes say that the daemon does; the line is of its log. */
const rows: readonly (readonly [string, string, string, 'one holds' | 'both hold', RegExp])[] = [
  ['agree', instance(100), instance(90), 'one holds', anything],
  ['list other addresses', instance(100), second(), 'both hold', /unexpected ip number count 2, expected 1/],
  [
    'list other addresses, with skip_check_adv_addr',
    instance(100, 'skip_check_adv_addr'),
    second('skip_check_adv_addr'),
    'both hold',
    anything,
  ],
  [
    'have other intervals in version 2',
    instance(100),
    instance(90, 'advert_int 2'),
    'both hold',
    /advertisement interval mismatch/,
  ],
  [
    'have other intervals in version 3',
    instance(100, 'version 3'),
    instance(90, 'version 3\nadvert_int 2'),
    'one holds',
    /updated from 2000ms to 1000ms/,
  ],
  ['have other versions', instance(100), instance(90, 'version 3'), 'both hold', /wrong version/],
  [
    'have other passwords',
    instance(100, auth('one')),
    instance(90, auth('two')),
    'both hold',
    /invalid passwd/,
  ],
  [
    'have long passwords that begin alike',
    instance(100, auth('12345678a')),
    instance(90, auth('12345678b')),
    'one holds',
    anything,
  ],
  [
    'authenticate on one side',
    instance(100),
    instance(90, auth('two')),
    'both hold',
    /received a 1 auth, expecting 0/,
  ],
  [
    'use unicast on one side',
    instance(100),
    instance(90, unicast('192.0.2.2', '192.0.2.1')),
    'both hold',
    anything,
  ],
  [
    'do not name each other',
    instance(100, unicast('192.0.2.1', '192.0.2.9')),
    instance(90, unicast('192.0.2.2', '192.0.2.1')),
    'both hold',
    anything,
  ],
  ['have other identifiers', instance(100), instance(90, '', 52), 'both hold', anything],
  [
    'exclude another address',
    instance(100),
    instance(90, 'virtual_ipaddress_excluded {\n192.0.2.11/24\n}'),
    'one holds',
    anything,
  ],
];

describe.skipIf(!ownJudge())('two real daemons that', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-daemons-'));
  const outputs = new Map<string, string>();
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(async () => {
    const runs = rows.map(async ([name, one, two, expected], index) => {
      const files = [one, two].map((text, node) => {
        const file = join(folder, `${index}-${node}.conf`);
        writeFileSync(file, text);
        return file;
      });
      outputs.set(name, await run(files, holders[expected]));
    });
    await Promise.all(runs);
  }, 120_000);

  it.each(rows)('%s', (name, _one, _two, expected, line) => {
    const output = outputs.get(name) ?? '';
    expect(output.match(/^(?:one|two) holds it$/gm)).toHaveLength(holders[expected]);
    expect(output).toMatch(line);
  });
});

function run(files: readonly string[], count: number): Promise<string> {
  const own = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];
  return new Promise((resolve) => {
    execFile('unshare', [...own, 'sh', script, ...files, seconds, String(count)], (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}
