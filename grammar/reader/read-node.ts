import { type Diagnostic, type Outcome, report } from '../source/diagnostic.ts';
import type { FileTree } from '../source/file-tree.ts';
import { defaultRelease, isAtLeast, type Release } from '../source/release.ts';
import type { Span } from '../source/span.ts';
import { bracesBefore14, cutAtBrace } from './braces.ts';
import { commentRules, stripComment } from './comments.ts';
import { cutPassword, passwordCut } from './cut-password.ts';
import { type Definition, definitionOf, substitute } from './definitions.ts';
import { readerFindings } from './findings.ts';
import { type FormName, formNotKnown, takes } from './forms.ts';
import { directoryOf, productionDirectory } from './include-paths.ts';
import { type FileCursor, isInclude, openFile, openInclude } from './includes.ts';
import { limits } from './limits.ts';
import { type LogicalText, logicalText, type ReaderLine } from './logical-text.ts';
import { type MappedText, mappedSpan, sliceMapped } from './mapped-text.ts';
import {
  childrenReadTwice,
  filesInReverse,
  filesWaitForRounds,
  includeReadTwice,
} from './repeated-include.ts';
import { isSequence, parseSequence, type Round } from './sequences.ts';

export interface ReadRequest {
  readonly path: string;
  /** What `@id` lines are compared with: the node's name. */
  readonly configId: string;
  readonly files: FileTree;
  /** Whose line reader it is; 2.2's if not said. */
  readonly release?: Release;
}

/** One node's configuration as the daemon's line reader delivers it. */
export interface NodeText {
  readonly logical: LogicalText;
  readonly readerLines: readonly ReaderLine[];
  /** Every file that was read: its name and its text. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Where the next line comes from: a file, lines already at hand, or the rounds of a sequence. */
type Supply =
  | FileSupply
  | {
      readonly kind: 'lines';
      readonly lines: readonly MappedText[];
      next: number;
      readonly ofDefinition?: true;
    }
  | { readonly kind: 'rounds'; readonly rounds: readonly Round[]; readonly text: MappedText; next: number };

interface FileSupply {
  readonly kind: 'file';
  readonly cursor: FileCursor;
  /** The files around it and its own, outermost first. */
  readonly open: readonly string[];
  /** The daemon's children read this file itself, beside its lines in the parent's copy. */
  readonly besideCopy: boolean;
}

interface Recording {
  readonly name: string;
  readonly lines: string[];
  readonly span: Span;
}

/** Root keywords that only the daemon's parent process reads: their lines are comment-stripped once, all others twice. */
export const readByParentOnly = new Set([
  'global_defs',
  'net_namespace',
  'net_namespace_ipvs',
  'instance',
  'use_pid_dir',
]);

/**
 * Reads one node's configuration through the daemon's own line pipeline: include, comments, `@id`,
 * `$NAME=`, `~SEQ`/`~LST`, substitution, braces cut out as lines of their own.
 * Total: any text gives a value, with bounds on nesting and growth that end in an error diagnostic.
 */
export function readNode(request: ReadRequest): Outcome<NodeText> {
  return new LineReader(request).read();
}

/** Rounds, or lines at hand, that come before the next line of a file. */
function hasMore(supply: Supply): boolean {
  if (supply.kind === 'rounds') return supply.next < supply.rounds.length;
  return supply.kind === 'lines' && supply.next < supply.lines.length;
}

class LineReader {
  private readonly request: ReadRequest;
  private readonly release: Release;
  private readonly diagnostics: Diagnostic[] = [];
  private readonly output: MappedText[] = [];
  private readonly readerLines: ReaderLine[] = [];
  private readonly sources = new Map<string, string>();
  private readonly definitions = new Map<string, Definition>();
  private readonly supplies: Supply[] = [];
  private readonly unknownForms = new Set<FormName>();
  /** The file that the last line of a file came from. */
  private file: FileSupply | undefined;
  /** Whether the line was an include as it stood in its file, or as it stood in a definition of several lines. */
  private includeAsItStood = false;
  private readonly said = new Set<string>();
  private recording: Recording | undefined;
  private rootKeyword = '';
  private depth = 0;
  private characters = 0;
  private opened = 0;
  private stopped = false;

  constructor(request: ReadRequest) {
    this.request = request;
    this.release = request.release ?? defaultRelease;
  }

  read(): Outcome<NodeText> {
    const main = openFile(this.request.path, this.request.files, this.release);
    this.diagnostics.push(...main.diagnostics);
    if (main.value) this.open([main.value], false);
    for (let line = this.nextLine(); line !== undefined; line = this.nextLine()) this.take(line);
    this.finishRecording();
    const value = { logical: logicalText(this.output), readerLines: this.readerLines, sources: this.sources };
    return { value, diagnostics: this.diagnostics };
  }

  /** The first of the files is read next, or as soon as the rounds and lines at hand are used up. */
  private open(cursors: readonly FileCursor[], besideCopy: boolean): void {
    for (const cursor of cursors.toReversed()) {
      this.sources.set(cursor.name, cursor.text);
      const open = [...(this.file?.open ?? []), cursor.name];
      this.supplies.splice(this.placeOfFile(besideCopy), 0, { kind: 'file', cursor, open, besideCopy });
      this.opened++;
    }
  }

  private placeOfFile(besideCopy: boolean): number {
    if (!filesWaitForRounds(this.release)) return this.supplies.length;
    const isBelow = (supply: Supply) => supply.kind === 'file' && (besideCopy || !supply.besideCopy);
    return this.supplies.findLastIndex(isBelow) + 1;
  }

  /** The next line, comment-stripped, or undefined at the end of everything. */
  private nextLine(): MappedText | undefined {
    while (!this.stopped) {
      const supply = this.supplies.at(-1);
      if (!supply) return undefined;
      if (supply.kind === 'lines') {
        const line = supply.lines[supply.next++];
        if (line && supply.ofDefinition) this.includeAsItStood = isInclude(line.text);
        if (line) return line;
      } else if (supply.kind === 'rounds') {
        const round = supply.rounds[supply.next++];
        for (const { name, value } of round ?? []) this.definitions.set(name, { name, lines: [value] });
        if (round) return supply.text;
      } else {
        const line = supply.cursor.next();
        if (line) return this.fromFile(supply, this.withoutComment(line));
      }
      this.supplies.pop();
    }
    return undefined;
  }

  private fromFile(file: FileSupply, line: MappedText): MappedText {
    this.file = file;
    this.includeAsItStood = isInclude(line.text);
    return line;
  }

  private withoutComment(line: MappedText): MappedText {
    const once = stripComment(line, this.release);
    const sign = commentRules(this.release).insideWords ? cutPassword(line.text) : undefined;
    if (sign !== undefined) this.diagnostics.push(passwordCut(line, sign));
    else if (once.cutInWord !== undefined) this.reportCutWord(line, once.cutInWord);
    if (!commentRules(this.release).stripsTwice) return once.line;
    const root = this.depth === 0 ? (/^[^ \t{]*/.exec(once.line.text)?.[0] ?? '') : this.rootKeyword;
    return readByParentOnly.has(root) ? once.line : stripComment(once.line, this.release).line;
  }

  private take(line: MappedText): void {
    if (this.recording) {
      this.record(line);
      return;
    }
    let current = line;
    // A line that changed through substitution is examined anew, before 2.4; each round needs a new `$`.
    for (let round = 0; round < limits.nestedIncludes; round++) {
      const conditional = this.applyCondition(current);
      if (!conditional) return;
      current = conditional;
      if (current.text === '' || this.takeDefinition(current) || this.takeSequence(current)) return;
      if (!current.text.includes('$') || !takes(this.release, 'definition')) break;
      const { line: expanded, following, diagnostics } = substitute(current, this.scope());
      this.diagnostics.push(...diagnostics);
      if (diagnostics.some((diagnostic) => diagnostic.severity === 'error')) this.stopped = true;
      if (following.length > 0) {
        this.supplies.push({ kind: 'lines', lines: following, next: 0, ofDefinition: true });
        this.includeAsItStood = isInclude(expanded.text);
      }
      const changed = expanded.text !== current.text;
      current = changed ? stripComment(expanded, this.release).line : expanded;
      if (!changed || current.text === '' || isAtLeast(this.release, '2.4.0')) break;
    }
    if (current.text === '' || this.takeInclude(current)) return;
    this.emit(current);
  }

  private scope() {
    return {
      definitions: this.definitions,
      release: this.release,
      configId: this.request.configId,
      directory: productionDirectory(this.request.path, this.topFile()),
    };
  }

  /** The file whose folder the daemon is in: the one opened last, also before its first line is read. */
  private topFile(): string {
    const file = this.supplies.findLast((supply) => supply.kind === 'file');
    return file?.kind === 'file' ? file.cursor.name : this.request.path;
  }

  /** What is left of a line after its `@id`; undefined when the condition does not hold. */
  private applyCondition(line: MappedText): MappedText | undefined {
    const match = /^@(\^?)([^ \t]*)[ \t]*/.exec(line.text);
    if (!match || !this.takesForm('condition', line)) return line;
    if (match[1] === '^' && !this.takesForm('exclusion', line)) {
      this.note('condition', `@^${match[2] ?? ''}`, false, line);
      return undefined;
    }
    const effective = (match[2] === this.request.configId) !== (match[1] === '^');
    const rest = sliceMapped(line, match[0].length);
    if (effective && rest.text !== '') return rest;
    this.note('condition', `@${match[1] ?? ''}${match[2] ?? ''}`, false, line);
    return undefined;
  }

  private takeDefinition(line: MappedText): boolean {
    const definition = definitionOf(line.text);
    if (!definition || !this.takesForm('definition', line)) return false;
    const { name, value } = definition;
    const span = this.note('definition', `$${name}`, true, line);
    if (value.endsWith('\\')) this.recording = { name, lines: [value.slice(0, -1).trim()], span };
    else this.definitions.set(name, { name, lines: [value] });
    return true;
  }

  /** A line within a multi-line definition: an empty one, or one without a backslash at its end, is the last. */
  private record(line: MappedText): void {
    const { text } = line;
    const continues = text.endsWith('\\');
    this.recording?.lines.push((continues ? text.slice(0, -1) : text).trim());
    if (!continues) this.finishRecording();
  }

  private finishRecording(): void {
    if (!this.recording) return;
    const { name, lines } = this.recording;
    this.definitions.set(name, { name, lines: lines.filter((text) => text !== '') });
    this.recording = undefined;
  }

  private takeSequence(line: MappedText): boolean {
    if (!isSequence(line.text)) return false;
    if (!this.takesForm(line.text.startsWith('~LST') ? 'list' : 'sequence', line)) return false;
    const close = line.text.indexOf(')') + 1;
    const head = substitute(sliceMapped(line, 0, close), this.scope()).line.text;
    const parsed = parseSequence(head + line.text.slice(close));
    if ('problem' in parsed) {
      const span = this.note('sequence', '~SEQ', false, line);
      const detail = 'The daemon reports the line and drops it.';
      this.diagnostics.push(
        report(readerFindings.badSequence, { summary: parsed.problem, detail, at: span }),
      );
      return true;
    }
    const text = sliceMapped(line, parsed.textStart - head.length + close);
    this.supplies.push({ kind: 'rounds', rounds: parsed.rounds, text, next: 0 });
    return true;
  }

  private takeInclude(line: MappedText): boolean {
    if (!isInclude(line.text)) return false;
    if (!/^include[ \t]/.test(line.text) && !this.takesForm('strictInclude', line)) return false;
    const at = mappedSpan(line, 0, line.text.length);
    const opened = () =>
      openInclude({
        text: line.text,
        at,
        directory: directoryOf(this.topFile()),
        open: this.file?.open ?? [],
        files: this.request.files,
        release: this.release,
      });
    const included = opened();
    this.diagnostics.push(...included.diagnostics);
    this.note('include', line.text, included.value.length > 0, line);
    const isTwice = included.value.length > 0 && this.isReadTwice(included.value, at);
    const again = isTwice ? opened().value : [];
    if (included.value.length > 0 && filesWaitForRounds(this.release) && this.supplies.some(hasMore))
      this.sayOnce(filesInReverse(at));
    if (this.opened + included.value.length + again.length > limits.includedFiles) this.stopTooLarge(at);
    else {
      this.open(included.value, this.file?.besideCopy ?? false);
      this.open(again, true);
    }
    return true;
  }

  /** Whether the children read these files a second time: those of a block that only the parent reads are not theirs. */
  private isReadTwice(cursors: readonly FileCursor[], at: Span): boolean {
    if (this.includeAsItStood || this.file?.besideCopy) return false;
    if (this.depth > 0 && readByParentOnly.has(this.rootKeyword)) return false;
    const texts = cursors.map((cursor) => cursor.text);
    this.sayOnce(includeReadTwice(this.release, texts, at));
    return childrenReadTwice(this.release);
  }

  /** The rounds of a sequence say the same of the same place. */
  private sayOnce(diagnostic: Diagnostic | undefined): void {
    if (!diagnostic) return;
    const key = JSON.stringify([diagnostic.code, diagnostic.at]);
    if (!this.said.has(key)) this.diagnostics.push(diagnostic);
    this.said.add(key);
  }

  /** Puts the line out with its braces as lines of their own, and hands back the rest as a line of its own. */
  private emit(line: MappedText): void {
    const cut = takes(this.release, 'oneLineBlock') ? cutAtBrace(line) : bracesBefore14(line);
    for (const piece of cut.lines) this.put(piece);
    if (cut.odd) this.takesForm(cut.odd.form, cut.odd.at);
    if (cut.rest) this.supplies.push({ kind: 'lines', lines: [cut.rest], next: 0 });
  }

  /** Whether the release takes a form; if not, that is said where the text first has it. */
  private takesForm(form: FormName, line: MappedText): boolean {
    if (takes(this.release, form)) return true;
    if (!this.unknownForms.has(form))
      this.diagnostics.push(formNotKnown(this.release, form, mappedSpan(line, 0, line.text.length)));
    this.unknownForms.add(form);
    return false;
  }

  private put(line: MappedText): void {
    // Form feeds and the like separate words, but a line of nothing else holds none.
    if (/^[ \t\f\v\r]*$/.test(line.text)) return;
    if (line.text === '{') this.depth++;
    else if (line.text === '}') this.depth = Math.max(0, this.depth - 1);
    else if (this.depth === 0) this.rootKeyword = /^\S*/.exec(line.text)?.[0] ?? '';
    this.output.push(line);
    this.characters += line.text.length + 1;
    const at = () => mappedSpan(line, 0, line.text.length);
    if (this.depth > limits.nestedBlocks) this.stopTooDeep(at());
    if (this.output.length > limits.logicalLines || this.characters > limits.logicalCharacters)
      this.stopTooLarge(at());
  }

  private stopTooDeep(at: Span): void {
    this.stopped = true;
    const summary = `more than ${limits.nestedBlocks} blocks are open here`;
    this.diagnostics.push(
      report(readerFindings.nestedTooDeep, { summary, at, help: 'check the braces above this line' }),
    );
  }

  private stopTooLarge(at: Span): void {
    if (this.stopped) return;
    this.stopped = true;
    const summary = 'the configuration grows beyond bounds here';
    this.diagnostics.push(report(readerFindings.expansionTooLarge, { summary, at }));
  }

  private note(kind: ReaderLine['kind'], label: string, effective: boolean, line: MappedText): Span {
    const span = mappedSpan(line, 0, line.text.length);
    this.readerLines.push({ kind, label, effective, span });
    return span;
  }

  private reportCutWord(line: MappedText, offset: number): void {
    this.diagnostics.push(
      report(readerFindings.commentInsideWord, {
        summary: `'${line.text[offset]}' inside a word starts a comment`,
        detail: 'The daemon drops the rest of the line without a message.',
        at: mappedSpan(line, offset, offset + 1),
        help: 'put the value in double quotes if the sign belongs to it, on all nodes',
      }),
    );
  }
}
