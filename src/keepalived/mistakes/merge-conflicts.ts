import { type Diagnostic, type Note, report } from '../../../grammar/source/diagnostic.ts';
import { type Span, spanBetween } from '../../../grammar/source/span.ts';
import { type BoundDirective, walkBound } from '../bound-directive.ts';
import { mistakeFindings } from './findings.ts';

/** What Git writes; the third one only with merge.conflictStyle diff3. */
const marks = { '<<<<<<<': 'start', '|||||||': 'base', '=======': 'middle', '>>>>>>>': 'end' } as const;
type Mark = (typeof marks)[keyof typeof marks];

export function isConflictMark(bound: BoundDirective): boolean {
  return markOf(bound) !== undefined;
}

function markOf({ directive }: BoundDirective): Mark | undefined {
  const [{ value, quoted }] = directive.words;
  return !quoted && Object.hasOwn(marks, value) ? marks[value as keyof typeof marks] : undefined;
}

/** One message for each conflict, from its first mark to its last. A lone mark is one too, but for a line of =. */
export function mergeConflicts(directives: readonly BoundDirective[]): Diagnostic[] {
  const found = [...walkBound(directives)].flatMap((bound) => {
    const mark = markOf(bound);
    return mark ? [{ mark, at: bound.directive.span }] : [];
  });
  const conflicts: { mark: Mark; at: Span }[][] = [];
  for (const one of found) {
    if (one.mark === 'start' || conflicts.length === 0) conflicts.push([]);
    conflicts.at(-1)?.push(one);
  }
  return conflicts.flatMap((conflict) =>
    conflict.some(({ mark }) => mark === 'start' || mark === 'end') ? [conflictMessage(conflict)] : [],
  );
}

function conflictMessage(conflict: readonly { mark: Mark; at: Span }[]): Diagnostic {
  const [first, ...others] = conflict;
  if (!first) throw new Error('a conflict without a mark');
  const last = others.at(-1) ?? first;
  const texts: Record<Mark, string> = {
    start: 'it starts here',
    base: 'from here on: what both versions were made of',
    middle: 'from here on: the other version',
    end: 'it ends here',
  };
  const notes: Note[] = others.map(({ mark, at }) => ({ text: texts[mark], at }));
  return report(mistakeFindings.mergeConflict, {
    summary: `an unfinished merge: both versions of lines ${first.at.line} to ${last.at.line} are read`,
    detail:
      'The daemon reports only the marks, as unknown words. Of a keyword that stands in both versions the last line usually counts; entries of lists add up.',
    at: first.at.file === last.at.file ? spanBetween(first.at, last.at) : first.at,
    notes,
    help: 'keep one version, and delete the lines with <<<<<<<, ======= and >>>>>>>',
  });
}
