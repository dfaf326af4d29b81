import { spawn } from 'node:child_process';

/** How a command ended. `status` is 128 and the signal's number if a signal ended it, as a shell says it. */
export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end with this standard input. Never rejects because of what the command does. */
export function runCommand(argv: readonly string[], input = ''): Promise<Ended> {
  const [program = '', ...words] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // A command need not read what it is given.
    child.stdin.on('error', () => undefined);
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ status: code ?? (signal ? 137 : 1), stdout, stderr }));
    child.stdin.end(input);
  });
}

/** The same, for a command that must succeed: its standard output. */
export async function outputOf(argv: readonly string[], input = ''): Promise<string> {
  const ended = await runCommand(argv, input);
  if (ended.status !== 0)
    throw new Error(`${argv.join(' ')}\nended with ${ended.status}\n${ended.stderr}${ended.stdout}`);
  return ended.stdout;
}
