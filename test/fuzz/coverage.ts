import { type Profiler, Session } from 'node:inspector';

const ownCode = /\/(?:grammar|src)\//;

/** Tells whether anything ran that never ran before, by V8's own block coverage of the project's code. */
export class Coverage {
  private readonly session = new Session();
  private readonly seen = new Set<string>();

  constructor() {
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Whether the code since the last call has reached something new: a block, or twice as many rounds of it. */
  isNew(): boolean {
    let found = false;
    for (const { url, functions } of this.taken()) {
      if (!ownCode.test(url)) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (count === 0) continue;
          const key = `${url}:${startOffset}-${endOffset}:${Math.min(8, Math.floor(Math.log2(count)))}`;
          if (this.seen.has(key)) continue;
          this.seen.add(key);
          found = true;
        }
      }
    }
    return found;
  }

  /** How often any block of the project's code has run since the last call: work, as no clock measures it. */
  work(): number {
    let runs = 0;
    for (const { url, functions } of this.taken()) {
      if (!ownCode.test(url)) continue;
      for (const { ranges } of functions) for (const { count } of ranges) runs += count;
    }
    return runs;
  }

  get size(): number {
    return this.seen.size;
  }

  private taken(): readonly Profiler.ScriptCoverage[] {
    let result: readonly Profiler.ScriptCoverage[] = [];
    // On a session with its own thread the answer comes before `post` returns.
    this.session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (!error) result = answer.result;
    });
    return result;
  }
}
