import { translate } from '../../src/translate.ts';
import type { TranslateInput, Translation } from '../../src/translation.ts';
import { corpusCases } from '../corpus.ts';
import { translatedCases, translationInput } from '../fixtures.ts';

/** Something to hold a law against. */
export interface Subject {
  readonly name: string;
  readonly input: TranslateInput;
}

export const fixtureSubjects: readonly Subject[] = translatedCases.map((fixture) => ({
  name: fixture.name,
  input: translationInput(fixture),
}));

/** All fixtures that are translated, and the whole corpus if there is one. */
export const subjects: readonly Subject[] = [...fixtureSubjects, ...corpusCases];

/** For `it.each`. */
export function named<T extends { readonly name: string }>(list: readonly T[]): [string, T][] {
  return list.map((subject) => [subject.name, subject]);
}

const translations = new Map<Subject, Translation>();

/** The translation of a subject, made once. */
export function translationOf(subject: Subject): Translation {
  const known = translations.get(subject);
  if (known) return known;
  const made = translate(subject.input);
  translations.set(subject, made);
  return made;
}
