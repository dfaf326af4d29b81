import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../grammar/source/diagnostic.ts';
import { describeNodes } from '../../src/describe-nodes.ts';
import { emitConfig } from '../../src/emit/config-document.ts';
import { named, subjects, translationOf } from './subjects.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/config.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

describe('what is understood of the nodes', () => {
  it.each(named(subjects))(
    'has the documented shape, or an error says why it is not there: %s',
    (_name, { input }) => {
      const { document, diagnostics } = describeNodes(input);
      expect(document === undefined).toBe(hasErrors(diagnostics));
      if (!document) return;
      validate(JSON.parse(emitConfig(document)));
      expect(validate.errors ?? []).toEqual([]);
      expect(document.nodes.map(({ name }) => name)).toEqual(input.nodes.map(({ name }) => name));
    },
  );

  it.each(named(subjects))(
    'is there wherever a translation is, which then says the same of each node: %s',
    (_name, subject) => {
      const { plan, diagnostics } = translationOf(subject);
      const { document } = describeNodes(subject.input);
      if (plan) expect(document).toBeDefined();
      const codes = new Set(diagnostics.map(({ code }) => code));
      const own = document?.nodes.flatMap((node) => node.diagnostics.map(({ code }) => code)) ?? [];
      expect(own.filter((code) => !codes.has(code))).toEqual([]);
    },
  );
});
