import type { Blocks } from './marked-blocks.ts';

/** What one run of the command line printed. */
export interface PrintedRun {
  readonly stdout: string;
  readonly stderr: string;
}

/** What the README shows, as printed. */
export interface ExampleRuns {
  /** The configuration of the first node. */
  readonly configuration: string;
  /** `kp2pcm lb1.conf lb2.conf` */
  readonly migrate: PrintedRun;
  /** `kp2pcm --emit report lb1.conf lb2.conf` */
  readonly report: PrintedRun;
  /** `kp2pcm --help` */
  readonly help: PrintedRun;
}

/** The parts of the README that are output of the program. */
export function readmeBlocks({ configuration, migrate, report, help }: ExampleRuns): Blocks {
  const head = linesFrom(migrate.stdout, /^# WHO HOLDS WHAT/, /^# FENCING/);
  const resources = linesFrom(migrate.stdout, /^configure_resources\(\)/, /^}/);
  const constraints = linesFrom(migrate.stdout, /^configure_constraints\(\)/, /^}/);
  return {
    'example-input': fenced('', linesFrom(configuration, /^vrrp_script/)),
    'example-diagnostics': fenced('', migrate.stderr),
    'example-script': fenced('bash', `${head}\n…\n\n${resources}}\n\n${constraints}}`),
    'example-report': fenced('markdown', linesFrom(report.stdout, /^## What moves where/, /^The holder is/)),
    help: fenced('', help.stdout),
  };
}

/** The lines from the first that matches up to the next that matches `end`, without that one. */
function linesFrom(text: string, start: RegExp, end?: RegExp): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => start.test(line));
  if (first < 0) throw new RangeError(`no line matches ${start}`);
  const length = end === undefined ? -1 : lines.slice(first + 1).findIndex((line) => end.test(line));
  if (end !== undefined && length < 0) throw new RangeError(`no line after it matches ${end}`);
  const last = end === undefined ? lines.length : first + 1 + length;
  return `${lines.slice(first, last).join('\n')}\n`;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
