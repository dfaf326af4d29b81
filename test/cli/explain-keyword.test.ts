import { describe, expect, test } from 'vitest';
import { placedKeywords } from '../../grammar/directives/placed-keywords.ts';
import { useWorkplace } from './cli-run.ts';

const { kp2pcm } = useWorkplace();

describe('kp2pcm explain with a keyword', () => {
  test('tells shape, range, default, releases, meaning and what becomes of it', async () => {
    const { exitCode, stdout } = await kp2pcm(['explain', 'vrrp_instance/priority']);
    expect(stdout).toMatch(/^priority <UINT>\n {2}in vrrp_instance\n\nBase priority; /);
    expect(stdout).toMatch(/^ {2}Range {5}1\.\.255$/m);
    expect(stdout).toMatch(/^ {2}Default {3}100; 255 if state MASTER was given$/m);
    expect(stdout).toMatch(/^ {2}Repeated {2}the last one counts$/m);
    expect(stdout).toMatch(/^ {2}Known {5}since 1\.2\.1 or before$/m);
    expect(stdout).toMatch(/^In Pacemaker: equivalent\n {2}The node with the highest priority /m);
    expect(exitCode).toBe(0);
  });

  test('shows every block that knows it, and only the one that is named', async () => {
    const blocks = (text: string) => [...text.matchAll(/^ {2}in (\S+)$/gm)].map((match) => match[1]);
    expect(blocks((await kp2pcm(['explain', 'user'])).stdout)).toEqual([
      'vrrp_script',
      'virtual_server/real_server/MISC_CHECK',
    ]);
    expect(blocks((await kp2pcm(['explain', 'MISC_CHECK/user'])).stdout)).toEqual([
      'virtual_server/real_server/MISC_CHECK',
    ]);
  });

  test('names what a block holds, and what a line of a list may hold', async () => {
    expect((await kp2pcm(['explain', 'vrrp_script'])).stdout).toMatch(/^Holds:\n {2}script interval /m);
    const { stdout } = await kp2pcm(['explain', 'virtual_ipaddress']);
    expect(stdout).toContain('Each line: <ADDR>[/<PREFIX>] [OPTION]...\n  dev <IFNAME>: interface; ');
    expect((await kp2pcm(['explain', 'track_script'])).stdout).toMatch(/^ {2}Weights {3}-253\.\.253$/m);
  });

  test('explains a word of a list by the lists that know it', async () => {
    const { stdout } = await kp2pcm(['explain', 'preferred_lft']);
    expect(stdout).toMatch(/^preferred_lft <UINT> \| forever\n {2}in a line of static_ipaddress, /);
  });

  test('tells of an old spelling what it is the same as, and of that one its old spelling', async () => {
    expect((await kp2pcm(['explain', 'lvs_sched'])).stdout).toMatch(/^ {2}Same as {3}lb_algo$/m);
    expect((await kp2pcm(['explain', 'lb_algo'])).stdout).toMatch(/^ {2}Also {6}lvs_sched$/m);
  });

  test.each([
    ['Priority', 'vrrp_instance/priority'],
    ['vrrp_script/wieght', 'vrrp_script/weight'],
    ['vrrp_script/priority', 'vrrp_instance/priority'],
    ['state_file_location', 'global_defs/state_dump_file'],
  ])('%s is wrong use, and %s is suggested', async (word, meant) => {
    const { exitCode, stdout, stderr } = await kp2pcm(['explain', word]);
    expect(stderr).toContain(`did you mean ${meant}?`);
    expect([exitCode, stdout]).toEqual([2, '']);
  });

  test.each(['include', 'includem', '~SEQ', '~LST', '$NAME', '@id', '@^lb1'])(
    '%s is no keyword, and the help names the page that tells of it',
    async (word) => {
      const { exitCode, stdout, stderr } = await kp2pcm(['explain', word]);
      expect(stderr).toMatch(/^error\[KP412\]: .* is no keyword: [\s\S]*grammar\/README\.md/);
      expect([exitCode, stdout]).toEqual([2, '']);
    },
  );

  test('a word of a list that is written with a dash is suggested, and can be asked for', async () => {
    const { exitCode, stderr } = await kp2pcm(['explain', 'nodad']);
    expect(stderr).toContain('did you mean -nodad? kp2pcm explain -- -nodad tells of it');
    expect(exitCode).toBe(2);
    expect((await kp2pcm(['explain', '--', '-nodad'])).stdout).toMatch(/^-nodad\n {2}in a line of /);
  });

  test.each(['xyzzy', '', 'constructor', 'priority/', '/'])(
    '%j is neither code nor keyword',
    async (word) => {
      const { exitCode, stderr } = await kp2pcm(['explain', word]);
      expect(stderr).toMatch(/^error\[KP412\]: .*\n {3}help: /);
      expect(exitCode).toBe(2);
    },
  );

  test('every keyword of the language has its page, and no line is too wide', async () => {
    for (const { path } of placedKeywords()) {
      const { exitCode, stdout } = await kp2pcm(['explain', path.join('/')]);
      expect(exitCode, path.join('/')).toBe(0);
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThan(93);
    }
  });
});
