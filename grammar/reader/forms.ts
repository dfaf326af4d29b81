import { type Diagnostic, report } from '../source/diagnostic.ts';
import { isAtLeast, optionFor, type Release } from '../source/release.ts';
import type { Span } from '../source/span.ts';
import { readerFindings } from './findings.ts';

/** A form of the language that the line reader learned at some time, and what it is to the releases before. */
interface Form {
  readonly name: string;
  readonly since: Release;
  readonly before: string;
}

const unknownWord = 'To it the line is an unknown keyword, and what it says is lost.';

/** The releases come from the sources of their tags; 2.0.19, 2.1.5 and 2.3.4 were also run. */
const forms = {
  condition: { name: 'an @id line', since: '1.3.0', before: unknownWord },
  exclusion: {
    name: 'an @^id line',
    since: '1.3.7',
    before: 'To it ^ belongs to the name, which is the name of no host: the line is lost.',
  },
  includeBraces: {
    name: 'an include with {a,b}',
    since: '1.3.8',
    before: 'It looks for a file with these braces in its name.',
  },
  oneLineBlock: {
    name: 'a block on one line',
    since: '1.4.0',
    before:
      'It drops what follows the { on its line, and takes the lines up to the next } at the start of a line for the inside of the block.',
  },
  gluedBrace: {
    name: 'a { without a blank before it',
    since: '1.4.0',
    before: 'It takes the { for a part of the word before it.',
  },
  closingBrace: {
    name: 'a } that is not first on its line, or with words after it',
    since: '1.4.0',
    before: 'A } behind other words closes nothing, and words behind a } are dropped.',
  },
  definition: { name: 'a $NAME= definition', since: '1.4.0', before: unknownWord },
  sequence: { name: 'a ~SEQ line', since: '2.0.9', before: unknownWord },
  list: { name: 'a ~LST line', since: '2.1.0', before: unknownWord },
  strictInclude: { name: 'an include with a letter behind it', since: '2.2.0', before: unknownWord },
} as const satisfies Readonly<Record<string, Form>>;

export type FormName = keyof typeof forms;

/** Whether a release's line reader takes a form. */
export function takes(release: Release, form: FormName): boolean {
  return isAtLeast(release, forms[form].since);
}

export function formNotKnown(release: Release, form: FormName, at: Span): Diagnostic {
  const { name, since, before } = forms[form];
  return report(readerFindings.formNotKnown, {
    summary: `keepalived ${release} does not read ${name}: it came with ${since}`,
    detail: before,
    at,
    help: `read with --keepalived ${optionFor(since)} if the host runs such a release`,
  });
}
