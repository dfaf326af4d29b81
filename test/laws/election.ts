/** What VRRP is told of one node of an instance. */
export interface Candidate {
  readonly node: string;
  readonly priority: number;
  /** False with nopreempt. */
  readonly preempts: boolean;
  readonly checks: readonly Check[];
}

/** A tracked object on one node. */
export interface Check {
  readonly name: string;
  /** 0: the node is out while the object is bad. */
  readonly weight: number;
  readonly reverse?: boolean;
}

/** Where the daemon's own answer depends on what no configuration says: source addresses, timing. */
export class Undecided extends Error {}

/**
 * Keepalived's election for one instance, written anew from its documentation: among nodes that are not in FAULT the
 * highest priority holds the addresses; a holder is displaced only by a node with a higher priority that preempts.
 */
export class Election {
  holder: string | undefined;
  private readonly candidates: readonly Candidate[];
  private readonly dead = new Set<string>();
  private readonly bad = new Set<string>();

  constructor(candidates: readonly Candidate[]) {
    this.candidates = candidates;
    this.settle();
  }

  kill(node: string): void {
    this.dead.add(node);
    this.settle();
  }

  bringBack(node: string): void {
    this.dead.delete(node);
    this.settle();
  }

  report(node: string, check: string, good: boolean): void {
    if (good) this.bad.delete(`${node} ${check}`);
    else this.bad.add(`${node} ${check}`);
    this.settle();
  }

  private settle(): void {
    const able = this.candidates.filter(
      (candidate) => !this.dead.has(candidate.node) && !this.inFault(candidate),
    );
    const holder = able.find(({ node }) => node === this.holder);
    if (!holder) {
      this.holder = this.best(able)?.node;
      return;
    }
    const better = able.filter(
      (candidate) => candidate.preempts && this.effective(candidate) > this.effective(holder),
    );
    const next = this.best(better);
    if (!next) return;
    this.holder = next.node;
    this.settle();
  }

  private best(list: readonly Candidate[]): Candidate | undefined {
    const highest = Math.max(...list.map((candidate) => this.effective(candidate)));
    const found = list.filter((candidate) => this.effective(candidate) === highest);
    if (found.length > 1) throw new Undecided('a tie');
    return found[0];
  }

  private isGood(node: string, { name }: Check): boolean {
    return !this.bad.has(`${node} ${name}`);
  }

  private inFault({ node, checks }: Candidate): boolean {
    return checks.some(
      (check) => check.weight === 0 && this.isGood(node, check) === (check.reverse ?? false),
    );
  }

  private effective({ node, priority, checks }: Candidate): number {
    if (priority === 255) return 255;
    const total = checks.reduce((sum, check) => {
      const counts = check.weight > 0 === this.isGood(node, check);
      return sum + (counts ? check.weight * (check.reverse ? -1 : 1) : 0);
    }, priority);
    // The daemon makes these 1 and 254, where Pacemaker keeps the difference.
    if (total < 1 || total > 254) throw new Undecided('a total beyond the bounds');
    return total;
  }
}
