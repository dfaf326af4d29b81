import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** What became of the probes of one address; see probe.py. Times in ms count from the first probe. */
export interface Probed {
  readonly address: string;
  readonly sent: number;
  readonly lost: number;
  /** [when, how many] of lost probes that follow one another. */
  readonly lostRuns: readonly (readonly [number, number])[];
  /** The longest time without an answer: what an outage lasted. */
  readonly longestGapMs: number;
  readonly gapAtMs: number;
  readonly answers: Readonly<Record<string, number>>;
  /** [when, node] each time another node than before answers. */
  readonly changes: readonly (readonly [number, string])[];
  readonly twoOwnersMs: number;
  readonly twoOwnersAtMs: number | null;
  readonly nobodyMs: number;
  readonly announcements: Readonly<Record<string, number>>;
  readonly sendErrors: number;
}

interface Report {
  readonly latestSendMs: number;
  readonly unread: number;
  readonly addresses: readonly Probed[];
}

/** A running probe. */
export class Probe {
  readonly #child: ChildProcessWithoutNullStreams;
  #output = '';
  #errors = '';

  private constructor(argv: readonly string[]) {
    const [program = '', ...words] = argv;
    this.#child = spawn(program, words);
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors += text;
    });
  }

  /** Resolves when the first probes are under way. */
  static async start(argv: readonly string[]): Promise<Probe> {
    const probe = new Probe(argv);
    await new Promise<void>((resolve, reject) => {
      probe.#child.stdout.once('data', () => resolve());
      probe.#child.once('exit', () => reject(new Error(`The probe has ended: ${probe.#errors}`)));
    });
    return probe;
  }

  /** When the first probe was sent, in ms since 1970. */
  get beganAtMs(): number {
    return (JSON.parse(this.#output.split('\n')[0] ?? '') as { beganAtMs: number }).beganAtMs;
  }

  /** Ends it, and says what it saw of each address, in the order in which they were named. */
  async stop(): Promise<readonly Probed[]> {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.stdin.end();
    await ended;
    const report = JSON.parse(this.#output.split('\n')[1] ?? '') as Report;
    // Answers that came and were not read would be counted as lost: the run says nothing then.
    if (report.unread > 0) throw new Error(`The probe was too slow: ${report.unread} packets were not read`);
    return report.addresses;
  }
}

/** One line that tells what a probe saw. */
export function describeProbed(probed: Probed): string {
  const { address, sent, lost, longestGapMs, gapAtMs, changes, twoOwnersMs } = probed;
  const order = changes.map(([at, node]) => `${node}@${at}`).join(' > ') || 'nobody';
  const runs = probed.lostRuns.map(([at, count]) => `${count}@${at}`).join(' ');
  return `${address}: sent ${sent}, lost ${lost}${runs && ` (${runs})`}, longest gap ${longestGapMs} ms at ${gapAtMs}, two owners ${twoOwnersMs} ms, answered by ${order}`;
}
