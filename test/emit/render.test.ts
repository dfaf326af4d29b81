import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/emit/render.ts';
import { type ScriptView, scriptView } from '../../src/emit/script-view.ts';
import { samplePlans } from './sample-plans.ts';

const plan = Object.values(samplePlans)[0];
if (!plan) throw new Error('there is no sample plan');
const view = scriptView(plan);
const changed = (change: Partial<Record<keyof ScriptView, unknown>>) => () =>
  renderTemplate('migrate.sh', { ...view, ...change });

describe('a template', () => {
  it('throws when a comment would become a second line of code', () => {
    expect(changed({ sources: 'a.conf\nrm -rf /' })).toThrow(/comment/);
    expect(changed({ counts: 'a\rb' })).toThrow(/comment/);
  });

  it('throws when a word of a command is missing or is not a word', () => {
    expect(changed({ fencingName: undefined })).toThrow(/word/);
    expect(changed({ fencingName: 7 })).toThrow(/word/);
  });

  it('throws when a file has the line that ends its here-document, or no end of its last line', () => {
    const [file] = view.files;
    const withContent = (content: string) => changed({ files: [{ ...file, content }] });
    expect(withContent('a\n')).not.toThrow();
    expect(withContent('a\nKP2PCM_END_OF_FILE\nrm -rf /\n')).toThrow(/line/);
    expect(withContent('a')).toThrow(/end/);
  });
});
