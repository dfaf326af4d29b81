import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispositionOf } from '../../src/pacemaker/dispositions/index.ts';
import { placedKeywords } from '../directives/keyword-paths.ts';
import { requireTool } from '../tools.ts';

const ready = ['pcs', 'cibadmin', 'crm_verify', 'bash'].every(requireTool);
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-dispositions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const texts = [
  ...new Set(
    placedKeywords.flatMap(({ path }) => {
      const { reason, wayOut } = dispositionOf(path);
      return `${reason} ${wayOut ?? ''}`;
    }),
  ),
];

function commandsOf(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

/** Needs a running cluster, or no cluster at all, so that it cannot be tried on a file. */
const elsewhere = /^pcs (?:status|resource cleanup|resource describe)/;

/** The commands of one text, in order, each list once. */
const withPcs = [...new Set(texts.map((text) => commandsOf(text).filter(isForFile).join('\n')))].filter(
  (commands) => commands !== '',
);

function isForFile(command: string): boolean {
  return command.startsWith('pcs ') && !elsewhere.test(command);
}

/** Runs a command line as a shell would take it, on a CIB file. systemd's units are not installed where tests run. */
function pcs(file: string, command: string): void {
  const force = command.includes('systemd:') ? ' --force' : '';
  const line = `${command.replace(/^pcs /, `pcs -f '${file}' `)}${force}`;
  const { status, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
  expect(status, `${command}\n${stderr}`).toBe(0);
}

describe.skipIf(!ready)('the commands that instructions give', () => {
  const prepared = join(folder, 'prepared.xml');
  beforeAll(() => {
    writeFileSync(prepared, execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' }));
    pcs(
      prepared,
      'pcs resource create vip-192.0.2.10 ocf:heartbeat:IPaddr2 ip=192.0.2.10 cidr_netmask=24 --group VI_1',
    );
    pcs(
      prepared,
      'pcs resource create link-eth0 ocf:heartbeat:ethmonitor interface=eth0 link_status_only=true',
    );
    pcs(prepared, 'pcs property set stonith-enabled=false');
  });

  it('are lines that bash can read', () => {
    const commands = texts.flatMap(commandsOf);
    expect(commands.length).toBeGreaterThan(20);
    execFileSync('bash', ['-n', '-c', commands.join('\n')], { stdio: 'pipe' });
  });

  it.each(withPcs)('change a cluster that has the instance, and leave it valid: %s', (commands) => {
    const file = join(folder, 'cib.xml');
    copyFileSync(prepared, file);
    for (const command of commands.split('\n')) {
      const before = readFileSync(file, 'utf8');
      pcs(file, command);
      expect(readFileSync(file, 'utf8'), command).not.toBe(before);
    }
    execFileSync('crm_verify', ['--xml-file', file]);
  });
});
