import type { ExecFileException } from 'node:child_process';

/** A program that ended with an error, in the words of its last lines. */
export class ProgramFailed extends Error {}

/**
 * Runs a program and gives what it wrote. Only `verify` runs any: the module is loaded then, under the name that the build
 * does not replace (see build.mjs).
 */
export async function runProgram(program: string, words: readonly string[]): Promise<string> {
  // biome-ignore lint/style/useNodejsImportProtocol: the build replaces node:child_process, which only commander asks for
  const { execFile } = await import('child_process');
  return new Promise((resolve, reject) => {
    const done = (error: ExecFileException | null, stdout: string, stderr: string) => {
      if (!error) resolve(stdout);
      else
        reject(
          new ProgramFailed(`${program} ${words.join(' ')}: ${(stderr || stdout || error.message).trim()}`),
        );
    };
    execFile(
      program,
      [...words],
      { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: programEnvironment() },
      done,
    );
  });
}

/** Messages in English, sbin on the path: crm_simulate lies there on some systems. */
function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '/usr/bin:/bin' } = process.env;
  return { ...process.env, LC_ALL: 'C', PATH: `${PATH}:/usr/local/sbin:/usr/sbin:/sbin` };
}
