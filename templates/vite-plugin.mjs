import { moduleText } from './module-text.mjs';

/** Lets tests import templates. Vite itself knows `?raw`. */
export function templatesForVite() {
  return {
    name: 'kp2pcm-templates',
    enforce: 'pre',
    load(id) {
      return id.endsWith('.hbs') ? moduleText(id, false) : undefined;
    },
  };
}
