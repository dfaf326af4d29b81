import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';
import { catalogue } from '../../src/diagnostics/catalogue.ts';
import { renderHuman } from '../../src/diagnostics/render-human.ts';
import { renderJson } from '../../src/diagnostics/render-json.ts';
import { renderSarif } from '../../src/diagnostics/render-sarif.ts';
import { translateAlone } from '../memory-tree.ts';

const secure = 'global_defs {\n  enable_script_security\n}\n';
const check = `${secure}vrrp_script chk_web {\n  script "/bin/true"\n}\n`;

/** An instance with these lines; what is said anew replaces the line of its keyword. */
function instance(lines = '', entries = '    192.0.2.10/24'): string {
  const usual = ['state BACKUP', 'interface eth0', 'virtual_router_id 51', 'priority 100'];
  const own = lines.split('\n').filter((line) => line !== '');
  const kept = usual.filter((line) => !own.some((other) => sameKeyword(line, other)));
  const head = [...kept, ...own].map((line) => `  ${line}`).join('\n');
  return `vrrp_instance VI_1 {\n${head}\n  virtual_ipaddress {\n${entries}\n  }\n}\n`;
}

function sameKeyword(line: string, other: string): boolean {
  const [keyword = ''] = line.split(' ');
  return new RegExp(`^[\\s\\u00a0]*${keyword}(?![a-z_])`).test(other.replace(/\u200b/g, ''));
}

const pass = (line: string) => instance(`authentication {\n  auth_type PASS\n  ${line}\n  }`);
const tracks = (entries: string) => instance(`track_script {\n    ${entries}\n  }`);
const script = (line: string) => `${secure}vrrp_script chk_web {\n  ${line}\n}\n${tracks('chk_web')}`;

/** Everything but what is said of every single file without peers and fencing. */
function said(text: string): Diagnostic[] {
  return translateAlone(text).diagnostics.filter(({ code }) => !/^KP(?:202|30[13]|310|312|341)$/.test(code));
}

function marked(text: string, at: Span | undefined): string {
  const lines = text.split('\n');
  if (!at) return '';
  if (at.endLine > at.line) return `lines ${at.line} to ${at.endLine}`;
  return lines[at.line - 1]?.slice(at.column - 1, at.endColumn - 1) ?? '';
}

function applied(text: string, { at, text: instead }: { at: Span; text: string }): string {
  const lines = text.split('\n');
  const line = lines[at.line - 1] ?? '';
  lines[at.line - 1] = line.slice(0, at.column - 1) + instead + line.slice(at.endColumn - 1);
  return lines.join('\n');
}

/** What it is, the text, the one code, the words that it marks. */
type Row = readonly [string, string, string, string];

const withSuggestion: readonly Row[] = [
  ['nopreempt with state MASTER', instance('state MASTER\nnopreempt'), 'KP109', 'nopreempt'],
  ['a small state', instance('state backup'), 'KP107', 'backup'],
  ['a state of another product', instance('state SLAVE'), 'KP107', 'SLAVE'],
  ['nopreempt off', instance('nopreempt off'), 'KP116', 'nopreempt off'],
  ['a script with arguments and without quotes', script('script /bin/test -e /tmp/x'), 'KP113', '-e'],
  [
    'typographic quotes round a command',
    script('script “/bin/test -e /tmp/x”'),
    'KP051',
    '“/bin/test -e /tmp/x”',
  ],
  ['single typographic quotes', script('script ‘/bin/true’'), 'KP051', '‘/bin/true’'],
  ['a pipe', script('script "/bin/ps ax | grep web"'), 'KP162', '"/bin/ps ax | grep web"'],
  ['a second command', script('script "/bin/true && /bin/false"'), 'KP162', '"/bin/true && /bin/false"'],
  ['a redirection', script('script "/bin/true >/dev/null 2>&1"'), 'KP162', '"/bin/true >/dev/null 2>&1"'],
  ['a device of bash', script('script "</dev/tcp/127.0.0.1/80"'), 'KP162', '"</dev/tcp/127.0.0.1/80"'],
  [
    'two tracked names on a line',
    `${check}${check.slice(secure.length).replace('chk_web', 'chk_db')}${tracks('chk_web chk_db')}`,
    'KP116',
    'chk_db',
  ],
  [
    'tracked names with a comma',
    `${check}${check.slice(secure.length).replace('chk_web', 'chk_db')}${tracks('chk_web, chk_db')}`,
    'KP053',
    'chk_web, chk_db',
  ],
  ['a weight without its word', check + tracks('chk_web 5'), 'KP116', '5'],
  ['a weight with =', check + tracks('chk_web weight=-5'), 'KP116', 'weight=-5'],
  ['a misspelt tracked name', check + tracks('chk_wed'), 'KP164', 'chk_wed'],
  ['a definition before a slash', `$IP=192.0.2.10\n${instance('', '    $IP/24')}`, 'KP021', '$IP'],
  ['an alias as interface', instance('interface eth0:1'), 'KP106', 'eth0:1'],
  ['an alias as device', instance('', '    192.0.2.10/24 dev eth0:1'), 'KP106', 'eth0:1'],
  ['a semicolon at a number', instance('priority 100;'), 'KP053', '100;'],
  ['a semicolon at an identifier', instance('virtual_router_id 51;'), 'KP106', '51;'],
  ['a semicolon at an interface', instance('interface eth0;'), 'KP106', 'eth0;'],
  ['a semicolon at an address', instance('', '    192.0.2.10/24;'), 'KP053', '192.0.2.10/24;'],
  ['a semicolon behind quotes', script('script "/bin/true";'), 'KP053', ';'],
  ['= between keyword and value', instance('priority = 100'), 'KP053', '= 100'],
  ['= without blanks', instance('priority=100'), 'KP053', 'priority=100'],
  ['a colon behind the keyword', instance('priority: 100'), 'KP053', 'priority:'],
  [
    'addresses with a comma',
    instance('', '    192.0.2.10/24, 192.0.2.11/24'),
    'KP053',
    '192.0.2.10/24, 192.0.2.11/24',
  ],
  ['a comma at the end', instance('', '    192.0.2.10/24,\n    192.0.2.11/24'), 'KP053', '192.0.2.10/24,'],
  [
    'two addresses on a line',
    instance('', '    192.0.2.10/24 192.0.2.11/24'),
    'KP116',
    '192.0.2.10/24 192.0.2.11/24',
  ],
  ['a dash before an entry', instance('', '    - 192.0.2.10/24'), 'KP053', '- 192.0.2.10/24'],
  ['a comment with //', instance('// the first'), 'KP053', '//'],
  [
    'a netmask behind the slash',
    instance('', '    192.0.2.10/255.255.255.0'),
    'KP167',
    '192.0.2.10/255.255.255.0',
  ],
  [
    'a netmask as a word',
    instance('', '    192.0.2.10 netmask 255.255.255.0'),
    'KP167',
    '192.0.2.10 netmask 255.255.255.0',
  ],
  [
    'single quotes at a number',
    `${secure}vrrp_script chk_web {\n  script "/bin/true"\n  weight '5'\n}\n${tracks('chk_web')}`,
    'KP054',
    "'5'",
  ],
  ['a no-break space', instance('priority\u00a0100'), 'KP052', 'priority\u00a0100'],
  ['no-break spaces as indentation', instance('\u00a0\u00a0priority 100'), 'KP052', '\u00a0\u00a0priority'],
  ['a zero-width space', instance('prio\u200brity 100'), 'KP052', 'prio\u200brity'],
  ['a full-width colon', instance('priority\uff1a100'), 'KP052', 'priority\uff1a100'],
  ['a byte order mark', `\ufeff${secure}${instance()}`, 'KP003', '\ufeff'],
  [
    'a misspelt keyword',
    `${secure}vrrp_script chk_web {\n  script "/bin/true"\n  fail 2\n}\n${tracks('chk_web')}`,
    'KP101',
    'fail',
  ],
  [
    'a blank in a keyword',
    `virtual_server 192.0.2.9 80 {\n  delay _loop 6\n  lb_algo rr\n  lb_kind NAT\n  protocol TCP\n  real_server 192.0.2.20 80 {\n  }\n}\n${instance()}`,
    'KP101',
    'delay _loop',
  ],
  ['a small auth_type', instance('authentication {\n  auth_type pass\n  auth_pass x\n  }'), 'KP107', 'pass'],
  [
    'a state taken for a user',
    `${secure}${instance('notify_master /bin/note.sh master')}`,
    'KP113',
    'master',
  ],
];

describe('a mistake of which it is certain what was meant', () => {
  it.each(withSuggestion)(
    '%s: is said once, at its words, and is gone with the suggestion',
    (_, text, code, words) => {
      const found = said(text);
      expect(found.map((one) => one.code)).toEqual([code]);
      const [diagnostic] = found;
      expect(marked(text, diagnostic?.at)).toBe(words);
      expect(diagnostic?.detail).toMatch(/daemon/i);
      if (!diagnostic?.suggestion) throw new Error('no suggestion');
      expect(said(applied(text, diagnostic.suggestion))).toEqual([]);
    },
  );
});

const conflict = (first: string, second: string) =>
  instance(`<<<<<<< HEAD\n${first}\n=======\n${second}\n>>>>>>> other`).replaceAll(/^ {2}(?=[<=>]{7})/gm, '');

const withoutSuggestion: readonly Row[] = [
  ['a merge that nobody finished', conflict('priority 100', 'priority 90'), 'KP050', 'lines 5 to 9'],
  [
    'two nodes in one file',
    instance('state MASTER\npriority 150') + instance(),
    'KP160',
    'vrrp_instance VI_1',
  ],
  ['a number sign in a password', pass('auth_pass pa#ss'), 'KP056', '#'],
  ['an exclamation mark in a password', pass('auth_pass pass!'), 'KP056', '!'],
  ['a long password', pass('auth_pass 123456789'), 'KP161', '123456789'],
  ['a blank in a password', pass('auth_pass one two'), 'KP161', 'one'],
  ['typographic quotes round a password', pass('auth_pass “abc”'), 'KP161', '“abc”'],
  ['an identifier out of range', instance('virtual_router_id 999'), 'KP106', '999'],
  ['an address as interface', instance('interface 192.0.2.1'), 'KP106', '192.0.2.1'],
  [
    'an address of the other family',
    instance('', '    192.0.2.10/24\n    2001:db8::10/64'),
    'KP111',
    '2001:db8::10/64',
  ],
  [
    'a script that is tracked before it is defined',
    secure + tracks('chk_web') + check.slice(secure.length),
    'KP163',
    'chk_web',
  ],
  ['the own interface', instance('track_interface {\n    eth0\n  }'), 'KP168', 'eth0'],
  [
    'a group of one',
    `vrrp_sync_group G {\n  group {\n    VI_1\n  }\n}\n${instance()}`,
    'KP168',
    'vrrp_sync_group G',
  ],
  ['unicast without peers', instance('unicast_src_ip 192.0.2.1'), 'KP166', 'unicast_src_ip 192.0.2.1'],
  [
    'scripts without script security',
    check.slice(secure.length) + tracks('chk_web'),
    'KP165',
    'script "/bin/true"',
  ],
  [
    'authentication in version 3',
    instance('version 3\nauthentication {\n  auth_type PASS\n  auth_pass x\n  }'),
    'KP168',
    'authentication',
  ],
  [
    'authentication in strict mode',
    instance('strict_mode\nauthentication {\n  auth_type PASS\n  auth_pass x\n  }'),
    'KP168',
    'authentication',
  ],
  [
    'a password without auth_type',
    instance('authentication {\n  auth_pass x\n  }'),
    'KP168',
    'authentication',
  ],
  [
    'MASTER with authentication by AH',
    instance('state MASTER\nauthentication {\n  auth_type AH\n  auth_pass x\n  }'),
    'KP168',
    'state MASTER',
  ],
  [
    'an address without a prefix beside others',
    instance('', '    192.0.2.10/24\n    192.0.2.11'),
    'KP167',
    '192.0.2.11',
  ],
  ['parts of a second in version 2', instance('advert_int 0.5'), 'KP107', '0.5'],
];

describe('a mistake that needs a person', () => {
  it.each(withoutSuggestion)('%s: is said once, at its words, with what to do', (_, text, code, words) => {
    const found = said(text);
    expect(found.map((one) => one.code)).toEqual([code]);
    expect(marked(text, found[0]?.at)).toBe(words);
    expect(found[0]?.detail).toMatch(/daemon/i);
    expect(found[0]?.help).toBeDefined();
  });
});

describe('every message of these', () => {
  const rows = [...withSuggestion, ...withoutSuggestion];
  it.each(rows)('%s: is in all renderings', (_, text, code) => {
    const { diagnostics, sources } = translateAlone(text);
    expect(renderHuman(diagnostics, { sources })).toContain(`[${code}]: `);
    expect(renderJson(diagnostics)).toContain(`"code": "${code}"`);
    expect(renderSarif(diagnostics, { version: '0.0.0', findings: catalogue })).toContain(
      `"ruleId": "${code}"`,
    );
  });

  it.each([
    'auth_pass hunter2#x',
    'auth_pass hunter234',
    "auth_pass 'hunter2'",
    'auth_pass=hunter2',
    'auth_pass = hunter2',
    'auth_pass hunter2;',
  ])('shows nothing of a password: %s', (line) => {
    const { diagnostics, sources } = translateAlone(pass(line));
    const all =
      renderHuman(diagnostics, { sources }) +
      renderJson(diagnostics) +
      renderSarif(diagnostics, { version: '0.0.0', findings: catalogue });
    expect(all).not.toContain('hunter2');
  });
});

describe('what is no mistake', () => {
  it.each([
    ['single quotes in a script', script("script '/bin/test -e /tmp/x'")],
    ['a shell that is called', script(`script "/bin/sh -c 'ps ax | grep web'"`)],
    ['a user behind a notify script', `${secure}${instance('notify_master "/bin/note.sh" root')}`],
    ['Chinese names with full-width brackets', instance().replaceAll('VI_1', '实例（一）')],
    ['a sequence of = in a comment', `# =======\n${instance()}`],
    ['names that differ by their number', check.replace('chk_web', 'chk_1') + tracks('chk_1')],
    ['addresses without prefixes', instance('', '    192.0.2.10\n    192.0.2.11')],
    ['a comment behind a password', pass('auth_pass abc # for all')],
  ])('%s: nothing is said', (_, text) => {
    expect(said(text).map(({ code }) => code)).toEqual([]);
  });
});
