import { configDefaults, defineConfig } from 'vitest/config';
import { templatesForVite } from './templates/vite-plugin.mjs';

export default defineConfig({
  plugins: [templatesForVite()],
  test: {
    include: ['test/**/*.test.ts'],
    // Those measure seconds: npm run test:cluster runs them by themselves.
    exclude: [...configDefaults.exclude, 'test/cluster/live/**'],
    setupFiles: ['test/setup.ts'],
    // One call of pcs costs half a second, a replay of a plan twenty of them.
    testTimeout: 120_000,
    coverage: { include: ['grammar/**/*.ts', 'src/**/*.ts'] },
  },
});
