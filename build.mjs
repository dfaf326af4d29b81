// Makes what is published: dist/kp2pcm.cjs with its program and compiled code, and dist/index.js, the library.
// `node build.mjs FOLDER` makes them in another folder.
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { templatesForEsbuild } from './templates/esbuild-plugin.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const folder = resolve(root, process.argv[2] ?? 'dist');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: 'node20',
  plugins: [templatesForEsbuild()],
  legalComments: 'linked',
  metafile: true,
  logLevel: 'warning',
};

rmSync(folder, { recursive: true, force: true });

// CommonJS starts 4 ms sooner than an ES module and needs no stand-in for `require`.
const commonJs = { ...common, platform: 'node', format: 'cjs' };
const program = await build({
  ...commonJs,
  entryPoints: ['src/cli/program.ts'],
  outfile: join(folder, 'program.cjs'),
  // What src/cli/load-program.ts calls.
  banner: { js: '(function (require, module, exports) {' },
  footer: { js: '})' },
  // A script that V8 runs from compiled code knows no import(): what is loaded only when needed is required then.
  supported: { 'dynamic-import': false },
  // Commander could start other programs as subcommands and loads the module for that at once, which costs 4 ms.
  alias: { 'node:child_process': './src/cli/no-child-process.ts' },
});
escapeToAscii(join(folder, 'program.cjs'));
await build({
  ...commonJs,
  entryPoints: ['src/cli/kp2pcm.ts'],
  outfile: join(folder, 'kp2pcm.cjs'),
  // npm links the file as the command itself.
  banner: { js: '#!/usr/bin/env node' },
});
chmodSync(join(folder, 'kp2pcm.cjs'), 0o755);
await writeCodeCache();

/** esbuild escapes strings but leaves regular expressions as they are, and src/cli/load-program.ts reads Latin-1. */
function escapeToAscii(path) {
  const text = readFileSync(path, 'utf8');
  const escaped = text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(path, escaped);
}

/** Compiled code for the way that most runs take: translations to standard output, of files of several kinds. */
async function writeCodeCache() {
  const outfile = join(folder, 'write-code-cache.cjs');
  await build({ ...commonJs, entryPoints: ['src/cli/write-code-cache.ts'], outfile });
  const samples = [
    'start/haproxy-pair/lb1.conf',
    'single/backup-unicast/keepalived.conf',
    'tracking/scripts/s1.conf',
  ];
  execFileSync(process.execPath, [outfile, ...samples.map((name) => join(root, 'fixtures', name))]);
  rmSync(outfile);
}

// `neutral` refuses Node's modules: the library also runs in a browser.
const library = await build({
  ...common,
  entryPoints: ['src/index.ts'],
  outfile: join(folder, 'index.js'),
  platform: 'neutral',
  mainFields: ['module', 'main'],
  format: 'esm',
});

for (const { metafile } of [program, library]) {
  const compiler = Object.keys(metafile.inputs).find((path) => /handlebars\/.*compiler/.test(path));
  if (compiler) throw new Error(`the bundle holds Handlebars' compiler: ${compiler}`);
}
