import { type BoundDirective, childrenNamed } from '../../keepalived/bound-directive.ts';

/** Something that ldirectord cannot do, and the line that asked for it. */
export interface Loss {
  readonly directive: BoundDirective;
  /** A sentence without its full stop: what ldirectord does instead. */
  readonly what: string;
  /** Nothing of its block is kept. */
  readonly whole?: true;
}

/** Gathers them, one for a line. */
export class Losses {
  private readonly found = new Map<BoundDirective, Loss>();

  get all(): readonly Loss[] {
    return [...this.found.values()];
  }

  add(directive: BoundDirective, what: string): void {
    if (!this.found.has(directive)) this.found.set(directive, { directive, what });
  }

  /** A block of which nothing is kept, so that its lines go with it. */
  drop(directive: BoundDirective, what: string): void {
    this.found.set(directive, { directive, what, whole: true });
  }

  /** At the lines with a keyword in a block, if there are any. */
  line(block: BoundDirective, keyword: string, what: string): void {
    for (const line of childrenNamed(block, keyword)) this.add(line, what);
  }
}
