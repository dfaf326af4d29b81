import { expect, test } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.ts';
import { renderGithub } from '../../src/diagnostics/render-github.ts';
import { renderJson } from '../../src/diagnostics/render-json.ts';
import { renderSarif } from '../../src/diagnostics/render-sarif.ts';
import { flood, misspelt, plain } from './sample-diagnostics.ts';

const options = { version: '1.2.3', findings: catalogue, pathOf: (file: string) => `ha/${file}` };

test('JSON carries every diagnostic with every field, none merged', () => {
  const document = JSON.parse(renderJson([misspelt, plain, ...flood(50, 'note')]));
  expect(document.format).toBe('kp2pcm.diagnostics/1');
  expect(document.counts).toEqual({ error: 1, warning: 1, note: 50 });
  expect(document.diagnostics).toHaveLength(52);
  expect(document.diagnostics[0]).toEqual(misspelt);
  expect(document.diagnostics[1]).toEqual(plain);
});

test('JSON without diagnostics is still a document', () => {
  expect(JSON.parse(renderJson([])).diagnostics).toEqual([]);
});

test('a GitHub command names the file as the repository does, with its lines and columns', () => {
  expect(renderGithub([misspelt], (file) => `ha/${file}`)).toBe(
    "::warning file=ha/lb1.conf,line=3,endLine=3,col=5,endColumn=14,title=KP101%3A unknown keyword 'prioritty'::" +
      "The daemon ignores the line.%0Ahelp: did you mean 'priority'?\n",
  );
});

test('text of the configuration cannot start a GitHub command of its own', () => {
  const evil = 'x\n::set-output name=a::b\r\n%0A::error::y';
  const hostile = { ...misspelt, summary: evil, detail: evil };
  const lines = renderGithub([hostile]).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^::warning file=/);
  expect(lines[0]).toContain('%250A%3A%3Aerror');
});

test('a file name with commas and colons stays one property of a GitHub command', () => {
  const at = { file: 'a,line=9:b.conf', line: 1, column: 1, endLine: 1, endColumn: 2 };
  expect(renderGithub([{ ...plain, at }])).toContain('file=a%2Cline=9%3Ab.conf,line=1,');
});

test('SARIF has a rule for each code that occurs and a result for each diagnostic', () => {
  const { runs } = JSON.parse(renderSarif([misspelt, plain], options));
  const [run] = runs;
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(['KP101', 'KP402']);
  expect(run.results).toHaveLength(2);
  expect(run.results[0]).toMatchObject({
    ruleId: 'KP101',
    ruleIndex: 0,
    level: 'warning',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'ha/lb1.conf' },
          region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 14 },
        },
      },
    ],
    relatedLocations: [{ message: { text: 'the other node has it right' } }],
    fixes: [{ artifactChanges: [{ replacements: [{ insertedContent: { text: 'priority' } }] }] }],
  });
  expect(run.tool.driver.rules[1].shortDescription.text).toBe('two files are given for one node');
});

test('SARIF names files as URIs', () => {
  const at = { file: 'a b/ü%\ud800.conf', line: 1, column: 1, endLine: 1, endColumn: 2 };
  const { runs } = JSON.parse(renderSarif([{ ...plain, at }], { version: '1', findings: [] }));
  const { uri } = runs[0].results[0].locations[0].physicalLocation.artifactLocation;
  expect(uri).toBe('a%20b/%C3%BC%25%EF%BF%BD.conf');
});
