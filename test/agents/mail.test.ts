import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { agentText } from '../../templates/agents/index.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { requireTool } from '../tools.ts';

const agent = fileURLToPath(new URL('../../templates/agents/mail', import.meta.url));

let folder = '';

function program(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
  chmodSync(join(folder, name), 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kp2pcm-mail-'));
  mkdirSync(join(folder, 'attributes'));
  program('crm_node', '#!/bin/sh\necho lb1\n');
  program(
    'attrd_updater',
    `#!/bin/sh\n[ -f "${folder}/attributes/$3" ] || exit 105\nprintf 'name="%s" host="lb1" value="%s"\\n' "$3" "$(cat "${folder}/attributes/$3")"\n`,
  );
  program('sendmail', `#!/bin/sh\nprintf '%s\\0' "$@" >>${folder}/arguments\ncat >>${folder}/mails\n`);
  program('logger', `#!/bin/sh\necho "$*" >>${folder}/log\n`);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setAttribute = (name: string, value: string) => writeFileSync(join(folder, 'attributes', name), value);
const mails = () => (existsSync(join(folder, 'mails')) ? readFileSync(join(folder, 'mails'), 'utf8') : '');

/** What every event of a test has unless it says otherwise. */
const event = {
  kind: 'resource',
  rsc: 'vip-192.0.2.10',
  task: 'start',
  rc: '0',
  status: '0',
  node: 'lb1',
  recipient: 'admin@example.com',
};

const options = { watch: 'vip-192.0.2.10 vip-192.0.2.10 INSTANCE VI_1', sender: 'lb@example.com' };

/** Runs the alert as Pacemaker does; asynchronously, for a server in this process to answer. */
async function alert(
  about: Partial<typeof event>,
  given: Readonly<Record<string, string>> = options,
): Promise<void> {
  const variables = Object.entries({ ...event, ...about }).map(([name, value]) => [
    `CRM_alert_${name}`,
    value,
  ]);
  const child = spawn(agent, [], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { PATH: `${folder}:${process.env['PATH']}`, ...Object.fromEntries(variables), ...given },
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  expect(status).toBe(0);
}

const subjects = () => [...mails().matchAll(/^Subject: (.*)$/gm)].map(([, subject]) => subject);

describe('the alert that sends mail', () => {
  it('hands sendmail the mail that Keepalived sent', async () => {
    await alert({});
    const text = mails().replace(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [-+]\d{4}$/m, 'Date: -');
    expect(text).toBe(
      [
        ...['Date: -', 'From: lb@example.com', 'Subject: [lb1] VRRP Instance VI_1 - Entering MASTER state'],
        ...['X-Mailer: kp2pcm', 'To: admin@example.com', ''],
        ...['=> VRRP Instance is now owning VRRP VIPs <=', '', ''],
      ].join('\n'),
    );
    const words = readFileSync(join(folder, 'arguments'), 'utf8').split('\0').slice(0, -1);
    expect(words).toEqual(['-i', '-f', 'lb@example.com', '--', 'admin@example.com']);
  });

  it('tells BACKUP, FAULT and Stopping apart', async () => {
    const given = {
      ...options,
      faults: 'other kp_other eq 1 vip-192.0.2.10 kp_chk eq 1 vip-192.0.2.10 kp_link lt 1',
    };
    setAttribute('kp_other', '1');
    setAttribute('kp_chk', '0');
    await alert({ task: 'stop' }, given);
    setAttribute('kp_chk', '1');
    await alert({ task: 'stop' }, given);
    await alert({ task: 'stop' }, { ...given, no_email_faults: 'true' });
    setAttribute('shutdown', '1795775286');
    await alert({ task: 'stop' }, given);
    expect(subjects()).toEqual(
      ['Entering BACKUP state', 'Entering FAULT state', 'Stopping'].map(
        (state) => `[lb1] VRRP Instance VI_1 - ${state}`,
      ),
    );
  });

  it('names a sync group, and the node as its router_id does', async () => {
    const given = { watch: "first last GROUP 'a b'", router_ids: "lb2 R2 lb1 'R 1'" };
    await alert({ rsc: 'first' }, given);
    await alert({ rsc: 'last' }, given);
    await alert({ rsc: 'last', task: 'stop' }, given);
    await alert({ rsc: 'first', task: 'stop' }, given);
    expect(subjects()).toEqual([
      '[R 1] VRRP Group a b - Entering MASTER state',
      '[R 1] VRRP Group a b - Entering BACKUP state',
    ]);
    expect(mails()).toMatch(/^From: root@lb1$/m);
    expect(mails()).toMatch(/^=> All VRRP group instances are now in BACKUP state <=$/m);
  });

  it('has of each setting what its own node says', async () => {
    const given = {
      ...options,
      sender_of_nodes: 'lb2 two@x.com lb1 one@x.com',
      server: '192.0.2.1 25',
      server_of_nodes: "lb1 ''",
      no_email_faults: 'true',
      no_email_faults_of_nodes: "lb2 true lb1 ''",
      faults: 'vip-192.0.2.10 kp_chk eq 1',
    };
    setAttribute('kp_chk', '1');
    await alert({ task: 'stop' }, given);
    expect(subjects()).toEqual(['[lb1] VRRP Instance VI_1 - Entering FAULT state']);
    expect(mails()).toMatch(/^From: one@x.com$/m);
  });

  it('sends nothing for the recipients of another node, nor about what only another tells of', async () => {
    await alert({}, { ...options, spared: 'lb1 admin@example.com' });
    await alert({}, { ...options, silent: 'lb1 INSTANCE VI_1' });
    expect(mails()).toBe('');
    await alert(
      {},
      { ...options, spared: 'lb2 admin@example.com lb1 b@x.com', silent: 'lb2 INSTANCE VI_1 lb1 GROUP VI_1' },
    );
    expect(subjects()).toHaveLength(1);
  });

  it.each([
    ['of another node', { node: 'lb2' }],
    ['of another resource', { rsc: 'vip-192.0.2.11' }],
    ['of a monitor', { task: 'monitor' }],
    ['that failed', { rc: '1' }],
    ['of a node', { kind: 'node' }],
    ['without a recipient', { recipient: '' }],
  ])('sends nothing at an event %s', async (_, about) => {
    await alert(about);
    expect(mails()).toBe('');
  });

  it('speaks SMTP with a server as Keepalived does', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      let inData = false;
      socket.write('220-two lines\r\n220 ready\r\n');
      socket.on('data', (chunk) => {
        for (const line of chunk.toString('latin1').split(/(?<=\n)/)) {
          heard.push(line);
          if (inData) {
            if (line === '.\r\n') {
              inData = false;
              socket.write('250 taken\r\n');
            }
          } else if (line.startsWith('DATA')) {
            inData = true;
            socket.write('354 go on\r\n');
          } else socket.write('250 fine\r\n');
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await alert({}, { ...options, server: `127.0.0.1 ${port}`, helo: 'lb1.example.com' });
    server.close();
    const lines = heard
      .join('')
      .replace(/^Date: .*$/m, 'Date: -')
      .split('\r\n');
    expect(lines).toEqual([
      ...[
        'HELO lb1.example.com',
        'MAIL FROM:<lb@example.com>',
        'RCPT TO:<admin@example.com>',
        'DATA',
        'Date: -',
      ],
      ...[
        'From: lb@example.com',
        'Subject: [lb1] VRRP Instance VI_1 - Entering MASTER state',
        'X-Mailer: kp2pcm',
      ],
      ...['To: admin@example.com', '', '=> VRRP Instance is now owning VRRP VIPs <=', '', '.', 'QUIT', ''],
    ]);
    expect(mails()).toBe('');
  });

  it('says in the log that nobody took the mail, and does not fail', async () => {
    await alert({}, { ...options, server: '127.0.0.1 1' });
    program('sendmail', '#!/bin/sh\nexit 75\n');
    await alert({});
    const log = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
    expect(log).toHaveLength(2);
    expect(log[0]).toMatch(/the mail to admin@example\.com could not be sent: \[lb1\] VRRP/);
  });

  it('keeps what a name holds, in one line, and runs none of it', async () => {
    for (const text of hostileTexts) {
      rmSync(join(folder, 'mails'), { force: true });
      const words = joinArguments(['v', 'v', 'INSTANCE', text]);
      await alert(
        { rsc: 'v' },
        {
          watch: words,
          router_ids: joinArguments(['lb1', text]),
          sender_of_nodes: joinArguments(['lb1', joinArguments([text])]),
        },
      );
      const line = text.replace(/[\r\n]/g, ' ');
      expect(subjects()).toEqual([`[${line}] VRRP Instance ${line} - Entering MASTER state`]);
      expect(mails().split('\n')).toHaveLength(9);
    }
    expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
  });

  it('is the text that plans carry', () => {
    expect(agentText.mail).toBe(readFileSync(agent, 'utf8'));
  });

  it.skipIf(!requireTool('shellcheck'))('passes ShellCheck', () => {
    execFileSync('shellcheck', [agent]);
  });

  it.skipIf(!requireTool('shfmt'))('is laid out as shfmt -i 2 -ci lays out', () => {
    expect(execFileSync('shfmt', ['-i', '2', '-ci', '-d', agent], { encoding: 'utf8' })).toBe('');
  });
});
