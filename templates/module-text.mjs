import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { precompileTemplate } from './precompile.mjs';

/**
 * The ES module that stands for a file which is not JavaScript: a template precompiled, `?raw` a file's text as it is.
 *
 * @param {string} path the file
 * @param {boolean} raw whether its text is wanted
 * @returns {string}
 */
export function moduleText(path, raw) {
  const source = readFileSync(path, 'utf8');
  if (raw) return `export default ${JSON.stringify(source)};\n`;
  const inPartials = basename(dirname(path)) === 'partials';
  return precompileTemplate(source, `${inPartials ? 'partials/' : ''}${basename(path)}`);
}
