import { CstParser, Lexer } from 'chevrotain';
import { allTokens, LeftBrace, LineEnd, OpenQuote, QuotedWord, RightBrace, Word } from './tokens.ts';

/**
 * The grammar of the logical text. Every sequence of tokens matches: what the daemon reports and passes over
 * (a stray brace, a missing one) has a rule of its own, so that the rest of the file is still read.
 */
export class KeepalivedParser extends CstParser {
  configuration = this.RULE('configuration', () => {
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.directive) },
        { ALT: () => this.SUBRULE(this.block, { LABEL: 'strayBlock' }) },
        { ALT: () => this.SUBRULE(this.strayClose) },
      ]),
    );
  });

  directive = this.RULE('directive', () => {
    this.SUBRULE(this.line);
    this.OPTION(() => this.SUBRULE(this.block));
  });

  line = this.RULE('line', () => {
    this.AT_LEAST_ONE(() =>
      this.OR([
        { ALT: () => this.CONSUME(Word) },
        { ALT: () => this.CONSUME(QuotedWord) },
        { ALT: () => this.CONSUME(OpenQuote) },
      ]),
    );
    this.CONSUME(LineEnd);
  });

  block = this.RULE('block', () => {
    this.CONSUME(LeftBrace);
    this.CONSUME(LineEnd);
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.directive) },
        { ALT: () => this.SUBRULE(this.block, { LABEL: 'strayBlock' }) },
      ]),
    );
    this.OPTION(() => {
      this.CONSUME(RightBrace);
      this.CONSUME1(LineEnd);
    });
  });

  strayClose = this.RULE('strayClose', () => {
    this.CONSUME(RightBrace);
    this.CONSUME(LineEnd);
  });

  constructor(skipValidations: boolean) {
    super(allTokens, { maxLookahead: 1, skipValidations, nodeLocationTracking: 'none' });
    this.performSelfAnalysis();
  }
}

/** `skipValidations` saves start-up time; the tests build both with validations on. */
export function createLexer(skipValidations: boolean): Lexer {
  return new Lexer(allTokens, {
    ensureOptimizations: true,
    positionTracking: 'onlyStart',
    // A carriage return within a line is a blank to the daemon, not the end of the line.
    lineTerminatorsPattern: /\n/g,
    lineTerminatorCharacters: ['\n'],
    skipValidations,
  });
}
