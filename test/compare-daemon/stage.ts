import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAtLeast } from '../../grammar/source/release.ts';
import type { Judge } from './judge.ts';
import { firstUserId, type NamedThings } from './named-things.ts';

const entrance = fileURLToPath(new URL('stage.sh', import.meta.url));
const standIn = fileURLToPath(new URL('ipvs-stand-in.c', import.meta.url));
const configurationFolder = '/etc/keepalived';
/** A run is killed after so long; a configuration that is still being read then never ends. */
const runMs = 3000;

/** A daemon that has said enough has said all when it says nothing more for so long: on a busy machine a dump comes in pieces. */
const usualQuietMs = 300;

/** A daemon that never falls silent has said all so long after it has said enough. */
const talkMs = 5000;

export interface DaemonRun {
  /** Exit status; undefined when a signal or the time limit ended it. */
  readonly status: number | undefined;
  readonly signal: string | undefined;
  /** It was still running at the end of its time. */
  readonly timedOut: boolean;
  readonly output: string;
}

/**
 * A folder that the real daemon takes for its whole machine: its own program and libraries, and stand-ins for every
 * program, user and interface that a configuration names, so that none of them being missing here colours what the
 * daemon makes of the text. Needs root.
 */
export class Stage {
  readonly judge: Judge;
  private readonly root = mkdtempSync(join(tmpdir(), 'compare-daemon-'));
  private readonly added: string[] = [];
  /** How long a daemon's silence lasts before it counts as the end of what it has to say. */
  quietMs = usualQuietMs;

  constructor(judge: Judge) {
    this.judge = judge;
    // Scripts run as users other than root, which must reach them.
    chmodSync(this.root, 0o755);
    for (const folder of ['run', 'tmp', 'proc', 'dev', 'etc', 'usr/bin', 'usr/sbin']) {
      mkdirSync(join(this.root, folder), { recursive: true });
    }
    // Where 1.x and 2.0 write the number of their process.
    mkdirSync(join(this.root, 'var'));
    symlinkSync('/run', join(this.root, 'var/run'));
    execFileSync('mknod', [join(this.root, 'dev/null'), 'c', '1', '3']);
    const { daemon, libraries } = judge.root === undefined ? ownProgram() : programIn(judge.root);
    this.install(daemon, '/usr/sbin/keepalived');
    for (const library of libraries) this.install(inRoot(judge.root ?? '/', library), library);
    // The stand-in is compiled against the libraries of this machine.
    if (judge.root === undefined) this.preload(standIn);
  }

  /** Compiles a library and puts it before all others of every program on the stage. */
  private preload(source: string): void {
    const library = `/usr/lib/${basename(source, '.c')}.so`;
    mkdirSync(join(this.root, dirname(library)), { recursive: true });
    execFileSync('gcc', ['-shared', '-fPIC', '-nostdlib', '-o', join(this.root, library), source]);
    writeFileSync(join(this.root, 'etc/ld.so.preload'), `${library}\n`);
  }

  private install(from: string, to: string): void {
    mkdirSync(dirname(join(this.root, to)), { recursive: true });
    copyFileSync(from, join(this.root, to));
    chmodSync(join(this.root, to), 0o755);
  }

  /**
   * Puts a configuration on the stage, with what it names. If it includes others, its whole folder comes too, and every
   * file that it was seen to include: paths from that folder.
   */
  place(file: string, named: NamedThings, included: readonly string[]): void {
    this.clear();
    const folder = join(this.root, configurationFolder);
    mkdirSync(folder, { recursive: true });
    // Debian's 2.3 does not start without it.
    const build = join(this.judge.root ?? '/', configurationFolder, 'keepalived.config-opts');
    if (existsSync(build)) copyFileSync(build, join(folder, basename(build)));
    if (included.length > 0) cpSync(dirname(file), folder, { recursive: true });
    for (const path of [basename(file), ...included]) {
      const place = join(this.root, resolve(configurationFolder, path));
      this.makeFolder(dirname(place));
      copyFileSync(resolve(dirname(file), path), place);
    }
    this.makeReadable(folder);
    for (const program of named.programs) this.addProgram(program);
    for (const path of named.folders) this.addFolder(path);
    for (const [path, text] of named.files) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
    const ids = named.users.map((name, index) => ({ name, id: firstUserId + index }));
    const passwd = ids.map(({ name, id }) => `${name}:x:${id}:${id}::/:/bin/sh\n`);
    const group = ids.map(({ name, id }) => `${name}:x:${id}:\n`);
    writeFileSync(join(this.root, 'etc/passwd'), `root:x:0:0::/:/bin/sh\n${passwd.join('')}`);
    writeFileSync(join(this.root, 'etc/group'), `root:x:0:\n${group.join('')}`);
    this.setInterfaces(named.interfaces);
  }

  /** One end of a pair of virtual cables for each interface, with an address of each family that no file would give it. */
  setInterfaces(names: readonly string[]): void {
    const lines = names.flatMap((name, index) => [
      `link add name "${name}" type veth peer name cable-${index}`,
      `link set dev "${name}" up`,
      `link set dev cable-${index} up`,
      `addr add 198.18.${index % 250}.1/24 dev "${name}"`,
      `addr add fd00:${(index + 1).toString(16)}::1/64 dev "${name}" nodad`,
    ]);
    writeFileSync(join(this.root, 'interfaces'), lines.map((line) => `${line}\n`).join(''));
  }

  /** The daemon refuses to read what is executable. */
  private makeReadable(folder: string): void {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) this.makeReadable(path);
      else chmodSync(path, 0o644);
    }
  }

  private addFolder(path: string): void {
    try {
      this.makeFolder(join(this.root, path));
    } catch {
      // A name that no folder can have: then the daemon finds none either.
    }
  }

  private addProgram(path: string): void {
    const place = join(this.root, path);
    if (existsSync(place)) return;
    try {
      this.makeFolder(dirname(place));
      writeFileSync(place, '#!/bin/sh\n', { mode: 0o755 });
      chmodSync(place, 0o755);
      this.added.push(place);
    } catch {
      // A name that no file can have (a folder above it is a file, or it is too long): then the daemon finds none either.
    }
  }

  /** Makes a folder and those above it, and notes the first new one for the clearing. */
  private makeFolder(folder: string): void {
    const first = mkdirSync(folder, { recursive: true });
    if (first !== undefined) this.added.push(first);
  }

  private clear(): void {
    for (const path of [...this.added.splice(0), join(this.root, configurationFolder)]) {
      rmSync(path, { recursive: true, force: true });
    }
  }

  /** Runs the daemon on the placed file until it ends, its time is over, or its output so far is enough. */
  run(
    file: string,
    options: readonly string[],
    isEnough = (_output: string) => false,
    limitMs = runMs,
  ): Promise<DaemonRun> {
    const own = ['--net', '--pid', '--mount', '--uts', '--ipc', '--fork', '--kill-child'];
    const configuration = `${configurationFolder}/${basename(file)}`;
    const namespace = isAtLeast(this.judge.release, '1.2.24') ? ['-s', 'own'] : [];
    const daemon = [entrance, this.root, '-f', configuration, ...namespace, ...options];
    // The outer limit is for a run whose own process was killed meanwhile: nothing may be left behind.
    const words = ['--signal=KILL', String((2 * limitMs) / 1000), 'unshare', ...own, '/bin/sh', ...daemon];
    return new Promise((resolve, reject) => {
      const child = spawn('timeout', words, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      let output = '';
      let timedOut = false;
      const end = () => {
        if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
          process.kill(-child.pid, 'SIGKILL');
      };
      const timer = setTimeout(() => {
        timedOut = true;
        end();
      }, limitMs);
      let quiet: NodeJS.Timeout | undefined;
      let talk: NodeJS.Timeout | undefined;
      const collect = (chunk: string) => {
        output += chunk;
        clearTimeout(quiet);
        if (!isEnough(output)) return;
        quiet = setTimeout(end, this.quietMs);
        talk ??= setTimeout(end, talkMs);
      };
      child.stdout.setEncoding('utf8').on('data', collect);
      child.stderr.setEncoding('utf8').on('data', collect);
      child.on('error', reject);
      child.on('close', (code, signal) => {
        for (const one of [timer, quiet, talk]) clearTimeout(one);
        resolve({ status: code ?? undefined, signal: signal ?? undefined, timedOut, output });
      });
    });
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A daemon's program, and the libraries that it loads. */
interface Program {
  readonly daemon: string;
  readonly libraries: readonly string[];
}

function ownProgram(): Program {
  const daemon = execFileSync('/bin/sh', ['-c', 'command -v keepalived'], { encoding: 'utf8' }).trim();
  return { daemon, libraries: pathsIn(execFileSync('ldd', [daemon], { encoding: 'utf8' })) };
}

/** Asks the folder's own loader, since the machine's would look for the libraries here. */
function programIn(root: string): Program {
  const program = '/usr/sbin/keepalived';
  const loader = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'].find((path) =>
    existsSync(inRoot(root, path)),
  );
  if (loader === undefined) throw new Error(`${root} holds no loader of programs`);
  const linked = pathsIn(execFileSync('chroot', [root, loader, '--list', program], { encoding: 'utf8' }));
  // Up to glibc 2.33 the accounts are looked up by a library of its own, which is loaded at run time.
  const accounts = linked
    .filter((path) => path.includes('/libc.so'))
    .map((path) => join(dirname(path), 'libnss_files.so.2'))
    .filter((path) => existsSync(inRoot(root, path)));
  return { daemon: join(root, program), libraries: [loader, ...linked, ...accounts] };
}

/** A file of another root, whose absolute links start there. */
function inRoot(root: string, path: string): string {
  const place = join(root, path);
  const target = lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()
    ? readlinkSync(place)
    : undefined;
  return target === undefined ? place : inRoot(root, resolve(dirname(path), target));
}

function pathsIn(listing: string): string[] {
  return listing.match(/(?<=\s)\/\S+/g) ?? [];
}
