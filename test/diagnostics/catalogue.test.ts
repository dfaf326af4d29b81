import { expect, test } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.ts';

test('every code is KP and three digits, and no two findings share one', () => {
  const codes = catalogue.map(({ code }) => code);
  for (const code of codes) expect(code).toMatch(/^KP\d{3}$/);
  expect(new Set(codes).size).toBe(codes.length);
});

test.each(catalogue.map((finding) => [finding.code, finding] as const))(
  '%s says what it is in one line and explains itself in sentences',
  (_code, { title, explanation, severity }) => {
    expect(['error', 'warning', 'note']).toContain(severity);
    expect(title).toMatch(/^\S.*[^.\s]$/);
    expect(explanation).toMatch(/^\S[\s\S]{20,}(?:\.|: kp2pcm .+)$/);
  },
);

test('codes of each stage are in the range of the stage', () => {
  for (const { code } of catalogue) expect(code).toMatch(/^KP[0-4]/);
});
