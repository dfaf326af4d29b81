import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { checkScript, quorumScript } from '../../src/pacemaker/ldirectord/command-scripts.ts';
import { ldirectordFiles } from '../../src/pacemaker/ldirectord/ldirectord-file.ts';
import { understandText } from '../keepalived/understand-text.ts';
import { translateNodes } from '../memory-tree.ts';
import { requireRoot, requireTool } from '../tools.ts';

function filesOf(text: string) {
  const { virtualServers, directives } = understandText(text).value;
  return ldirectordFiles(virtualServers, directives);
}

const service = (lines: string, head = 'virtual_server 198.51.100.1 80') =>
  `${head} {\nprotocol TCP\nlb_algo rr\nlb_kind NAT\n${lines}\n}\n`;
const server = (check: string, address = '198.51.100.2 80') => `real_server ${address} {\n${check}\n}`;
const page = (lines: string) => `HTTP_GET {\nurl {\n${lines}\n}\n}`;

/** The lines of the only virtual section. */
function section(text: string): string[] {
  return filesOf(text)
    .text.split('\n')
    .filter((line) => line.startsWith('    '))
    .map((line) => line.trim());
}

const lost = (text: string) =>
  filesOf(text).losses.map(({ directive }) => directive.directive.words[0].value);

describe('the sections of ldirectord.cf', () => {
  it.each([
    ['a connection', server('TCP_CHECK {\n}'), ['checktype=connect']],
    ['another port', server('TCP_CHECK {\nconnect_port 8080\n}'), ['checktype=connect', 'checkport=8080']],
    ['a page', server(page('path /a')), ['checktype=negotiate', 'service=http', 'request="/a"']],
    ['a ping', server('PING_CHECK {\n}'), ['checktype=ping', 'checkcount=1']],
    ['a greeting', server('SMTP_CHECK {\n}'), ['checktype=negotiate', 'service=smtp']],
    ['nothing', server(''), ['checktype=on']],
    ['a body', server(page('path /\nregex ^ok\nregex_options caseless')), ['receive="(?i)^ok"']],
    [
      'no such body',
      server(page('path /\nregex bad\nregex_no_match')),
      ['receive="\\A(?![\\s\\S]*(?:bad))"'],
    ],
    ['thresholds', `${server('uthreshold 9\nlthreshold 2')}`, ['real=198.51.100.2:80 masq 1 l:2 u:9']],
    ['a sorry server', `sorry_server 127.0.0.1 81\n${server('')}`, ['fallback=127.0.0.1:81 masq']],
    ['quiet servers', `inhibit_on_failure\n${server('')}`, ['quiescent=yes']],
  ])('have %s', (_, lines, expected) => {
    expect(section(service(lines))).toEqual(expect.arrayContaining(expected));
    expect(lost(service(lines))).toEqual([]);
  });

  it('count in whole seconds, and the tries of Keepalived as failures in a row', () => {
    const check = 'TCP_CHECK {\nconnect_timeout 2.5\nretry 3\ndelay_loop 1.2\n}';
    expect(section(service(server(check)))).toEqual(
      expect.arrayContaining(['checkinterval=2', 'checktimeout=3', 'failurecount=4']),
    );
  });

  it('are one for each service of a group, and serve a firewall mark as such', () => {
    const group = 'virtual_server_group G {\n198.51.100.8-10 80\nfwmark 7 inet\n}\n';
    const { text } = filesOf(group + service(server(''), 'virtual_server group G'));
    expect(text.match(/^virtual=.*$/gm)).toEqual([
      ...['virtual=198.51.100.8:80', 'virtual=198.51.100.9:80', 'virtual=198.51.100.10:80', 'virtual=7'],
    ]);
    expect(text.match(/protocol=.*/g)).toEqual([
      ...['protocol=tcp', 'protocol=tcp', 'protocol=tcp', 'protocol=fwm'],
    ]);
  });

  it.each([
    [
      'SCTP',
      'virtual_server 198.51.100.1 80 {\nprotocol SCTP\nlb_algo rr\nlb_kind NAT\nreal_server 198.51.100.2 80 {\n}\n}',
    ],
    [
      'another family',
      'virtual_server 198.51.100.1 80 {\nprotocol TCP\nlb_algo rr\nlb_kind TUN\nreal_server fd00::2 80 {\n}\n}',
    ],
  ])('are refused with %s', (_, text) => {
    expect(filesOf(text).refused).toHaveLength(1);
  });

  it.each([
    ['alpha', 'alpha'],
    ['omega', 'omega'],
    ['ha_suspend', 'ha_suspend'],
    ['quorum 2\nweight 2', 'quorum'],
    ['lb_kind TUN type gre', 'lb_kind'],
  ])('name what they cannot follow: %s', (lines, keyword) => {
    expect(lost(service(`${lines}\n${server('')}\n${server('', '198.51.100.3 80')}`))).toContain(keyword);
  });

  it.each([
    [page('path /\ndigest 0123456789abcdef0123456789abcdef'), 'digest'],
    [page('path /\nstatus_code 301'), 'status_code'],
    [`${page('path /')}\nTCP_CHECK {\n}`, 'TCP_CHECK'],
    ['TCP_CHECK {\nbindto 198.51.100.9\n}', 'bindto'],
    ['TCP_CHECK {\ndelay_before_retry 3\n}', 'delay_before_retry'],
    ['MISC_CHECK {\nmisc_path /bin/true\nmisc_dynamic\n}', 'misc_dynamic'],
    ['DNS_CHECK {\ntype SOA\nname example.com\n}', 'DNS_CHECK'],
    ['notify_up /bin/true', 'notify_up'],
    [page('path "/a#b"'), 'path'],
  ])('name what they cannot follow of a server: %j', (check, keyword) => {
    expect(lost(service(server(check)))).toContain(keyword);
  });
});

describe('the fates of lines', () => {
  const translated = (text: string) => {
    const vip = `vrrp_instance V {\ninterface eth0\nvirtual_router_id 5\nvirtual_ipaddress {\n198.51.100.1/24\n}\n}\n`;
    const { plan, diagnostics } = translateNodes({ n1: vip + text, n2: vip + text }, { lvs: 'ldirectord' });
    if (!plan) throw new Error(`no plan: ${JSON.stringify(diagnostics)}`);
    const fatesBelow = (block: string) =>
      [...new Set(plan.fates.filter(({ path }) => path.includes(block)).map(({ fate }) => fate))].sort();
    return { plan, diagnostics, fatesBelow };
  };
  const commands = 'quorum_up "/etc/up.sh"\nquorum_down "/etc/down.sh"';
  const quorumFile = 'ldirectord-quorum';

  it.each([
    ['a mark', service(`${commands}\n${server('')}`, 'virtual_server fwmark 8'), 0],
    [
      'a group of marks',
      `virtual_server_group G {\nfwmark 7\n}\n${service(`${commands}\n${server('')}`, 'virtual_server group G')}`,
      0,
    ],
    [
      'a group of both',
      `virtual_server_group G {\n198.51.100.1 80\nfwmark 7\n}\n${service(`${commands}\n${server('')}`, 'virtual_server group G')}`,
      1,
    ],
  ])('do not promise commands for %s', (_, text, told) => {
    const { plan, fatesBelow } = translated(text);
    expect(fatesBelow('quorum_up')).toEqual(['approximate']);
    expect(fatesBelow('quorum_down')).toEqual(['approximate']);
    const own = plan.files.filter(({ node }) => node === 'n1');
    const cf = own.find(({ path }) => path.endsWith('.cf'))?.content ?? '';
    expect(cf.match(/fallbackcommand/g) ?? []).toHaveLength(told);
    expect(own.filter(({ path }) => path.endsWith(quorumFile))).toHaveLength(told);
  });

  it('are those of the check that is dropped', () => {
    const tls = `SSL_GET {\nurl {\npath /a\ndigest 0123456789abcdef0123456789abcdef\nstatus_code 200\nregex ok\n}\nvirtualhost w.x\nconnect_ip 198.51.100.7\nenable_sni\n}`;
    const misc = 'MISC_CHECK {\nmisc_path /bin/true\nuser nobody\n}';
    const { fatesBelow } = translated(service(`${server(tls)}\n${server(misc, '198.51.100.3 80')}`));
    expect(fatesBelow('SSL_GET')).toEqual(['approximate']);
    expect(fatesBelow('MISC_CHECK')).toEqual(['approximate']);
  });

  it('are of the server that had no check beside others that have one, and of no connection that is tried anyway', () => {
    const misc = server('MISC_CHECK {\nmisc_path /bin/true\n}');
    const { fatesBelow } = translated(
      service([misc, server('', '198.51.100.3 80'), server('TCP_CHECK {\n}', '198.51.100.4 80')].join('\n')),
    );
    expect(fatesBelow('198.51.100.3 80')).toEqual(['approximate']);
    expect(fatesBelow('TCP_CHECK')).toEqual(['equivalent']);
    expect(fatesBelow('MISC_CHECK')).toEqual(['approximate']);
  });

  it('are manual for the certificate of checks, and not needed where no check has it', () => {
    const certificate = 'SSL {\npassword geheim\nca /etc/ca\ncertificate /etc/cert\nkey /etc/key\n}\n';
    const tls = translated(certificate + service(server('SSL_GET {\nurl {\npath /\n}\n}')));
    const ofTls = tls.plan.fates.filter(({ path }) => /^SSL\b/.test(path));
    expect(new Set(ofTls.map(({ fate }) => fate))).toEqual(new Set(['manual']));
    expect(ofTls).toHaveLength(10);
    expect(tls.diagnostics.some(({ summary }) => /shows no certificate/.test(summary))).toBe(true);
    const none = translated(certificate + service(server('')));
    expect(none.fatesBelow('SSL')).toEqual(['not-needed']);
  });
});

describe.skipIf(!requireTool('bash'))('the scripts for commands', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-ldirectord-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const [base] = understandText(service(server('MISC_CHECK {\nmisc_path /bin/true\n}'))).value.virtualServers;
  const recorder = join(folder, 'record');
  writeFileSync(
    recorder,
    `#!/bin/bash\n: >'${folder}/received'\n(($# == 0)) || printf '%s\\0' "$@" >'${folder}/received'\n`,
  );
  chmodSync(recorder, 0o755);
  const run = (script: string, words: readonly string[]) => {
    writeFileSync(join(folder, 'script'), script);
    return spawnSync('bash', [join(folder, 'script'), ...words]).status;
  };
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        '$(reboot)',
        '`x`',
        "'",
        '"',
        '\\',
        '*',
        '',
        ' a  b ',
        '#',
        ';',
        '&&',
        '-n',
        '\n',
        '\t',
        'é',
        '$HOME',
        '!',
      ),
      fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    ),
    { maxLength: 4 },
  );

  it('hand a command its words unchanged, whatever they are', () => {
    if (!base) throw new Error('no virtual server');
    fc.assert(
      fc.property(words, (given) => {
        const argv = [recorder, ...given];
        const from = base.directive;
        const servers = base.realServers.map((real) => ({
          ...real,
          checkers: real.checkers.map((checker) => ({ ...checker, argv })),
        })) as typeof base.realServers;
        const quorumDown = { argv, from };
        for (const [script, call] of [
          [checkScript([{ ...base, realServers: servers }]), ['198.51.100.1', '80', '198.51.100.2', '80']],
          [quorumScript([{ ...base, quorumDown }]), ['start', '198.51.100.1:80', 'tcp']],
        ] as const) {
          expect(run(script ?? '', call)).toBe(0);
          const received = readFileSync(join(folder, 'received'), 'utf8').split('\0').slice(0, -1);
          expect(received).toEqual(given);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('fail for a server that they do not know, and pass over a service without commands', () => {
    if (!base) throw new Error('no virtual server');
    expect(run(checkScript([base]) ?? '', ['198.51.100.1', '80', '198.51.100.9', '80'])).toBe(1);
    const quorum = quorumScript([{ ...base, quorumUp: { argv: ['/bin/false'], from: base.directive } }]);
    expect(run(quorum ?? '', ['start', '198.51.100.1:80', 'tcp'])).toBe(0);
  });
});

const ready = requireTool('ldirectord') && requireRoot('ldirectord writes below /run');

describe.skipIf(!ready)('the real ldirectord', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-real-ldirectord-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  // With -d it takes an ipvsadm of the folder that it is started in.
  writeFileSync(join(folder, 'ipvsadm'), `#!/bin/bash\n[[ $1 == -L ]] || echo "$*" >>'${folder}/calls'\n`);
  chmodSync(join(folder, 'ipvsadm'), 0o755);

  const fixture = readFileSync(new URL('../../fixtures/lvs/ldirectord/dir1.conf', import.meta.url), 'utf8');

  it('reads the file without a complaint', () => {
    const path = join(folder, 'fixture.cf');
    writeFileSync(path, filesOf(fixture).text);
    const { status, stdout, stderr } = spawnSync('ldirectord', [path, 'status'], { encoding: 'utf8' });
    // 3: accepted, and not running; 2: an error in the file.
    expect(`${stdout}${stderr}`).toMatch(/is stopped/);
    expect(status).toBe(3);
  });

  const upMessage = /Activated service 198\.51\.100\.2:80/;
  const downMessage = /Deactivated service 198\.51\.100\.3:80/;

  /** Until it has said all that is waited for, on a busy machine too. */
  const outputOf = (path: string, awaited: readonly RegExp[]) =>
    new Promise<string>((resolve) => {
      let text = '';
      const child = spawn('timeout', ['90', 'ldirectord', '-d', path, 'start'], { cwd: folder });
      const collect = (chunk: Buffer) => {
        text += chunk.toString();
        if (awaited.every((message) => message.test(text))) child.kill();
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      child.on('close', () => resolve(text));
    });

  it('asks the kernel for the services, and takes up the servers that pass their checks', async () => {
    const check = join(folder, 'check');
    writeFileSync(check, `#!/bin/bash\n[[ $1 == yes ]]\n`);
    chmodSync(check, 0o755);
    const misc = (word: string) => `MISC_CHECK {\nmisc_path "${check} ${word}"\n}`;
    const text = `${service(
      `persistence_timeout 50\nsorry_server 198.51.100.9 80\nlvs_sched wrr\n${server(`weight 4\n${misc('yes')}`)}\n${server(misc('no'), '198.51.100.3 80')}`,
    )}${service(server('', 'fd00::2 81'), 'virtual_server fd00::1 81')}`;
    const files = filesOf(text);
    const script = join(folder, 'commands');
    writeFileSync(script, files.checkScript ?? '');
    chmodSync(script, 0o755);
    const path = join(folder, 'served.cf');
    writeFileSync(path, files.text.replace('/usr/local/lib/kp2pcm/ldirectord-check', script));
    const output = await outputOf(path, [upMessage, downMessage]);
    const calls = readFileSync(join(folder, 'calls'), 'utf8').split('\n');
    expect(calls).toContain('-A -t 198.51.100.1:80 -s wrr -p 50');
    expect(calls).toContain('-A -t [fd00::1]:81 -s rr');
    expect(calls.filter((call) => / -r 198\.51\.100\.2:80 /.test(call)).join()).toMatch(/^-[ae] .* -m -w 4/);
    expect(calls.some((call) => /^-a .* -r \[fd00::2\]:81 -m -w 1/.test(call))).toBe(true);
    expect(output).toMatch(upMessage);
    expect(output).toMatch(downMessage);
  });
});
