import { fileURLToPath } from 'node:url';
import { moduleText } from './module-text.mjs';

/** Node's module hook for templates and `?raw`; see register.mjs. */
export async function load(url, context, nextLoad) {
  const { pathname, search } = new URL(url);
  const raw = search === '?raw';
  if (!raw && !pathname.endsWith('.hbs')) return nextLoad(url, context);
  return { format: 'module', source: moduleText(fileURLToPath(url), raw), shortCircuit: true };
}
