// Run by the build: translates the files given, one after the other, and keeps what V8 compiled on the way.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeCacheName, loadProgram } from './load-program.ts';

const { script, program } = loadProgram(__dirname);
const deaf = { write: () => undefined, isTTY: false };

async function warmUp(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const io = { stdout: deaf, stderr: deaf, stdin: process.stdin, cwd: process.cwd(), env: {} };
    await program.runCli([file], io);
  }
  writeFileSync(join(__dirname, codeCacheName), script.createCachedData());
}

void warmUp(process.argv.slice(2));
