import { defineConfig } from 'vitest/config';
import { templatesForVite } from './templates/vite-plugin.mjs';

/** `npm run test:cluster`: the scripts on real machines. By itself and one file after another, since seconds are measured. */
export default defineConfig({
  plugins: [templatesForVite()],
  test: {
    include: ['test/cluster/live/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    fileParallelism: false,
    // A minute on a machine that has nothing else to do; the first boot makes the image.
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});
