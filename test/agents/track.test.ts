import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { requireRoot } from '../tools.ts';

const agent = fileURLToPath(new URL('../../templates/agents/track', import.meta.url));
const running = 0;
const notConfigured = 6;
const notInstalled = 5;
const notRunning = 7;

let folder = '';

function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kp2pcm-track-'));
  // Other users must reach the check.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'bin'));
  program('bin/attrd_updater', `#!/bin/sh\necho "$*" >>${folder}/attributes\n`);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Calls the agent as Pacemaker does, with a command's words and other parameters. */
function call(
  action: string,
  argv: readonly string[],
  parameters: Record<string, string> = {},
  shell = '/bin/sh',
) {
  const reskey = { command: joinArguments(argv), name: 'kp_chk', user: 'root', timeout: '5', ...parameters };
  const environment = Object.fromEntries(
    Object.entries(reskey).map(([key, value]) => [`OCF_RESKEY_${key}`, value]),
  );
  const result = spawnSync(shell, [agent, action], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: `${folder}/bin:${process.env['PATH']}`,
      HA_RSCTMP: join(folder, 'state'),
      OCF_RESOURCE_INSTANCE: 'chk:0',
      ...environment,
    },
  });
  return { status: result.status, log: result.stderr };
}

const monitor = (argv: readonly string[], parameters: Record<string, string> = {}) =>
  call('monitor', argv, { CRM_meta_interval: '2000', ...parameters });

/** What attrd_updater has been told so far, without the options that are always the same. */
function attributes(): string[] {
  const path = join(folder, 'attributes');
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(/^-n kp_chk (-U [01]|-D) -d 0$/);
  return lines.map((line) => line.replace('-n kp_chk ', '').replace(' -d 0', ''));
}

/** A zombie that nobody has collected yet is not. */
function isAlive(pid: string): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
}

/** A check whose result the test can change. */
function flippingCheck(): { readonly argv: string[]; readonly set: (status: number) => void } {
  const status = join(folder, 'status');
  return {
    argv: [program('check', `#!/bin/sh\nexit "$(cat ${status})"\n`)],
    set: (value) => writeFileSync(status, `${value}\n`),
  };
}

describe('the agent ocf:kp2pcm:track', () => {
  it('sets the attribute to 0 when the first run is good, and to 1 when it is bad, whatever rise and fall are', () => {
    expect(call('start', ['/bin/true'], { rise: '3', fall: '3' }).status).toBe(running);
    expect(call('start', ['/bin/false'], { rise: '3', fall: '3' }).status).toBe(running);
    expect(attributes()).toEqual(['-U 0', '-U 1']);
  });

  it('changes the attribute after `fall` bad and `rise` good results in a row', () => {
    const { argv, set } = flippingCheck();
    const results = [0, 1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0];
    set(0);
    call('start', argv, { rise: '2', fall: '3' });
    for (const result of results) {
      set(result);
      expect(monitor(argv, { rise: '2', fall: '3' }).status).toBe(running);
    }
    const expected = [0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0];
    expect(attributes().slice(1)).toEqual(expected.map((value) => `-U ${value}`));
  });

  it('never reports a failed check as a failed resource, and says when it changes its mind', () => {
    const { argv, set } = flippingCheck();
    set(0);
    call('start', argv);
    set(3);
    const { status, log } = monitor(argv);
    expect(status).toBe(running);
    expect(log).toMatch(/bad after 1 results \(the last ended with 3\)/);
    expect(monitor(argv).log).toBe('');
  });

  it('is not running before its start and after its stop, which deletes the attribute', () => {
    expect(monitor(['/bin/true']).status).toBe(notRunning);
    call('start', ['/bin/true']);
    expect(call('stop', ['/bin/true']).status).toBe(0);
    expect(monitor(['/bin/true']).status).toBe(notRunning);
    expect(attributes()).toEqual(['-U 0', '-D']);
  });

  it('answers a probe without running the check', () => {
    const mark = join(folder, 'ran');
    const argv = ['/usr/bin/touch', mark];
    expect(call('monitor', argv).status).toBe(notRunning);
    call('start', argv);
    rmSync(mark);
    expect(call('monitor', argv).status).toBe(running);
    expect(existsSync(mark)).toBe(false);
  });

  it.each(['/bin/sh', '/bin/bash'])(
    'hands every argument over unchanged, without a shell between: %s',
    (shell) => {
      const record = join(folder, 'record');
      const check = program('check', `#!/bin/sh\nprintf '%s\\0' "$PWD" "$@" >${record}\n`);
      const words = [...hostileTexts, '', '\u0001\u001b[0m', 'ends with a line feed\n'];
      call('start', [check, ...words], {}, shell);
      expect(readFileSync(record, 'utf8').split('\0').slice(0, -1)).toEqual(['/', ...words]);
      expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
    },
  );

  it('ends a run that takes too long, with all its children, and counts it as bad', () => {
    const pids = join(folder, 'pids');
    // A child that ignores SIGTERM, as in a script that hangs in a pipeline.
    const check = program(
      'check',
      `#!/bin/bash\n(trap '' TERM; echo $BASHPID >>${pids}; while :; do sleep 0.1; done) &\necho $$ >>${pids}\nwait\n`,
    );
    const begun = Date.now();
    expect(call('start', [check], { timeout: '0.5' }).status).toBe(running);
    expect(Date.now() - begun).toBeLessThan(4000);
    expect(attributes()).toEqual(['-U 1']);
    const alive = readFileSync(pids, 'utf8').trim().split('\n').filter(isAlive);
    expect(alive).toEqual([]);
  });

  it('kills a run that ignores SIGTERM two seconds later', () => {
    const check = program('check', `#!/bin/bash\ntrap '' TERM\nwhile :; do sleep 0.1; done\n`);
    const begun = Date.now();
    call('start', [check], { timeout: '0.5' });
    expect(Date.now() - begun).toBeGreaterThan(2400);
    expect(Date.now() - begun).toBeLessThan(5000);
    expect(attributes()).toEqual(['-U 1']);
  });

  it('tracks nothing while the command is not there, as Keepalived does, and begins when it comes', () => {
    const check = join(folder, 'later');
    const { status, log } = call('start', [check]);
    expect(status).toBe(running);
    expect(log).toMatch(/not there or not executable/);
    expect(monitor([check]).status).toBe(running);
    program('later', '#!/bin/sh\nexit 1\n');
    monitor([check]);
    expect(attributes()).toEqual(['-D', '-U 1']);
  });

  it('finds a command without a slash in PATH, not among the words that the shell knows itself', () => {
    call('start', ['test', '-e', '/']);
    call('start', ['no-such-command-anywhere']);
    call('start', ['validate']);
    expect(attributes()).toEqual(['-U 0', '-D', '-D']);
  });

  it.skipIf(!requireRoot('the check changes its user'))(
    'runs the check as the user, with the group only',
    () => {
      const record = join(folder, 'record');
      writeFileSync(record, '');
      chmodSync(record, 0o666);
      const check = program('check', `#!/bin/sh\necho "$(id -un) $(id -gn) $(id -Gn)" >>${record}\n`);
      call('start', [check], { user: 'nobody' });
      call('start', [check], { user: 'nobody', group: 'daemon' });
      call('start', [check], { user: 'root' });
      const [own, given, root] = readFileSync(record, 'utf8').trim().split('\n');
      expect(own).toBe('nobody nogroup nogroup');
      expect(given).toBe('nobody daemon daemon');
      expect(root).toMatch(/^root root/);
    },
  );

  it.each([
    ['no command', { command: '' }, notConfigured],
    ['a command with an open quote', { command: "/bin/true 'x" }, notConfigured],
    ['no name', { name: '' }, notConfigured],
    ['a name that is not one', { name: 'a b' }, notConfigured],
    ['rise 0', { rise: '0' }, notConfigured],
    ['a fall that is no number', { fall: 'x' }, notConfigured],
    ['a timeout that is no number', { timeout: '1s' }, notConfigured],
    ['a user that this node does not have', { user: 'no-such-user' }, notInstalled],
    ['a group that this node does not have', { group: 'no-such-group' }, notInstalled],
    ['what it takes', {}, 0],
  ])('says of %s with the right code what it thinks of it', (_, parameters, expected) => {
    const { status, log } = call('validate-all', ['/bin/true'], parameters);
    expect(status).toBe(expected);
    expect(log === '').toBe(expected === 0);
  });

  it('can be stopped even when its parameters have been broken meanwhile', () => {
    call('start', ['/bin/true']);
    expect(call('stop', [], { command: "'", name: 'kp_chk', timeout: 'x' }).status).toBe(0);
    expect(call('stop', [], { name: '; rm' }).status).toBe(0);
    expect(attributes()).toEqual(['-U 0', '-D']);
  });
});
