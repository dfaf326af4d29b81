import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { renderVerification } from '../../src/verify/render.ts';
import type { VerificationReport } from '../../src/verify/report.ts';
import { configuration, useWorkplace } from '../cli/cli-run.ts';
import { requireTool } from '../tools.ts';
import { parseXml } from '../xml.ts';

const place = useWorkplace();
const ready = ['pcs', 'crm_simulate', 'crm_verify', 'cibadmin'].every(requireTool);
const schema = JSON.parse(readFileSync(new URL('../../docs/verify.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

/** A pcs that passes on to the real one whatever a pattern of the shell does not catch. */
function layPcs(pattern: string, instead: string): Readonly<Record<string, string>> {
  const real = execFileSync('sh', ['-c', 'command -v pcs'], { encoding: 'utf8' }).trim();
  place.write({
    'bin/pcs': `#!/bin/sh\nreal=${real}\ncase "$*" in ${pattern}) ${instead};; *) exec "$real" "$@";; esac\n`,
  });
  chmodSync(place.path('bin/pcs'), 0o755);
  return { ...process.env, PATH: `${place.path('bin')}:${process.env['PATH']}` };
}

const writePair = (first = configuration(150)) =>
  place.write({ 'lb1.conf': first, 'lb2.conf': configuration(100) });

const verify = (env: Readonly<Record<string, string | undefined>>, ...words: readonly string[]) =>
  place.kp2pcm(['verify', '--scenarios', '5', ...words, 'lb1.conf', 'lb2.conf'], {
    env: env as Readonly<Record<string, string>>,
  });

/** Each node has the scores of the other: a mistake that nothing announces. */
const swapped = () =>
  layPcs(
    "*' prefers '*",
    'f=$2; shift 5; exec "$real" -f "$f" constraint location VI_1 prefers lb1=100 lb2=150',
  );

const elsewhere = () => configuration(150).replaceAll('192.0.2.50', '192.0.2.51');

/** One test for each difference, one more where all agree; failures are the unannounced ones. */
function expectJunit(text: string, { agrees, differences }: VerificationReport): void {
  if (requireTool('xmllint')) execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: text });
  const suites = parseXml(text.replace(/^<\?xml.*\?>\n/, ''));
  const [suite] = suites.children;
  const tests = suite?.children ?? [];
  const failed = tests.filter(({ children }) => children.some(({ name }) => name === 'failure'));
  expect(tests).toHaveLength(differences.length + (agrees ? 1 : 0));
  expect(failed).toHaveLength(differences.filter(({ announced }) => !announced).length);
  for (const element of [suites, suite])
    expect(element?.attributes).toMatchObject({ tests: `${tests.length}`, failures: `${failed.length}` });
}

describe.skipIf(!ready)('the outcome of kp2pcm verify', () => {
  it.each([
    ['agreement', () => configuration(150), () => process.env, 0],
    ['an announced difference', elsewhere, () => process.env, 0],
    ['an unannounced difference', () => configuration(150), swapped, 1],
  ] as const)(
    'has the documented fields as JSON, and counts right as JUnit: %s',
    async (_what, first, env, code) => {
      writePair(first());
      const { exitCode, stdout } = await verify(env(), '--format', 'json');
      const report = JSON.parse(stdout);
      validate(report);
      expect(validate.errors ?? []).toEqual([]);
      expect(report.agrees).toBe(code === 0);
      expect(exitCode).toBe(code);
      expectJunit(renderVerification(report, 'junit'), report);
    },
  );

  it('ends with 1 and tells the shortest sequence and the lines at a difference that nothing announces', async () => {
    writePair();
    const { exitCode, stdout, stderr } = await verify(swapped());
    expect(stdout).toMatch(/ that no message announces/);
    expect(stdout).toMatch(
      /UNANNOUNCED: At the start: Keepalived puts the addresses on lb1, Pacemaker .* lb2/,
    );
    expect(stdout).toMatch(/decided by lb1\.conf:1, lb1\.conf:5/);
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
  });

  it('ends with 3 where nothing can be translated', async () => {
    writePair('vrrp_script x {\n');
    place.write({ 'lb2.conf': 'vrrp_script x {\n' });
    const { exitCode, stdout } = await verify(process.env);
    expect(stdout).toBe('');
    expect(exitCode).toBe(3);
  });

  it('ends with 4 and the words of a program that fails', async () => {
    writePair();
    const env = layPcs("*' create '*", 'echo "no such agent" >&2; exit 1');
    const { exitCode, stdout, stderr } = await verify(env);
    expect(stderr).toMatch(/KP423[\s\S]*no such agent/);
    expect(stdout).toBe('');
    expect(exitCode).toBe(4);
  });

  it('shows its progress on a terminal, takes it away at the end, and is silent elsewhere', async () => {
    writePair();
    const words = ['verify', '--scenarios', '5', 'lb1.conf', 'lb2.conf'];
    const env = process.env as Readonly<Record<string, string>>;
    const shown = await place.kp2pcm(words, { env, terminal: true });
    expect(shown.stderr).toMatch(/pcs: command 1 of \d+/);
    expect(shown.stderr).toMatch(/crm_simulate: scenario 5 of \d+/);
    expect(shown.stderr.endsWith('\r\u001b[K')).toBe(true);
    expect((await place.kp2pcm(words, { env })).stderr).toBe('');
  });
});
