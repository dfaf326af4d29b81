import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { companionName } from '../../src/cli/companion-file.ts';
import { emitArtefacts } from '../../src/emit/artefacts.ts';
import type { Place, Plan } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import { translatedCases } from '../fixtures.ts';
import { expectSoundPlan } from './plan-invariants.ts';
import { named, subjects, translationOf } from './subjects.ts';

/** Every place that a plan names, wherever in it. */
function placesIn(value: unknown): Place[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(placesIn);
  const isPlace = 'file' in value && 'line' in value && 'column' in value;
  return isPlace ? [value as Place, ...inside] : inside;
}

/** The companion file that lies with a fixture: a translation is given what it says, not its text. */
function companionLines(name: string): [string, readonly string[]][] {
  const folder = translatedCases.find((fixture) => fixture.name === name)?.folder;
  const file = folder && join(folder, companionName);
  return file && existsSync(file) ? [[companionName, readFileSync(file, 'utf8').split('\n')]] : [];
}

const translated = named(subjects).flatMap(([name, subject]) => {
  const { plan } = translationOf(subject);
  return plan ? [[name, { subject, plan }] as [string, { subject: typeof subject; plan: Plan }]] : [];
});

describe('a plan', () => {
  it.each(translated)('is sound: %s', (_name, { plan }) => expectSoundPlan(plan));

  it.each(translated)('names only places that exist: %s', (_name, { subject, plan }) => {
    const { sources } = translationOf(subject);
    const lines = new Map([
      ...sources.map((source) => [source.name, source.lines] as const),
      ...companionLines(subject.name),
    ]);
    for (const { file, line, column } of placesIn(plan)) {
      const text = lines.get(file)?.[line - 1];
      expect(text, `${file}:${line}:${column}`).toBeDefined();
      expect(column).toBeGreaterThan(0);
      // Passwords are masked in the lines that are shown, so that a line may be longer than it looks.
      if (!text?.includes('********')) expect(column).toBeLessThanOrEqual((text ?? '').length + 1);
    }
  });

  it.each(translated)('is the same after a way through JSON: %s', (_name, { plan }) => {
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it.each(translated)('is the same a second time, artefacts and messages included: %s', (_name, entry) => {
    const again = translate(entry.subject.input);
    expect(again).toEqual(translationOf(entry.subject));
    expect(emitArtefacts(entry.plan)).toEqual(emitArtefacts(again.plan ?? entry.plan));
  });
});
