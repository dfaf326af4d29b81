import { CstParser, Lexer } from 'chevrotain';
import { allTokens, LeftBrace, LineEnd, RightBrace, Word } from './tokens.ts';

/**
 * The grammar of the logical text. Every sequence of tokens matches: what the daemon reports and passes over
 * (a stray brace, a missing one) has a place of its own, so that the rest of the file is still read.
 * Three rules, because each costs start-up time.
 */
export class KeepalivedParser extends CstParser {
  configuration = this.RULE('configuration', () => {
    this.MANY(() =>
      this.OR([
        { ALT: () => this.SUBRULE(this.directive) },
        { ALT: () => this.SUBRULE(this.block) },
        { ALT: () => this.CONSUME(RightBrace) },
      ]),
    );
  });

  directive = this.RULE('directive', () => {
    this.AT_LEAST_ONE(() => this.CONSUME(Word));
    this.CONSUME(LineEnd);
    this.OPTION(() => this.SUBRULE(this.block));
  });

  block = this.RULE('block', () => {
    this.CONSUME(LeftBrace);
    this.MANY(() =>
      this.OR([{ ALT: () => this.SUBRULE(this.directive) }, { ALT: () => this.SUBRULE(this.block) }]),
    );
    this.OPTION(() => this.CONSUME(RightBrace));
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
