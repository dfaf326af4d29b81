import type { Block, ConfigurationAst, Directive, Statement, Word } from '../../grammar/ast/nodes.ts';
import { lookUp, rootTable } from '../../grammar/directives/index.ts';
import type { DirectiveSpec } from '../../grammar/directives/spec.ts';
import { type Diagnostic, findingsPerStage, type Outcome } from '../../grammar/source/diagnostic.ts';
import type { Release } from '../../grammar/source/release.ts';
import type { BoundDirective, Verdict } from './bound-directive.ts';
import {
  badHead,
  blockAmongEntries,
  braceAsInterface,
  fateWithoutWord,
  linesOfNoServer,
  missingBrace,
  missingWord,
  secondGroup,
  secondOfName,
  skippedServer,
  spilledBlock,
} from './nesting-messages.ts';
import { isOfAnotherProcess, isOfVrrp, isServer, type OpenBlock } from './open-block.ts';
import { serverHeadProblem } from './server-address.ts';
import { surplusKeyword, wordsBeforeBrace } from './surplus-keyword.ts';
import { unknownKeyword } from './unknown-keyword.ts';

/**
 * Puts every directive where the daemon reads it: the grammar has the author's nesting, the daemon's depends on its
 * keyword tables. An unknown keyword's block spills its content into the block around it, and its `}` closes that one.
 */
export function bind(ast: ConfigurationAst, release: Release): Outcome<readonly BoundDirective[]> {
  return new Binder(release).bind(ast);
}

/** A text with more unknown words than this is no keepalived.conf: looking for what each may have meant would take minutes. */
const worthSuggesting = 200;

class Binder {
  private readonly release: Release;
  private readonly diagnostics: Diagnostic[] = [];
  private readonly root: OpenBlock = {
    table: rootTable,
    body: 'block',
    path: '',
    keywords: [],
    children: [],
    awaitsBrace: false,
  };
  private readonly stack: OpenBlock[] = [this.root];
  private readonly names = new Map<string, Directive>();
  private unknownKeywords = 0;
  /** Depth of the author's blocks whose keyword is unknown: one message for the block is enough. */
  private insideUnknown = 0;

  constructor(release: Release) {
    this.release = release;
  }

  bind(ast: ConfigurationAst): Outcome<readonly BoundDirective[]> {
    this.walk(ast.statements);
    return { value: this.root.children, diagnostics: this.diagnostics };
  }

  private get frame(): OpenBlock {
    return this.stack.at(-1) ?? this.root;
  }

  private walk(statements: readonly Statement[]): void {
    for (const statement of statements) {
      if (statement.kind === 'stray-close') {
        this.close(undefined);
        continue;
      }
      const unknown = statement.kind === 'directive' && this.take(statement);
      if (!statement.block) continue;
      if (unknown) this.insideUnknown++;
      this.open(statement.block, statement.kind === 'directive' ? statement : undefined);
      this.walk(statement.block.statements);
      if (statement.block.close) this.close(statement.block);
      if (unknown) this.insideUnknown--;
    }
  }

  /** Reads one line in the current block. True when its keyword is unknown. */
  private take(directive: Directive): boolean {
    const keyword = directive.words[0].value;
    if (this.frame.awaitsBrace) this.goOnWithoutBrace(directive);
    if (this.stack[1]?.leftByVrrp && isOfVrrp(keyword) && lookUp(rootTable, keyword, this.release))
      this.stack.splice(1);
    const { frame } = this;
    if (frame.skipped !== undefined) {
      this.add(frame, directive, keyword, { verdict: { kind: 'ignored', reason: frame.skipped } });
      return false;
    }
    if (keyword === '}' && (frame.body === 'block' || directive.words.length === 1)) {
      this.add(frame, directive, keyword, { verdict: { kind: 'ignored', reason: quotedEnd } });
      this.close(undefined);
      return false;
    }
    if (frame.body !== 'block') {
      const text = directive.words.map((word) => word.value).join(' ');
      this.add(frame, directive, text, { kind: 'entry', ...(frame.spec && { spec: frame.spec }) });
      return false;
    }
    const spec = lookUp(frame.table, keyword, this.release);
    if (!spec) {
      const place = frame.path === '' ? 'at the top level' : `in ${frame.keywords.join('/')}`;
      this.add(frame, directive, keyword, {
        verdict: {
          kind: 'unknown',
          reason: `The daemon knows no keyword of this name ${place} and ignores the line.`,
        },
      });
      if (this.insideUnknown === 0 && this.diagnostics.length < findingsPerStage) {
        const suggests = ++this.unknownKeywords <= worthSuggesting;
        this.diagnostics.push(unknownKeyword({ directive, ...frame, release: this.release, suggests }));
      }
      return true;
    }
    this.takeKnown(frame, directive, spec);
    return false;
  }

  /** The daemon reports the missing brace and goes on inside the block. */
  private goOnWithoutBrace(directive: Directive): void {
    const { frame } = this;
    frame.awaitsBrace = false;
    if (this.stack.length === 2 && isOfAnotherProcess(frame)) frame.leftByVrrp = true;
    const isSkipped = frame.skipped !== undefined && frame.spec?.keyword !== 'group';
    const before = isSkipped ? this.blockBefore(frame) : undefined;
    this.diagnostics.push(missingBrace(directive, frame, before?.path));
    if (isSkipped) this.goOnInstead(directive, frame, before);
  }

  private blockBefore({ spec }: OpenBlock): BoundDirective | undefined {
    return this.stack
      .at(-2)
      ?.children.findLast((bound) => bound.directive.words[0].value === spec?.keyword && !bound.verdict);
  }

  /**
   * A block that the daemon means to skip, but that has no brace (measured with 2.2.7): its lines go to the block of this
   * kind before it. Where there is none the daemon writes into memory that is not its own.
   */
  private goOnInstead(directive: Directive, skipped: OpenBlock, before: BoundDirective | undefined): void {
    const { skipped: _, ...frame } = skipped;
    if (before)
      this.stack.splice(-1, 1, {
        ...frame,
        path: before.path,
        children: before.children as BoundDirective[],
      });
    else if (isServer(frame.spec))
      this.diagnostics.push(linesOfNoServer(directive, frame.spec?.keyword ?? ''));
    else this.stack.splice(-1, 1, frame);
  }

  private takeKnown(frame: OpenBlock, directive: Directive, spec: DirectiveSpec): void {
    const skipped = this.headProblem(directive, spec);
    const given = spec.body === 'nothing' ? directive.words.length - 1 : namesOf(directive).length;
    const heads = spec.body === 'nothing' ? [spec.keyword] : directive.words.map((word) => word.value);
    const children: BoundDirective[] = [];
    // A script string that cannot be split is dropped before the daemon misses it.
    const isUnsplit = spec.type === 'script' && directive.unterminatedQuote !== undefined;
    const lacksWord = given < spec.minArgs && !isUnsplit;
    const reason = skipped ?? (lacksWord ? fateWithoutWord(this.release) : undefined);
    const verdict: Verdict | undefined = reason === undefined ? undefined : { kind: 'ignored', reason };
    const bound = this.add(frame, directive, heads.join(' '), {
      spec,
      children,
      ...(verdict && { verdict }),
    });
    if (skipped === undefined && lacksWord)
      this.diagnostics.push(missingWord(directive, spec.keyword, this.release, spec.args));
    if (spec.body === 'nothing') {
      const surplus = surplusKeyword(directive, spec, frame.table, this.release);
      if (surplus) this.diagnostics.push(surplus);
      return;
    }
    const before = wordsBeforeBrace(spec, namesOf(directive));
    if (before) this.diagnostics.push(before);
    this.stack.push({
      table: spec.children ?? [],
      body: spec.body,
      spec,
      path: bound.path,
      keywords: bound.keywords,
      children,
      awaitsBrace: true,
      ...(skipped !== undefined && { skipped, endsParent: spec.keyword === 'group' }),
    });
  }

  private add(
    frame: OpenBlock,
    directive: Directive,
    label: string,
    rest: Partial<Pick<BoundDirective, 'kind' | 'spec' | 'children' | 'verdict'>>,
  ): BoundDirective {
    const keywords = rest.kind === 'entry' ? frame.keywords : [...frame.keywords, directive.words[0].value];
    const path = frame.path === '' ? label : `${frame.path}/${label}`;
    const bound: BoundDirective = { directive, kind: 'keyword', path, keywords, children: [], ...rest };
    frame.children.push(bound);
    return bound;
  }

  private open(block: Block, head: Directive | undefined): void {
    const { frame } = this;
    if (frame.awaitsBrace) {
      frame.awaitsBrace = false;
      frame.block = block;
    } else if (frame.skipped !== undefined) {
      // Inside a skipped block the daemon only counts braces.
      this.stack.push({ ...frame, block, children: frame.children, awaitsBrace: false, endsParent: false });
    } else if (head) {
      frame.spilled ??= head;
      if (frame.spec?.keyword === 'track_interface')
        this.diagnostics.push(braceAsInterface(block, frame.path));
    }
  }

  private close(block: Block | undefined): void {
    const { frame } = this;
    if (this.stack.length === 1) return;
    if (frame.block !== block && frame.spilled) {
      const message = frame.body === 'block' ? spilledBlock : blockAmongEntries;
      this.diagnostics.push(message(frame.path, frame.spilled, block));
    }
    this.stack.pop();
    if (frame.endsParent) this.stack.pop();
    if (!isOfAnotherProcess(this.stack[1] ?? frame)) return;
    // The process that holds the instances only counts the braces of such a block: to it a block that is still open goes
    // on, and one whose braces are all there is over.
    const outermost = this.stack[1];
    if (outermost && block !== undefined && outermost.block === block) outermost.leftByVrrp = true;
    const goesOn = !outermost && frame.block !== block && !frame.leftByVrrp;
    if (goesOn && frame.skipped === undefined) this.stack.push({ ...frame, skipped: afterSpill });
  }

  /** The reason why the daemon skips a whole block, if it does. */
  private headProblem(directive: Directive, spec: DirectiveSpec): string | undefined {
    if (spec.keyword === 'group') return this.repeatedGroup(directive);
    if (isServer(spec)) {
      const problem = serverHeadProblem(directive);
      if (problem !== undefined) this.diagnostics.push(skippedServer(directive, spec.keyword, problem));
      return problem;
    }
    if (spec.keyword !== 'vrrp_instance' && spec.keyword !== 'vrrp_sync_group') return undefined;
    const [name, surplus] = namesOf(directive);
    let problem: string | undefined;
    if (!name) problem = `A ${spec.keyword} without a name is skipped as a whole.`;
    else if (surplus) problem = `A ${spec.keyword} with more than one name is skipped as a whole.`;
    else {
      const key = `${spec.keyword} ${name.value}`;
      const earlier = this.names.get(key);
      if (earlier) problem = `A second ${spec.keyword} of the name ${name.value} is skipped as a whole.`;
      else this.names.set(key, directive);
      if (earlier) this.diagnostics.push(secondOfName(directive, earlier, key));
    }
    if (problem !== undefined && (!name || surplus)) {
      this.diagnostics.push(badHead(directive, spec.keyword, problem));
    }
    return problem;
  }

  /** A second list of members is skipped, and the daemon's skipping takes the block around it along. */
  private repeatedGroup(directive: Directive): string | undefined {
    const { children, path } = this.frame;
    const earlier = children.find(
      (child) => child.directive.words[0].value === 'group' && child.children.length > 0,
    );
    if (!earlier) return undefined;
    this.diagnostics.push(secondGroup(directive, earlier.directive, path));
    return 'A second group block is skipped as a whole.';
  }
}

/** What follows a block's keyword. A brace at the end is one to the daemon even in quotes (measured with 2.2.7). */
function namesOf({ words }: Directive): readonly Word[] {
  return words.at(-1)?.value === '{' ? words.slice(1, -1) : words.slice(1);
}

/** Measured with 2.2.7; in a list only if it stands alone. */
const quotedEnd =
  'A } ends the block for the daemon even in quotes, and what follows it on its line is lost.';

const afterSpill = 'The block of an unknown keyword has ended this one before the line.';
