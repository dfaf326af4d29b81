import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { requireRoot } from '../tools.ts';

const agent = fileURLToPath(new URL('../../templates/agents/notify', import.meta.url));
const notConfigured = 6;
const notRunning = 7;

let folder = '';
let record = '';

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kp2pcm-notify-'));
  // Other users must reach the scripts and what they write to.
  chmodSync(folder, 0o755);
  record = join(folder, 'record');
  writeFileSync(record, '');
  chmodSync(record, 0o666);
  for (const name of ['bin', 'attributes', 'addresses']) mkdirSync(join(folder, name));
  // The attribute daemon's answer as pacemaker 2.1.5 prints it, from a file for each attribute.
  program(
    'bin/attrd_updater',
    `#!/bin/sh\n[ -f "${folder}/attributes/$3" ] || exit 105\nprintf 'name="%s" host="lb1" value="%s"\\n' "$3" "$(cat "${folder}/attributes/$3")"\n`,
  );
  program('bin/crm_attribute', `#!/bin/sh\nif [ -f ${folder}/standby ]; then echo on; else echo off; fi\n`);
  program(
    'bin/ip',
    `#!/bin/sh\n# -o address show to ADDRESS\nif [ -f "${folder}/addresses/$5" ]; then echo 2: eth0; fi\n`,
  );
  program('bin/logger', `#!/bin/sh\necho "$*" >>${folder}/log\n`);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const setAttribute = (name: string, value: string) => writeFileSync(join(folder, 'attributes', name), value);

/** A script that writes its first argument and the others, in one line. */
function recorder(): string {
  return program('recorder', `#!/bin/sh\necho "$*" >>${record}\n`);
}

/** What the scripts have written, once it is so many lines; a little later, to see one too many. */
function recorded(lines: number): string[] {
  const read = () => readFileSync(record, 'utf8').split('\n').slice(0, -1);
  for (let tries = 0; tries < 100 && read().length < lines; tries++) pause(100);
  pause(300);
  return read();
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

type Parameters = Readonly<Record<string, string>>;

/** Calls the agent as Pacemaker does on the node lb1. */
function call(action: string, id: string, parameters: Parameters, shell = '/bin/sh') {
  const result = spawnSync(shell, [agent, action], {
    timeout: 30_000,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${folder}/bin:${process.env['PATH']}`,
      HA_RSCTMP: join(folder, 'state'),
      OCF_RESOURCE_INSTANCE: id,
      OCF_RESKEY_CRM_meta_on_node: 'lb1',
      ...Object.fromEntries(Object.entries(parameters).map(([key, value]) => [`OCF_RESKEY_${key}`, value])),
    },
  });
  return { status: result.status, log: result.stderr };
}

/** Every script records itself, so that a test sees which have run, and in which order. */
function allScripts(): Record<string, string> {
  const events = ['master', 'backup', 'fault', 'stop'];
  const path = recorder();
  return {
    name: 'VI_1',
    priority: '150',
    user: 'root',
    notify: joinArguments([path, 'any']),
    ...Object.fromEntries(events.map((event) => [`notify_${event}`, joinArguments([path, event])])),
  };
}

const clone = (action: string, parameters: Parameters, shell?: string) =>
  call(action, 'notify-VI_1:0', { CRM_meta_interval: '5000', ...parameters }, shell);
const member = (action: string) => call(action, 'master-VI_1', { tell: 'notify-VI_1' });

const of = (state: string) => [state.toLowerCase(), `any INSTANCE VI_1 ${state} 150`];
/** Scripts of one change run at the same time: in which order they write is chance. */
const byChange = (lines: readonly string[]) =>
  lines.flatMap((_, index) =>
    index % 2 === 0
      ? lines
          .slice(index, index + 2)
          .toSorted()
          .toReversed()
      : [],
  );
const expectChanges = (...states: string[]) => {
  const expected = states.flatMap(of);
  expect(byChange(recorded(expected.length))).toEqual(byChange(expected));
};

describe('the agent ocf:kp2pcm:notify', () => {
  it('runs BACKUP where the clone starts, MASTER where the group comes, BACKUP where it goes', () => {
    const scripts = allScripts();
    expect(clone('start', scripts).status).toBe(0);
    expectChanges('BACKUP');
    expect(member('start').status).toBe(0);
    expectChanges('BACKUP', 'MASTER');
    expect(member('stop').status).toBe(0);
    expectChanges('BACKUP', 'MASTER', 'BACKUP');
  });

  it('runs BACKUP, then MASTER, when the group is there before the clone', () => {
    member('start');
    expect(recorded(0)).toEqual([]);
    clone('start', allScripts());
    expectChanges('BACKUP', 'MASTER');
  });

  it('never runs the scripts of a state twice', () => {
    const scripts = allScripts();
    for (const _ of [1, 2]) clone('start', scripts);
    for (const _ of [1, 2]) expect(clone('monitor', scripts).status).toBe(0);
    for (const _ of [1, 2]) member('start');
    for (const _ of [1, 2]) expect(member('monitor').status).toBe(0);
    for (const _ of [1, 2]) member('stop');
    expectChanges('BACKUP', 'MASTER', 'BACKUP');
  });

  it('runs FAULT where a rule forbids the node, with the group there before or not, and BACKUP afterwards', () => {
    const scripts = { ...allScripts(), rules: 'kp_chk eq 1 -INFINITY kp_link_eth0 lt 1 -INFINITY' };
    setAttribute('kp_chk', '0');
    clone('start', scripts);
    setAttribute('kp_chk', '1');
    clone('monitor', scripts);
    expectChanges('BACKUP', 'FAULT');
    setAttribute('kp_chk', '0');
    clone('monitor', scripts);
    member('start');
    setAttribute('kp_link_eth0', '0');
    // The group is still here: it is Pacemaker that takes it away.
    clone('monitor', scripts);
    member('stop');
    expectChanges('BACKUP', 'FAULT', 'BACKUP', 'MASTER', 'FAULT');
  });

  it('runs STOP, and not BACKUP, where the node leaves the cluster, whichever resource stops first', () => {
    const scripts = allScripts();
    for (const order of ['member', 'clone']) {
      rmSync(join(folder, 'attributes', 'shutdown'), { force: true });
      clone('start', scripts);
      member('start');
      recorded(4);
      writeFileSync(record, '');
      setAttribute('shutdown', '1795775286');
      if (order === 'member') member('stop');
      clone('stop', scripts);
      if (order === 'clone') member('stop');
      expectChanges('STOP');
      writeFileSync(record, '');
    }
  });

  it('takes a node on standby for one that leaves', () => {
    const scripts = allScripts();
    clone('start', scripts);
    writeFileSync(join(folder, 'standby'), '');
    clone('stop', scripts);
    expectChanges('BACKUP', 'STOP');
  });

  it('runs nothing when the clone is stopped and started on a node that stays', () => {
    const scripts = allScripts();
    clone('start', scripts);
    member('start');
    clone('stop', scripts);
    expect(clone('monitor', scripts).status).toBe(notRunning);
    clone('start', { ...scripts, notify_fault: '' });
    expectChanges('BACKUP', 'MASTER');
  });

  it('goes on from the state that Keepalived has left', () => {
    const scripts = allScripts();
    expect(member('adopt').status).toBe(0);
    // Pacemaker finds the group here, and the clone starts before or after.
    expect(member('monitor').status).toBe(0);
    clone('start', scripts);
    member('start');
    expect(recorded(0)).toEqual([]);
    member('stop');
    expectChanges('BACKUP');
    expect(call('adopt', 'notify-VI_1', { name: 'VI_1' }).status).toBe(2);
  });

  it('returns at once, whatever the scripts do, and begins those of the next change when they have ended', () => {
    const scripts = allScripts();
    const slow = program('slow', `#!/bin/sh\nsleep 3\necho slow >>${record}\n`);
    const begun = Date.now();
    clone('start', { ...scripts, notify_backup: slow, notify: '' });
    member('start');
    expect(Date.now() - begun).toBeLessThan(2500);
    expect(recorded(2)).toEqual(['slow', 'master']);
  });

  it('waits no longer than five seconds for the scripts of the change before', () => {
    const hanging = program('hanging', `#!/bin/sh\necho hanging >>${record}\nsleep 20\n`);
    clone('start', { ...allScripts(), notify_backup: hanging, notify: '' });
    const begun = Date.now();
    member('start');
    expect(recorded(2)).toEqual(['hanging', 'master']);
    expect(Date.now() - begun).toBeGreaterThan(4000);
  });

  it('does not fail when a script fails, is missing, or has a user that is not there', () => {
    const scripts = { ...allScripts(), notify_backup: '/bin/false', notify_master: join(folder, 'missing') };
    expect(clone('start', { ...scripts, notify_user: 'no-such-user' }).status).toBe(0);
    expect(member('start').status).toBe(0);
    expect(recorded(0)).toEqual([]);
    pause(500);
    const log = readFileSync(join(folder, 'log'), 'utf8');
    expect(log).toMatch(/notify does not run: no such user or group here: no-such-user/);
    expect(log).toMatch(/not there or not executable: .*missing/);
  });

  it('begins the scripts of BACKUP when the addresses are gone', () => {
    const scripts = { ...allScripts(), addresses: '192.0.2.10 2001:db8::10' };
    clone('start', scripts);
    recorded(2);
    for (const address of ['192.0.2.10', '2001:db8::10'])
      writeFileSync(join(folder, 'addresses', address), '');
    member('start');
    recorded(4);
    member('stop');
    rmSync(join(folder, 'addresses', '192.0.2.10'));
    pause(700);
    expectChanges('BACKUP', 'MASTER');
    rmSync(join(folder, 'addresses', '2001:db8::10'));
    expectChanges('BACKUP', 'MASTER', 'BACKUP');
  });

  it.each([
    ['weights that count now', '150', 'kp_a eq 1 -60 kp_b eq 1 -20 kp_unset eq 1 -5', '90'],
    ['a file whose value is the score', '150', 'kp_file score x x', '157'],
    ['no less than 1', '100', 'kp_a eq 1 -254', '1'],
    ['no more than 254', '250', 'kp_file gte 7 200', '254'],
    ['255 whatever the weights', '255', 'kp_a eq 1 -60', '255'],
    ['that of this node', '100 @lb1 150 @lb2 50', '', '150'],
    ['the general one where the node has none', '100 @lb2 50', '', '100'],
  ])('tells the priority: %s', (_, priority, rules, expected) => {
    setAttribute('kp_a', '1');
    setAttribute('kp_b', '0');
    setAttribute('kp_file', '7');
    clone('start', { name: 'VI_1', priority, rules, user: 'root', notify: recorder() });
    expect(recorded(1)).toEqual([`INSTANCE VI_1 BACKUP ${expected}`]);
  });

  it('tells of a sync group, which has no priority', () => {
    clone('start', { type: 'GROUP', name: "'a b'", priority: '150', user: 'root', notify: recorder() });
    expect(recorded(1)).toEqual(['GROUP a b BACKUP 0']);
  });

  it('runs what is meant for the node', () => {
    const path = recorder();
    const other = `${path} everywhere @lb2 ${path} lb2`;
    const own = `${path} everywhere @lb1 ${path} lb1 @@lb1 @@@x @lb2 ${path} lb2`;
    clone('start', { name: 'VI_1', user: 'root', notify_backup: other });
    expect(recorded(1)).toEqual(['everywhere']);
    call('start', 'notify-VI_2:0', { name: 'VI_2', user: 'root', notify_backup: own });
    expect(recorded(2)).toEqual(['everywhere', 'lb1 @lb1 @@x']);
  });

  it.each(['/bin/sh', '/bin/bash'])(
    'hands every argument over unchanged, without a shell between: %s',
    (shell) => {
      const path = program('arguments', `#!/bin/sh\nprintf '%s\\0' "$PWD" "$(umask)" "$@" >${record}\n`);
      const strange = [...hostileTexts, '', '\u0001\u001b[0m', 'ends with a line feed\n'].map((word) =>
        word.replace(/^@/, '@@'),
      );
      const parameters = {
        name: joinArguments(['it’s "it"']),
        user: 'root',
        notify: joinArguments([path, ...strange]),
      };
      clone('start', parameters, shell);
      recorded(1);
      const words = strange.map((word) => word.replace(/^@@/, '@'));
      expect(readFileSync(record, 'utf8').split('\0').slice(0, -1)).toEqual([
        ...['/', '0177', ...words],
        ...['INSTANCE', 'it’s "it"', 'BACKUP', '100'],
      ]);
      expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
    },
  );

  it.skipIf(!requireRoot('scripts change their user'))(
    'runs each script as its user, with the group only',
    () => {
      const path = program('who', `#!/bin/sh\necho "$1 $(id -un) $(id -gn) $(id -Gn)" >>${record}\n`);
      const scripts = {
        ...{ name: 'VI_1', user: 'nobody', notify_master: `${path} master`, notify_backup: `${path} backup` },
        ...{ notify_master_user: 'nobody daemon', notify: `${path} any`, notify_user: 'daemon' },
      };
      clone('start', scripts);
      recorded(2);
      member('start');
      expect(recorded(4).toSorted()).toEqual([
        ...['any daemon daemon daemon', 'any daemon daemon daemon'],
        ...['backup nobody nogroup nogroup', 'master nobody daemon daemon'],
      ]);
    },
  );

  it('writes into FIFOs the lines that Keepalived writes, in order, and does not wait for a reader', () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    execFileSync('mkfifo', [one, two]);
    // Somebody holds the first open; the second has nobody.
    const reader = `exec 3<>${one}; for i in 1 2 3; do IFS= read -r line <&3 && echo "$line" >>${record}; done`;
    const held = spawnSync('/bin/sh', ['-c', `(${reader}) >/dev/null 2>&1 & sleep 0.3`]);
    expect(held.status).toBe(0);
    const parameters = { name: '\'VI "1"\'', priority: '150', fifo: joinArguments([one, two]) };
    clone('start', parameters);
    member('start');
    member('stop');
    expect(recorded(3)).toEqual([
      'INSTANCE "VI "1"" BACKUP 150',
      'INSTANCE "VI "1"" MASTER 150',
      'INSTANCE "VI "1"" BACKUP 150',
    ]);
  });

  it('tells readers of a FIFO of weights that change, if they are to hear of it', () => {
    const fifo = join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    spawnSync('/bin/sh', [
      '-c',
      `(exec 3<>${fifo}; cat <&3 >>${record}) >/dev/null 2>&1 & echo $! >${folder}/cat`,
    ]);
    const parameters = {
      name: 'VI_1',
      priority: '150',
      fifo,
      rules: 'kp_a eq 1 -60',
      priority_changes: 'true',
    };
    clone('start', parameters);
    setAttribute('kp_a', '1');
    for (const _ of [1, 2]) clone('monitor', parameters);
    member('start');
    setAttribute('kp_a', '0');
    for (const _ of [1, 2]) clone('monitor', parameters);
    expect(recorded(4)).toEqual([
      ...['INSTANCE "VI_1" BACKUP 150', 'INSTANCE "VI_1" BACKUP_PRIORITY 90'],
      ...['INSTANCE "VI_1" MASTER 90', 'INSTANCE "VI_1" MASTER_PRIORITY 150'],
    ]);
    process.kill(Number(readFileSync(join(folder, 'cat'), 'utf8')));
  });

  it.each([
    ['no name', { name: '' }, notConfigured],
    ['another type', { type: 'SERVER' }, notConfigured],
    ['a script with an open quote', { notify_master: "/bin/true 'x" }, notConfigured],
    ['rules with an open quote', { rules: '"' }, notConfigured],
    ['a clone that is no id', { tell: '../etc' }, notConfigured],
    ['nothing but the clone', { name: '', tell: 'notify-VI_1' }, 0],
    ['what it takes', {}, 0],
  ])('says of %s with the right code what it thinks of it', (_, parameters, expected) => {
    const { status, log } = call('validate-all', 'notify-VI_1', { name: 'VI_1', ...parameters });
    expect(status).toBe(expected);
    expect(log === '').toBe(expected === 0);
  });

  it('can be stopped before it has been started, and when its parameters have been broken meanwhile', () => {
    expect(member('stop').status).toBe(0);
    expect(clone('stop', {}).status).toBe(0);
    clone('start', allScripts());
    expect(clone('stop', { name: "'", notify: "'" }).status).toBe(0);
    expect(call('stop', 'master-VI_1', { tell: '../../../etc' }).status).toBe(0);
  });
});
