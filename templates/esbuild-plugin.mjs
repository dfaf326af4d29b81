import { dirname, resolve } from 'node:path';
import { moduleText } from './module-text.mjs';

/** Lets the bundle import templates, and any file's text as `FILE?raw`, as Vite spells it. */
export function templatesForEsbuild() {
  return {
    name: 'kp2pcm-templates',
    setup(build) {
      build.onLoad({ filter: /\.hbs$/ }, ({ path }) => ({
        contents: moduleText(path, false),
        loader: 'js',
        resolveDir: dirname(path),
      }));
      build.onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
        path: resolve(resolveDir, path.slice(0, -'?raw'.length)),
        namespace: 'raw-text',
      }));
      build.onLoad({ filter: /.*/, namespace: 'raw-text' }, ({ path }) => ({
        contents: moduleText(path, true),
        loader: 'js',
      }));
    },
  };
}
