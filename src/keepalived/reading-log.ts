import { type Diagnostic, findingsPerStage, report } from '../../grammar/source/diagnostic.ts';
import { defaultRelease, type Release } from '../../grammar/source/release.ts';
import {
  argumentSpan,
  argumentsOf,
  type BlockContent,
  type BoundDirective,
  childrenNamed,
} from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';

/** A value and the line it comes from; without one it is the daemon's default. */
export interface Setting<T> {
  readonly value: T;
  readonly from?: BoundDirective;
}

/** What a line gives: a value, or a problem with the value that the daemon uses instead, if any. */
export type Reading<T> =
  | { readonly value: T }
  | { readonly problem: string; readonly instead?: T; readonly shown?: string };

/**
 * Gathers, while one node is understood, what the daemon passes over and what there is to say. The release is the one that
 * the node is read as: what it does differently is in the readers of the values.
 */
export class ReadingLog {
  readonly release: Release;
  readonly diagnostics: Diagnostic[] = [];
  /** Directives that the daemon does nothing with, and why. */
  readonly ignored = new Map<BoundDirective, string>();

  constructor(release: Release = defaultRelease) {
    this.release = release;
  }

  ignore(bound: BoundDirective, reason: string): void {
    if (!this.ignored.has(bound)) this.ignored.set(bound, reason);
  }

  warn(...parameters: Parameters<typeof report>): void {
    this.add(report(...parameters));
  }

  add(diagnostic: Diagnostic): void {
    if (this.diagnostics.length < findingsPerStage) this.diagnostics.push(diagnostic);
  }

  /** A keyword (or several that set one thing) of which the last valid line wins. */
  last<T>(
    block: BlockContent,
    keywords: string | readonly string[],
    fallback: T,
    read: (bound: BoundDirective) => Reading<T>,
  ): Setting<T> {
    let setting: Setting<T> = { value: fallback };
    for (const bound of childrenNamed(block, ...[keywords].flat())) {
      const keyword = bound.directive.words[0].value;
      const reading = read(bound);
      if ('problem' in reading) {
        this.refuse(bound, keyword, reading.problem, reading.shown ?? reading.instead);
        if (!('instead' in reading)) continue;
      }
      if (setting.from) this.override(setting.from, bound, keyword);
      setting =
        'problem' in reading ? { value: reading.instead as T } : { value: reading.value, from: bound };
    }
    return setting;
  }

  /** A keyword whose mere presence counts; words after it do not. */
  flag(block: BlockContent, keyword: string): BoundDirective | undefined {
    const [first, ...repeats] = childrenNamed(block, keyword);
    for (const repeat of repeats) this.ignore(repeat, `${keyword} is already on.`);
    return first;
  }

  /** A line that does not count because an earlier one says the same thing, where the daemon lets the first win. */
  repeated(bound: BoundDirective, earlier: BoundDirective, what: string): void {
    const { line } = earlier.directive.span;
    this.ignore(bound, `The first ${what} counts, on line ${line}; the daemon reports this one.`);
    this.warn(keepalivedFindings.overridden, {
      summary: `this ${what} does not count: the first one does`,
      detail: 'The daemon reports it and ignores it.',
      at: bound.directive.span,
      notes: [{ text: 'the one that counts is here', at: earlier.directive.span }],
    });
  }

  private override(earlier: BoundDirective, later: BoundDirective, keyword: string): void {
    const { line } = later.directive.span;
    this.ignore(earlier, `The later ${keyword} on line ${line} wins.`);
    this.warn(keepalivedFindings.overridden, {
      summary: `this ${keyword} is overridden on line ${line}`,
      detail: 'The daemon takes the last one, without a message.',
      at: earlier.directive.span,
      notes: [{ text: 'the one that counts is here', at: later.directive.span }],
    });
  }

  /** A line whose value does not count as it stands. */
  refuse(bound: BoundDirective, keyword: string, problem: string, instead?: unknown): void {
    const use = instead === undefined ? 'ignores the line' : `uses ${instead}`;
    this.ignore(bound, `${problem}; the daemon ${use}.`);
    this.warn(keepalivedFindings.valueNotUsed, {
      summary: `${keyword} ${argumentsOf(bound).join(' ')}: ${problem}`,
      detail: `The daemon reports it and ${use}.`,
      at: argumentSpan(bound),
      help: `give ${keyword} a value that the daemon takes, or delete the line`,
    });
  }
}
