import { exitCodes } from './cli-io.ts';
import { runCli } from './run.ts';

/** When the reader of a pipe has gone (`kp2pcm … | head`), there is nobody left to talk to and nothing went wrong. */
function leave(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`kp2pcm: cannot write the output: ${error.message}\n`);
  process.exit(exitCodes.wrongUse);
}

const sink = (stream: NodeJS.WriteStream) => ({
  write: (text: string) => void stream.write(text),
  isTTY: stream.isTTY ?? false,
});

/** Runs the command line on this process. */
export function start(): void {
  process.stdout.on('error', leave);
  process.stderr.on('error', () => process.exit());
  // No process.exit at the end: it would cut what a pipe has not taken yet.
  void runCli(process.argv.slice(2), {
    stdout: sink(process.stdout),
    stderr: sink(process.stderr),
    // Looked at only when it is read: opening it costs 2 ms.
    get stdin() {
      return process.stdin;
    },
    cwd: process.cwd(),
    env: process.env,
  }).then((exitCode) => {
    process.exitCode = exitCode;
  });
}
