// Makes what is published: dist/kp2pcm.cjs, the program in one file, and dist/index.js, the library.
// `node build.mjs FOLDER` makes them in another folder.
import { chmodSync, rmSync } from 'node:fs';
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
const program = await build({
  ...common,
  entryPoints: ['src/cli/main.ts'],
  outfile: join(folder, 'kp2pcm.cjs'),
  platform: 'node',
  format: 'cjs',
  // npm links the file as the command itself.
  banner: { js: '#!/usr/bin/env node' },
});
chmodSync(join(folder, 'kp2pcm.cjs'), 0o755);

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
