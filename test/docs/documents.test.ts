import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { companionBlocks } from '../../docs/generate/companion-reference.ts';
import { grammarBlocks } from '../../docs/generate/grammar-blocks.ts';
import { grammarDiagrams } from '../../docs/generate/grammar-diagrams.ts';
import { keywordBlocks } from '../../docs/generate/keyword-reference.ts';
import { mappingBlocks } from '../../docs/generate/mapping-tables.ts';
import { type Blocks, fillMarkedBlocks } from '../../docs/generate/marked-blocks.ts';
import { messageList } from '../../docs/generate/message-list.ts';
import { planExample } from '../../docs/generate/plan-example.ts';
import { schemaFieldBlocks } from '../../docs/generate/schema-fields.ts';
import { readmeBlocks } from '../../docs/generate/worked-example.ts';
import { companionSchema } from '../../src/companion/companion-shape.ts';
import { catalogue } from '../../src/diagnostics/catalogue.ts';
import { cases, runCase } from '../fixtures.ts';
import { fixturePlans, planOf } from './fixture-plans.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(`${root}${path}`, 'utf8');

/** Something of everything that the reader does. */
const shownConfiguration = `$SITE=berlin            ! a definition
vrrp_instance $SITE {   # and its use
  priority 150!was 100
@lb2 priority 90
  virtual_ipaddress { "192.0.2.10/24" dev eth0 }
}
`;

/** One line that passes every stage of the reader; the definition before it is what it needs. */
const shownLine = `$NET=192.0.2
@lb1 ~SEQ(i, 10, 11) virtual_server \${NET}.$i 80 { lb_algo rr } ! two of them
`;

function sampleCase() {
  const sample = cases.find(({ name }) => name === 'start/haproxy-pair');
  if (!sample) throw new Error('the sample of the README is gone');
  return sample;
}

async function runsOfTheSample() {
  const sample = sampleCase();
  return {
    configuration: read('fixtures/start/haproxy-pair/lb1.conf'),
    migrate: await runCase(sample),
    report: await runCase(sample, '--emit', 'report'),
    help: await runCase({ ...sample, arguments: ['--help'] }),
  };
}

async function exampleConfig() {
  const { stdout } = await runCase({ ...sampleCase(), arguments: ['--emit', 'config', 'lb1.conf'] });
  return `\`\`\`json\n${stdout.trimEnd()}\n\`\`\``;
}

const blocksOf: Readonly<Record<string, () => Blocks | Promise<Blocks>>> = {
  'README.md': async () => readmeBlocks(await runsOfTheSample()),
  'grammar/README.md': () => grammarBlocks(shownConfiguration, shownLine),
  'docs/companion.md': companionBlocks,
  'docs/config-format.md': async () => ({
    ...schemaFieldBlocks(JSON.parse(read('docs/config.schema.json'))),
    example: await exampleConfig(),
  }),
  'docs/keywords.md': keywordBlocks,
  'docs/mapping.md': () => mappingBlocks([...fixturePlans.values()]),
  'docs/messages.md': () => ({ messages: messageList(catalogue) }),
  'docs/plan-format.md': () => ({
    ...schemaFieldBlocks(JSON.parse(read('docs/plan.schema.json'))),
    example: planExample(planOf('start/haproxy-pair')),
  }),
};

describe('the generated parts of the documents', () => {
  it.each(Object.keys(blocksOf))('%s is what `npm run docs` would write', async (path) => {
    const blocks = (await blocksOf[path]?.()) ?? {};
    await expect(fillMarkedBlocks(read(path), blocks)).toMatchFileSnapshot(`${root}${path}`);
  });
});

it('the schema of the companion file is what `npm run docs` would write', async () => {
  const schema = `${JSON.stringify(companionSchema(), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot(`${root}docs/companion.schema.json`);
});

describe('the railroad diagrams of the grammar', () => {
  it.each([...grammarDiagrams()])('%s is what `npm run docs` would draw', async (rule, drawing) => {
    await expect(drawing).toMatchFileSnapshot(`${root}grammar/diagrams/${rule}.svg`);
  });

  it('are shown, each of them', () => {
    for (const rule of grammarDiagrams().keys())
      expect(read('grammar/README.md')).toContain(`![${rule}](diagrams/${rule}.svg)`);
  });
});

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  'grammar/README.md',
];

describe('the links of the documents', () => {
  it.each(documents)('%s points only at what is there', (path) => {
    const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    const broken = links.filter((link) => {
      if (/^https?:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : posix.join(posix.dirname(path), file);
      if (!existsSync(`${root}${target}`)) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

/** As GitHub makes them of headings. */
function anchorsOf(document: string): string[] {
  return [...document.matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
