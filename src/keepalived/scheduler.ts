import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { SchedulerFlag } from './lvs-configuration.ts';
import type { Reading, ReadingLog, Setting } from './reading-log.ts';

const schedulers = new Set('rr wrr lc wlc lblc sh mh dh fo ovf lblcr sed nq twos'.split(' '));

const schedulerKeywords = ['lb_algo', 'lvs_sched'];

const flags: Readonly<Record<string, SchedulerFlag>> = {
  'flag-1': 'flag-1',
  'flag-2': 'flag-2',
  'flag-3': 'flag-3',
};

/** The flags that a scheduler has names of its own for (ip_vs.h). */
const flagsOf: Readonly<Record<string, Readonly<Record<string, SchedulerFlag>>>> = {
  sh: { 'sh-fallback': 'flag-1', 'sh-port': 'flag-2' },
  mh: { 'mh-fallback': 'flag-1', 'mh-port': 'flag-2' },
};

/** The scheduler, with its line if there is a valid one, and its flags. */
export function readScheduler(
  block: BoundDirective,
  log: ReadingLog,
): { readonly scheduler: Setting<string>; readonly schedulerFlags: readonly SchedulerFlag[] } {
  const scheduler = log.last(block, schedulerKeywords, 'wlc', readSchedulerName);
  const set = new Set<SchedulerFlag>();
  let current = '';
  const special = ['hashed', ...Object.keys(flagsOf['sh'] ?? {}), ...Object.keys(flagsOf['mh'] ?? {})];
  for (const line of childrenNamed(block, ...schedulerKeywords, ...Object.keys(flags), ...special)) {
    const keyword = line.directive.words[0].value;
    const reading = schedulerKeywords.includes(keyword) ? readSchedulerName(line) : undefined;
    if (reading) current = 'value' in reading ? reading.value : current;
    else {
      const flag = flags[keyword] ?? flagsOf[current]?.[keyword];
      if (flag) set.add(flag);
      else ignoreFlag(line, keyword, log);
    }
  }
  return { scheduler, schedulerFlags: [...set].sort() };
}

function readSchedulerName(bound: BoundDirective): Reading<string> {
  const name = argumentOf(bound);
  return schedulers.has(name) ? { value: name } : { problem: 'no scheduler that the daemon knows' };
}

/** 2.2.7 knows hashed and does nothing with it. */
function ignoreFlag(line: BoundDirective, keyword: string, log: ReadingLog): void {
  if (keyword === 'hashed') {
    log.ignore(line, 'The daemon knows this flag and does nothing with it.');
    return;
  }
  const scheduler = keyword.slice(0, 2);
  log.ignore(line, `${keyword} counts only after lb_algo ${scheduler}.`);
  log.warn(keepalivedFindings.orderDependent, {
    summary: `${keyword} does not count: no lb_algo ${scheduler} stands before it`,
    detail: 'The flag belongs to one scheduler, which must be named first. The daemon ignores the line.',
    at: line.directive.span,
    help: `put it behind lb_algo ${scheduler}, or delete it`,
  });
}
