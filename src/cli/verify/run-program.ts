import type { ExecFileException } from 'node:child_process';

/** A program that ended with an error, in the words of its last lines. */
export class ProgramFailed extends Error {
  readonly isMissing: boolean;

  constructor(message: string, isMissing: boolean) {
    super(message);
    this.isMissing = isMissing;
  }
}

/** Runs a program and gives what it wrote to its standard output. */
export type RunProgram = (program: string, words: readonly string[]) => Promise<string>;

/**
 * How this process runs programs. Only `verify` does: the module is loaded then, under the name that the build does not
 * replace (see build.mjs).
 */
export function programRunner(env: Readonly<Record<string, string | undefined>>): RunProgram {
  // crm_simulate lies in sbin, which not everybody has on the path: beside each bin.
  const path = (env['PATH'] ?? '/usr/bin:/bin').split(':');
  const beside = path.flatMap((folder) => (folder.endsWith('/bin') ? folder.replace(/bin$/, 'sbin') : []));
  // Messages in English.
  const environment = { ...env, LC_ALL: 'C', PATH: [...path, ...beside].join(':') };
  return async (program, words) => {
    // biome-ignore lint/style/useNodejsImportProtocol: the build replaces node:child_process, for commander's sake
    const { execFile } = await import('child_process');
    return new Promise((resolve, reject) => {
      const done = (error: ExecFileException | null, stdout: string, stderr: string) => {
        if (!error) return resolve(stdout);
        const said = (stderr || stdout || error.message).trim();
        reject(new ProgramFailed(`${program} ${words.join(' ')}: ${said}`, error.code === 'ENOENT'));
      };
      const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: environment } as const;
      execFile(program, [...words], options, done);
    });
  };
}
