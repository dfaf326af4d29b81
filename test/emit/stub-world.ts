import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitScripts } from '../../src/emit/scripts.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';

/**
 * Stands for the programs that the scripts call. It writes down its name, the node and its arguments, NUL between them,
 * and answers from the files of the world that the test has laid out.
 */
const stub = `#!/bin/bash
name=\${0##*/}
node=\${STUB_NODE:-$(<"$STUB_WORLD/here")}
{ printf '%s\\0' "$node" "$name" "$@"; printf '\\0'; } >>"$STUB_WORLD/calls"
answer() { if [[ -f $STUB_WORLD/$1 ]]; then cat "$STUB_WORLD/$1"; fi; }
case $name in
  ssh) STUB_NODE=$1 exec "\${@:2}" ;;
  uname) echo "$node" ;;
  getent) grep -E "[ ]\${*: -1}$" "$STUB_WORLD/hosts" ;;
  ip) if [[ $* == *' to '* ]]; then awk -v node="$node" -v address="\${*: -1}" \\
    '$1 == node && $2 == address { print "2: " $3 "    inet " $2 "/" $4 " scope global" }' "$STUB_WORLD/addresses"; fi ;;
  systemctl)
    if [[ $1 == show ]]; then
      grep -E "^($(tr , '|' <<<"\${2#--property=}"))=" "$STUB_WORLD/unit"
    fi ;;
  pcs)
    case $* in
      --version) echo 0.11.5 ;;
      'status pcsd '*) [[ -e $STUB_WORLD/authorized ]] ;;
      'host auth '*) cat >"$STUB_WORLD/authorized"; [[ ! -e $STUB_WORLD/stores-nothing ]] || rm "$STUB_WORLD/authorized" ;;
      'cluster cib '*) if [[ $4 != --config && -f $STUB_WORLD/live-cib ]]; then cp "$STUB_WORLD/live-cib" "$3"; elif [[ -f $STUB_WORLD/cib ]]; then cp "$STUB_WORLD/cib" "$3"; else echo '<configuration/>' >"$3"; fi ;;
    esac ;;
  crm_resource) if [[ $1 == --version ]]; then echo "Pacemaker \${STUB_PACEMAKER:-2.1.5}"; fi ;;
  crm_mon) answer status ;;
  crm_simulate) answer simulation ;;
  crm_attribute) answer "$4" ;;
  cibadmin) [[ $1 != --query || ! -e $STUB_WORLD/nothing-found ]] ;;
esac
`;

const stubbed = [
  ...[
    'ssh',
    'uname',
    'getent',
    'ip',
    'systemctl',
    'pcs',
    'crm_resource',
    'crm_mon',
    'crm_simulate',
    'crm_attribute',
  ],
  ...['crm_verify', 'cibadmin', 'corosync', 'keepalived', 'attrd_updater', 'arping', 'bc'],
];

export interface StubRun {
  readonly status: number | null;
  readonly output: string;
}

/** A machine's worth of stubs round the scripts of one plan. */
export class StubWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'kp2pcm-stubs-'));
  private readonly plan: Plan;

  constructor(plan: Plan) {
    this.plan = plan;
    for (const name of ['bin', 'scripts']) mkdirSync(join(this.folder, name));
    writeFileSync(join(this.folder, 'stub'), stub);
    chmodSync(join(this.folder, 'stub'), 0o755);
    for (const name of stubbed) symlinkSync('../stub', join(this.folder, 'bin', name));
    for (const { name, text } of emitScripts(plan)) writeFileSync(join(this.folder, 'scripts', name), text);
    this.lay('here', plan.nodes[0]?.name ?? '');
    this.lay('hosts', plan.nodes.map(({ name }, index) => `192.0.2.${index + 1} ${name}\n`).join(''));
    this.layUnit('active', 'enabled');
    this.lay('addresses', this.addressesOn(plan.nodes[0]?.name ?? ''));
  }

  /** Every address of the plan as the plan wants it, on one node. */
  addressesOn(node: string): string {
    const addresses = this.plan.instances.flatMap((instance) => instance.addresses);
    return addresses
      .map(
        ({ address, prefixLength, interfaces }) => `${node} ${address} ${interfaces[node]} ${prefixLength}\n`,
      )
      .join('');
  }

  /** What systemd says of Keepalived's unit, on every node. */
  layUnit(active: string, enabled: string): void {
    const more = 'LoadState=loaded\nKillMode=control-group\nRestart=no\n';
    this.lay('unit', `ActiveState=${active}\nUnitFileState=${enabled}\n${more}`);
  }

  /** Writes a file that the stubs answer from. */
  lay(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Lets the scripts reach the program of this machine. */
  unstub(...names: readonly string[]): void {
    for (const name of names) rmSync(join(this.folder, 'bin', name));
  }

  /** Changes a script, as an editor would. */
  edit(script: string, from: RegExp, to: string): void {
    const path = join(this.folder, 'scripts', script);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  }

  run(script: string, words: readonly string[], environment: Record<string, string> = {}): StubRun {
    const result = spawnSync('bash', [join(this.folder, 'scripts', script), ...words], {
      encoding: 'utf8',
      // Not a socket: bash would take itself for a remote shell.
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${join(this.folder, 'bin')}:${process.env['PATH']}`,
        STUB_WORLD: this.folder,
        KP_WORK_DIR: join(this.folder, 'work'),
        KP_SSH: 'ssh',
        ...environment,
      },
    });
    return { status: result.status, output: result.stdout + result.stderr };
  }

  /** What a program has received, call by call: the node, then its arguments. */
  calls(
    program?: string,
  ): { readonly node: string; readonly program: string; readonly words: readonly string[] }[] {
    const path = join(this.folder, 'calls');
    if (!existsSync(path)) return [];
    const records = splitRecords(readFileSync(path, 'utf8'));
    const all = records.map(([node = '', name = '', ...words]) => ({ node, program: name, words }));
    return program === undefined ? all : all.filter((call) => call.program === program);
  }

  read(name: string): string | undefined {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Words end with NUL, records with one more; node and program are never empty, so a record begins after two. */
function splitRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const words = text.split('\0');
  for (const [index, word] of words.entries()) {
    // An empty word inside a record is followed by more of it; the record's end by a node's name.
    if (word === '' && (index === words.length - 1 || record.length >= 2)) {
      if (record.length > 0) records.push(record);
      record = [];
    } else record.push(word);
  }
  return records;
}
