import { describe, expect, it } from 'vitest';
import { named, subjects, translationOf } from './subjects.ts';
import { fateFaults, noFateFaults } from './written-directives.ts';

describe('the fates of a plan', () => {
  it.each(named(subjects))('are one for each directive, no more and no fewer: %s', (_name, subject) => {
    const { plan } = translationOf(subject);
    if (!plan) return;
    expect(fateFaults(subject.input, plan)).toEqual(noFateFaults);
  });

  it('have a reason in a sentence, and a rule', () => {
    for (const subject of subjects) {
      for (const { reason, rule, path } of translationOf(subject).plan?.fates ?? []) {
        expect(reason, path).toMatch(/^\S.*[.]$/s);
        expect(rule, path).not.toBe('');
      }
    }
  });

  it('have a way out of their own where something is lost or left to do, and only there', () => {
    let losses = 0;
    for (const subject of subjects) {
      for (const { fate, path, reason, wayOut } of translationOf(subject).plan?.fates ?? []) {
        const where = `${subject.name}: ${path}`;
        expect(wayOut !== undefined, where).toBe(fate === 'approximate' || fate === 'manual');
        if (wayOut === undefined) continue;
        losses += 1;
        // A sentence or two for an administrator, and nothing that the reason has said already.
        expect(wayOut, where).toMatch(/^[\p{Lu}`][^\n]{20,}[.]$/u);
        expect(
          sentencesOf(reason).filter((sentence) => wayOut.includes(sentence)),
          where,
        ).toEqual([]);
      }
    }
    expect(losses).toBeGreaterThan(100);
  });
});

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.]) (?=\p{Lu})/u);
}
