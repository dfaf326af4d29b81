import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { terminalColours } from '../../src/diagnostics/colours.ts';
import type { PlanChange } from '../../src/diff/compare-plans.ts';
import type { Comparison } from '../../src/diff/comparison.ts';
import { diffArtefacts } from '../../src/diff/diff-artefacts.ts';
import { renderMarkdown } from '../../src/diff/render-markdown.ts';
import { renderText } from '../../src/diff/render-text.ts';

const changes: PlanChange[] = [
  {
    kind: 'changed',
    area: 'constraint',
    name: 'VI_1 prefers lb1',
    fields: [{ field: 'score', before: '100', after: '150' }],
  },
  { kind: 'added', area: 'resource', name: 'vip-2', fields: [{ field: 'ip', after: '10.0.0.2' }] },
  { kind: 'removed', area: 'property', name: 'p', fields: [{ field: 'value', before: 'x' }] },
];
const artefacts = diffArtefacts(
  [{ name: 'migrate.sh', text: 'a\nb\n' }],
  [{ name: 'migrate.sh', text: 'a\nc\n' }],
);
const comparison: Comparison = { changes, artefacts };

test('the text names the changes in meaning first, by area, and then shows the diffs', () => {
  expect(renderText(comparison)).toBe(`Changes in meaning: 1 added, 1 removed, 1 changed
  - property p
      value: x
  + resource vip-2
      ip: 10.0.0.2
  ~ constraint VI_1 prefers lb1
      score: 100 → 150

--- a/migrate.sh
+++ b/migrate.sh
@@ -1,2 +1,2 @@
 a
-b
+c
`);
});

test('colours change nothing but the colours', () => {
  const painted = renderText(comparison, terminalColours);
  expect(painted).toContain('\x1b[32m+c\x1b[0m');
  expect(stripVTControlCharacters(painted)).toBe(renderText(comparison));
});

test('the markdown is a list of changes and folded diffs', () => {
  expect(renderMarkdown(comparison)).toBe(`### What changes in the Pacemaker migration

**1 added, 1 removed, 1 changed**

- ✏️ constraint \`VI_1 prefers lb1\` changed: score: \`100\` → \`150\`
- ➕ resource \`vip-2\` added: ip: \`10.0.0.2\`
- ➖ property \`p\` removed: value: \`x\`

<details><summary><code>migrate.sh</code> +1 −1</summary>

\`\`\`diff
--- a/migrate.sh
+++ b/migrate.sh
@@ -1,2 +1,2 @@
 a
-b
+c
\`\`\`

</details>
`);
});

test('backticks in an artefact do not end its fence', () => {
  const diff = diffArtefacts([], [{ name: 'MIGRATION.md', text: '````sh\nx\n````\n' }]);
  const markdown = renderMarkdown({ changes: [], artefacts: diff });
  const fences = markdown.split('\n').filter((line) => /^`{5}/.test(line));
  expect(fences).toEqual(['`````diff', '`````']);
});

test.each([
  ['a`b', '``a`b``'],
  ['`a', '`` `a ``'],
  ['``', '``` `` ```'],
  ['a\nb', '`(2 lines)`'],
  ['</details>', '`</details>`'],
  ['\x1b[31m', '`<U+001B>[31m`'],
])('the value %j is a code span of its own', (value, span) => {
  const change: PlanChange = {
    kind: 'added',
    area: 'resource',
    name: 'x',
    fields: [{ field: 'f', after: value }],
  };
  expect(renderMarkdown({ changes: [change], artefacts: [] })).toContain(`added: f: ${span}\n`);
});

test('a comment fits into what GitHub takes, and says what it leaves out', () => {
  const text = 'a line of some length, to fill the room\n'.repeat(3000);
  const many = Array.from(
    { length: 3000 },
    (_, index) => ({ ...changes[1], name: `vip-${index}` }) as PlanChange,
  );
  const diffs = diffArtefacts(
    [],
    [
      { name: 'small', text: 'x\n' },
      { name: 'plan.json', text },
    ],
  );
  const markdown = renderMarkdown({ changes: many, artefacts: diffs });
  expect(markdown.length).toBeLessThan(65_536);
  expect(markdown).toMatch(/- and \d+ more\n/);
  expect(markdown).toContain('+x\n');
  expect(markdown).toContain('<code>plan.json</code>: +3000 −0, too long for a comment');
});

test('control characters of an artefact are made visible', () => {
  const hostile = { changes: [], artefacts: diffArtefacts([], [{ name: 'x', text: '\x1b[2Jgone\n' }]) };
  expect(renderText(hostile)).toContain('+<U+001B>[2Jgone');
  expect(renderMarkdown(hostile)).toContain('+<U+001B>[2Jgone');
});

test('the same on both sides is no difference; other texts alone are no change in meaning', () => {
  expect(renderText({ changes: [], artefacts: [] })).toBe('No difference.\n');
  expect(renderText({ changes: [], artefacts })).toMatch(/^No change in meaning.*\n\n--- a/);
});
