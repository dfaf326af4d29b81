import type { Block, ConfigurationAst, Directive, Statement, Word } from './ast/nodes.ts';
import { readByParentOnly } from './reader/read-node.ts';

/** Where the `{` of a block goes: `kw {`, `kw{`, alone on the next line, or `kw { entry }` where one entry is all. */
export type BraceStyle = 'same line' | 'glued' | 'own line' | 'one line';

export interface PrintStyle {
  readonly indent: string;
  readonly braces: BraceStyle;
  /** `} kw {`: what follows a block starts on the line of its `}`. */
  readonly runsOn: boolean;
}

const usual: PrintStyle = { indent: '    ', braces: 'same line', runsOn: false };

/**
 * AST → keepalived.conf. What the parser reads back is the same AST, but for places.
 *
 * @throws RangeError when no text says a line: the daemon knows no escape for a comment sign outside quotes or for what
 * its line reader takes for itself, and takes away blanks before a backslash at the end, a carriage return there, and what
 * follows a NUL
 */
export function printConfiguration(ast: ConfigurationAst, style: Partial<PrintStyle> = {}): string {
  return new Printer({ ...usual, ...style }).print(ast);
}

/**
 * The line of some words, in quotes where they were and where they must be. No word can hold a `"`, a line feed or a NUL.
 */
export function lineOfWords(words: readonly Word[]): string {
  return words
    .map(({ value, quoted }, index) => {
      const must = value === '' || /[\s#!{}]|^\\$/.test(value) || (index === 0 && readersOwn.test(value));
      return quoted || must ? `"${value}"` : value;
    })
    .join(' ');
}

/** What the line reader takes for itself at the start of a line. */
const readersOwn = /^(?:@|~(?:SEQ|LST)|\$\w+=|include[rmwba]?$)/;

/** A second condition on a line is a word to the daemon; printed at the start of a line it would be the first. */
const readersOwnLine = /^(?:@|~(?:SEQ|LST)|\$\w+=|include[rmwba]?(?:\s|$))/;

class Printer {
  private readonly style: PrintStyle;
  private readonly lines: string[] = [];
  private afterBlock = false;
  /** Within a block of which comments are cut once only, so that a backslash protects a sign. */
  private escapes = false;

  constructor(style: PrintStyle) {
    this.style = style;
  }

  print({ statements }: ConfigurationAst): string {
    for (const statement of statements) {
      this.escapes = statement.kind === 'directive' && isOfParent(statement);
      this.statement(statement, 0);
    }
    return this.lines.map((line) => `${line}\n`).join('');
  }

  private statement(statement: Statement, depth: number): void {
    if (statement.kind === 'stray-close') this.line('}', depth);
    else if (statement.kind === 'directive') this.directive(statement, depth);
    else {
      this.line('{', depth);
      this.inside(statement.block, depth);
    }
  }

  private directive({ text: given, block }: Directive, depth: number): void {
    const text = this.writable(given);
    const { braces } = this.style;
    if (!block) {
      this.line(text, depth);
      return;
    }
    const entry = braces === 'one line' ? onlyEntry(block) : undefined;
    if (entry && !swallowsBrace(given)) {
      this.line(`${text} { ${this.writable(entry.text)} }`, depth);
      this.afterBlock = true;
      return;
    }
    if (braces === 'own line' || swallowsBrace(given)) {
      this.line(text, depth);
      this.line('{', depth);
    } else this.line(braces === 'glued' ? `${text}{` : `${text} {`, depth);
    this.inside(block, depth);
  }

  private inside({ statements, close }: Block, depth: number): void {
    for (const statement of statements) this.statement(statement, depth + 1);
    if (!close) return;
    this.line('}', depth);
    this.afterBlock = true;
  }

  private line(text: string, depth: number): void {
    // A line that begins within one block and ends in another is cut as the first one's lines are.
    const runs = this.style.runsOn && this.afterBlock && !this.escapes;
    if (runs) this.lines.push(`${this.lines.pop()} ${text}`);
    else this.lines.push(this.style.indent.repeat(depth) + text);
    this.afterBlock = false;
  }

  /** A line with the backslashes before its `#` and `!` that the reader takes away. */
  private writable(text: string): string {
    if (/[ \t]\\$|\r$|\0/.test(text) || readersOwnLine.test(text))
      throw new RangeError(`no line of a file says this: ${text}`);
    return text.replace(commentSigns, (found) => {
      if (found !== '#' && found !== '!') return found;
      if (!this.escapes) throw new RangeError(`no line of a file says this: ${text}`);
      return `\\${found}`;
    });
  }
}

/** Comment signs, and before them all that hides one: a backslash, and quotes. */
const commentSigns = /\\.?|"(?:\\.|[^"\\])*"?|[#!]/gs;

function isOfParent({ text }: Directive): boolean {
  return readByParentOnly.has(/^\S*/.exec(text)?.[0] ?? '');
}

/** Behind an open quote a brace is none, a backslash counts only at the end of its line, and `$` makes a use of `{`. */
function swallowsBrace(text: string): boolean {
  return (text.match(/"/g) ?? []).length % 2 === 1 || /[\\$]$/.test(text);
}

/** The one thing in a block that fits on a line with its braces. */
function onlyEntry({ statements: [entry, ...others], close }: Block): Directive | undefined {
  if (!close || others.length > 0 || entry?.kind !== 'directive' || entry.block) return undefined;
  return swallowsBrace(entry.text) ? undefined : entry;
}
