import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fate, fateKinds } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import { type CorpusCase, corpusCases, corpusFolder } from '../corpus.ts';

/**
 * Prints what becomes of the directives of KP2PCM_CORPUS: the share of each fate, by the class that manifest.json gives
 * the files, and the keywords behind the fates that leave work. Ends with 1 if a directive that the daemon knows has the
 * fate unknown, if one that leaves work has no reason, or if more than 3 % of the class `field` is manual.
 */

interface Entry {
  readonly file: string;
  readonly source_class: string;
}

const mostManual = 0.03;
/** Every keyword with the blocks around it. */
const keywords: ReadonlySet<string> = new Set(
  readFileSync(new URL('../directives/keyword-paths.txt', import.meta.url), 'utf8').split('\n'),
);
const leavesWork: ReadonlySet<string> = new Set(['manual', 'approximate']);

function main(): number {
  if (corpusFolder === undefined) {
    console.error('KP2PCM_CORPUS=FOLDER names the configurations; test/corpus.ts tells how it is laid out.');
    return 2;
  }
  const manifest = readFileSync(join(corpusFolder, 'manifest.json'), 'utf8');
  const { entries } = JSON.parse(manifest) as { entries: readonly Entry[] };
  const classes = new Map(entries.map((entry) => [entry.file, entry.source_class]));
  const fates = new Map<string, Fate[]>();
  let refused = 0;
  // A file that is read for several nodes stands in the list once more for them; it counts once.
  for (const found of corpusCases.filter(({ name }) => !name.includes('@'))) {
    const { plan } = translate(found.input);
    if (!plan) refused++;
    const group = classOf(found, classes);
    fates.set(group, [...(fates.get(group) ?? []), ...(plan?.fates ?? [])]);
  }
  const all = [...fates.values()].flat();
  for (const [name, own] of [...fates].sort()) printShares(name, own);
  printShares('all', all);
  console.log(`${refused} of the configurations are refused and have no part in this.`);
  for (const kind of ['manual', 'approximate', 'unknown'] as const) printKeywords(kind, fates);
  return verdict(all, fates.get('field') ?? []);
}

function classOf({ files }: CorpusCase, classes: ReadonlyMap<string, string>): string {
  return classes.get(files[0] ?? '') ?? 'of no class';
}

function printShares(name: string, fates: readonly Fate[]): void {
  const shares = fateKinds.map((kind) => {
    const count = fates.filter(({ fate }) => fate === kind).length;
    return `${kind} ${((count / Math.max(1, fates.length)) * 100).toFixed(1)} %`;
  });
  console.log(`${name.padEnd(12)} ${`${fates.length}`.padStart(6)} directives: ${shares.join(', ')}`);
}

/** The keywords behind a fate, the commonest first. */
function printKeywords(kind: Fate['fate'], byClass: ReadonlyMap<string, readonly Fate[]>): void {
  for (const [name, fates] of [...byClass].sort()) {
    const counts = new Map<string, number>();
    for (const { fate, path } of fates) {
      if (fate !== kind) continue;
      const keyword = shortened(keywordsOf(path));
      counts.set(keyword, (counts.get(keyword) ?? 0) + 1);
    }
    const listed = [...counts].sort(([, one], [, other]) => other - one).slice(0, 25);
    if (listed.length > 0)
      console.log(
        `\n${kind} in ${name}: ${listed.map(([keyword, count]) => `${keyword} ${count}`).join(', ')}`,
      );
  }
}

/** `vrrp_instance VI_1/advert_int` as `vrrp_instance/advert_int`. */
function keywordsOf(path: string): string {
  return path
    .split('/')
    .map((part) => part.split(' ')[0])
    .join('/');
}

/** What stands in a list is counted with the list, but for what is unknown in a block within a block. */
function shortened(keywords: string): string {
  const parts = keywords.split('/');
  return parts.slice(0, parts[0] === 'virtual_server' ? 3 : 2).join('/');
}

function verdict(all: readonly Fate[], field: readonly Fate[]): number {
  const wordless = all.filter(({ fate, reason }) => leavesWork.has(fate) && reason.trim() === '');
  const manual = field.filter(({ fate }) => fate === 'manual').length / Math.max(1, field.length);
  const misjudged = all.filter(({ fate, path }) => fate === 'unknown' && keywords.has(keywordsOf(path)));
  const problems = [
    ...misjudged.map(({ path }) => `the daemon knows ${path}, which is called unknown`),
    ...(wordless.length > 0 ? [`${wordless.length} directives leave work and give no reason`] : []),
    ...(manual > mostManual ? [`${(manual * 100).toFixed(1)} % of the class field is manual`] : []),
  ];
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

process.exitCode = main();
