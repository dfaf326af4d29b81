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
});
