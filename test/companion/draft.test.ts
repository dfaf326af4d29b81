import { describe, expect, it } from 'vitest';
import { readCompanion } from '../../src/companion/read-companion.ts';
import { initCompanion } from '../../src/init-companion.ts';
import { translate } from '../../src/translate.ts';
import { translatedCases, translationInput } from '../fixtures.ts';

const cases = translatedCases.filter(({ name }) => !name.startsWith('companion/'));

/** The same text with every proposal taken up. */
const takenUp = (text: string) => text.replace(/^# /gm, '');

describe('kp2pcm init', () => {
  it.each(cases)('gives for $name a file that is one, with and without its proposals', (fixture) => {
    const input = translationInput(fixture);
    const { text = '', diagnostics } = initCompanion(input);
    expect(diagnostics).toEqual([]);
    for (const each of [text, takenUp(text)])
      expect(readCompanion(each, 'kp2pcm.yaml').diagnostics).toEqual([]);
    const companion = readCompanion(takenUp(text), 'kp2pcm.yaml').value;
    const { plan, diagnostics: said } = translate({ ...input, options: { ...(companion && { companion }) } });
    const names = said.filter(({ code }) => code === 'KP439' || code === 'KP440');
    expect(names).toEqual([]);
    expect(plan?.cluster.fencing ?? 'devices').toBe('devices');
  });

  it('changes nothing as long as no proposal is taken up, but where the addresses come from', () => {
    for (const fixture of cases.slice(0, 12)) {
      const input = translationInput(fixture);
      const companion = readCompanion(initCompanion(input).text ?? '', 'kp2pcm.yaml').value;
      const before = translate(input).plan;
      const after = translate({
        ...input,
        options: { ...input.options, ...(companion && { companion }) },
      }).plan;
      expect(after?.commands).toEqual(before?.commands);
    }
  });
});
