import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mappingBlocks } from '../../docs/generate/mapping-tables.ts';
import { type Blocks, fillMarkedBlocks } from '../../docs/generate/marked-blocks.ts';
import { planExample } from '../../docs/generate/plan-example.ts';
import { planFieldBlocks } from '../../docs/generate/plan-fields.ts';
import { fixturePlans, planOf } from './fixture-plans.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

const blocksOf: Readonly<Record<string, () => Blocks>> = {
  'docs/mapping.md': () => mappingBlocks([...fixturePlans.values()]),
  'docs/plan-format.md': () => ({
    ...planFieldBlocks(JSON.parse(read('docs/plan.schema.json'))),
    example: planExample(planOf('start/haproxy-pair')),
  }),
};

describe('the generated parts of the documents', () => {
  it.each(Object.keys(blocksOf))('%s is what `npm run docs` would write', async (path) => {
    const blocks = blocksOf[path]?.() ?? {};
    await expect(fillMarkedBlocks(read(path), blocks)).toMatchFileSnapshot(`${root}${path}`);
  });
});
