import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan, PlanFile } from '../../src/pacemaker/plan.ts';

const runPcs = readFileSync(fileURLToPath(new URL('run-pcs.py', import.meta.url)), 'utf8');

/** What a row of commands made, and said. */
export interface Reached {
  readonly cib: string;
  readonly said: string;
}

/** pcs asks systemd for each unit, and the services of a fixture are not installed where tests run. */
function forced(words: readonly string[]): string[] {
  return words.some((word) => word.startsWith('systemd:')) ? ['--force'] : [];
}

/** Where Pacemaker's programs are: this machine, or a root of another release. */
export class Machine {
  private readonly root: string;
  /** Inside the root. */
  private readonly folder: string;
  /** Some plans have the same commands. */
  private readonly reached = new Map<string, Reached>();

  /** @param folder a folder for CIB files, as the machine sees it */
  constructor(folder: string, root = '/') {
    this.root = root;
    this.folder = folder;
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(this.outside('run-pcs.py'), runPcs);
  }

  /** What a program writes to both streams. Throws with it when the program fails. */
  run(argv: readonly string[], input = '', env: Readonly<Record<string, string>> = {}): string {
    const words = this.root === '/' ? argv : ['chroot', this.root, ...argv];
    const [program = '', ...rest] = words;
    const all = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', ...env };
    const { status, stdout, stderr, error } = spawnSync(program, rest, { input, env: all, encoding: 'utf8' });
    if (error) throw error;
    if (status !== 0) throw new Error(`${argv.join(' ').slice(0, 200)}: ${status}\n${stdout}${stderr}`);
    return stdout + stderr;
  }

  /** Installs what a plan ships, and returns what takes it away again. */
  install(files: readonly PlanFile[]): () => void {
    const made: string[] = [];
    for (const { path, content, mode } of files) {
      const target = join(this.root, path);
      const missing = [dirname(target), target].find((name) => !existsSync(name));
      if (missing === undefined) continue;
      made.push(missing);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      chmodSync(target, Number.parseInt(mode, 8));
    }
    return () => {
      for (const path of made) rmSync(path, { recursive: true, force: true });
    };
  }

  /** The CIB that the plan's commands of the step `configure` make of an empty one, and what pcs says. A row of commands runs once. */
  reachWithPcs(plan: Plan): Reached {
    const commands = plan.commands.filter(({ step }) => step === 'configure').map(({ argv }) => argv);
    const key = JSON.stringify([plan.nodes.map(({ name }) => name), commands]);
    const known = this.reached.get(key) ?? this.runPcs(plan, commands);
    this.reached.set(key, known);
    return known;
  }

  private runPcs(plan: Plan, commands: readonly (readonly string[])[]): Reached {
    const file = this.emptyCib(plan.nodes);
    let said = '';
    for (let from = 0, to = 0; from < commands.length; from = to) {
      const [[program = ''] = []] = [commands[from]];
      for (to = from; to < commands.length && commands[to]?.[0] === program; to++);
      const part = commands.slice(from, to);
      if (program === 'pcs') {
        const words = part.map(([, ...rest]) => ['-f', file, ...rest, ...forced(rest)]);
        said += this.run(['/usr/bin/python3', this.inside('run-pcs.py')], JSON.stringify(words));
      } else for (const argv of part) said += this.run(argv, '', { CIB_file: file });
    }
    return { cib: this.verified(file), said };
  }

  /** The CIB that crmsh makes of an empty one. */
  reachWithCrmsh(configuration: string): string {
    const file = this.emptyCib();
    writeFileSync(this.outside('configure.crm'), configuration);
    this.run(['crm', '-F', 'configure', 'load', 'update', this.inside('configure.crm')], '', {
      CIB_file: file,
      HOME: this.folder,
    });
    return this.verified(file);
  }

  /** The same text, if Pacemaker accepts it. */
  accept(cib: string): string {
    writeFileSync(this.outside('cib.xml'), cib);
    return this.verified(this.inside('cib.xml'));
  }

  /** A cluster that knows its nodes, since Corosync does: pcs asks for them when it makes fencing levels. */
  private emptyCib(nodes: Plan['nodes'] = []): string {
    const known = nodes.map(({ name }, index) => `<node id="${index + 1}" uname="${name}"/>`).join('');
    const empty = this.run(['cibadmin', '--empty']).replace('<nodes/>', `<nodes>${known}</nodes>`);
    writeFileSync(this.outside('cib.xml'), empty);
    return this.inside('cib.xml');
  }

  /** Without a status every node is one that was never seen, and with fencing on crm_verify would warn of each. */
  private verified(file: string): string {
    const text = readFileSync(join(this.root, file), 'utf8');
    const unseen = '<nvpair id="verify-startup-fencing" name="startup-fencing" value="false"/>';
    const told = text.replace(
      /<nvpair [^>]*name="stonith-enabled"[^>]*value="true"[^>]*>/,
      (own) => unseen + own,
    );
    writeFileSync(this.outside('verify.xml'), told);
    this.run(['crm_verify', '--xml-file', this.inside('verify.xml')]);
    return text;
  }

  private inside(name: string): string {
    return join(this.folder, name);
  }

  private outside(name: string): string {
    return join(this.root, this.folder, name);
  }
}
