import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/emit/render.ts';
import { scriptView } from '../../src/emit/script-view.ts';
import { samplePlans } from './sample-plans.ts';

const folder = new URL('../../templates/', import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith('.sh.hbs'));
const partials = readdirSync(new URL('partials/', folder)).filter((name) => !name.startsWith('report-'));
const sources = [...scripts, ...partials.map((name) => `partials/${name}`)].map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));

/** Every substitution in a template: the name that stands first in the braces. */
function substitutions(text: string): string[] {
  const found: string[] = [];
  const visitor = new Handlebars.Visitor();
  visitor.MustacheStatement = ({ path }) => {
    found.push('original' in path ? `${path.original}` : '?');
  };
  visitor.accept(Handlebars.parse(text));
  return found;
}

/** The same data, but a field that does not exist is an error instead of nothing. */
function strict<T>(value: T, path = 'view'): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target) && key !== 'toHTML')
        throw new Error(`${path} has no ${key}`);
      return strict(Reflect.get(target, key, receiver), `${path}.${String(key)}`);
    },
  });
}

describe('the templates of the scripts', () => {
  it.each(sources)('let no value into a script except through a helper: $name', ({ text }) => {
    expect(substitutions(text).filter((name) => !['sh', 'comment', 'verbatim'].includes(name))).toEqual([]);
  });

  it.each(sources)('are short enough to be read in one go: $name', ({ name, text }) => {
    expect(text.split('\n').length).toBeLessThan(name.startsWith('partials/') ? 95 : 120);
  });

  it.each(Object.entries(samplePlans))('ask for no field that the view lacks: %s', (_, plan) => {
    const view = scriptView(plan);
    for (const name of ['migrate.sh', 'backup.sh', 'rollback.sh', 'check.sh'] as const) {
      expect(renderTemplate(name, strict(view))).toBe(renderTemplate(name, view));
    }
  });
});
