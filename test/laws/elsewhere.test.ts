import { describe, expect, it } from 'vitest';
import { cases, runCase, runCaseFrom } from '../fixtures.ts';
import { named } from './subjects.ts';

describe('where kp2pcm is called', () => {
  it.each(named(cases))('makes no difference: %s', async (_name, fixture) => {
    for (const artefact of ['migrate', 'rollback', 'report', 'plan']) {
      const there = await runCase(fixture, '--emit', artefact);
      const elsewhere = await runCaseFrom('/', fixture, '--emit', artefact);
      expect(elsewhere).toEqual(there);
    }
  });
});
