import { argumentOf, argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { type Destination, dropChecker, isReachable, readConnection } from './check-connection.ts';
import { type RetryDefaults, readRepetition, usualRetry } from './check-timers.ts';
import type { CheckedObjects } from './checked-objects.ts';
import type {
  BfdCheck,
  Checker,
  Connection,
  DnsCheck,
  FileCheck,
  MiscCheck,
} from './checker-configuration.ts';
import { readHttpRequests } from './http-check.ts';
import type { CheckDefaults } from './lvs-configuration.ts';
import type { ScriptUser } from './node-configuration.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { readScriptCall } from './script-string.ts';
import { readSmtpChecks } from './smtp-check.ts';
import { readDatagrams } from './udp-check.ts';
import { allowed, readBoolean, readLeadingWhole, readLenientWhole } from './values.ts';
import { readUser, warnOfArguments } from './vrrp-script.ts';

/** What checkers take from their server and from the text before it. */
export interface CheckerContext {
  readonly defaults: CheckDefaults;
  readonly destination: Destination;
  /** Of the lines before a checker. */
  readonly connectTimeoutBefore: (checker: BoundDirective) => number;
  readonly tracked: CheckedObjects;
  readonly scriptUser?: ScriptUser;
  readonly log: ReadingLog;
}

const retryOfKind: Readonly<Record<string, RetryDefaults>> = {
  HTTP_GET: { retry: 1, delayBeforeRetryMs: 3000 },
  SSL_GET: { retry: 1, delayBeforeRetryMs: 3000 },
  DNS_CHECK: { retry: 3 },
  MISC_CHECK: { retry: 0, delayBeforeRetryMs: 1000 },
};

/** The checkers of a real server, in the order of the text, without those that the daemon drops. */
export function readCheckers(block: BoundDirective, context: CheckerContext): Checker[] {
  const bfdInstances = new Set<string>();
  return block.children.flatMap((child): readonly Checker[] => {
    if (child.kind !== 'keyword' || child.verdict) return [];
    const keyword = child.directive.words[0].value;
    if (keyword === 'MISC_CHECK') return present(readMiscCheck(child, context));
    if (keyword === 'FILE_CHECK') return present(readFileCheck(child, context));
    if (keyword === 'BFD_CHECK') return present(readBfdCheck(child, bfdInstances, context));
    if (keyword === 'SMTP_CHECK') {
      const connectTimeoutMs = context.connectTimeoutBefore(child);
      return readSmtpChecks(child, { ...context, connectTimeoutMs }, context.log);
    }
    return present(readConnectingCheck(child, keyword, context));
  });
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

function readConnectingCheck(
  block: BoundDirective,
  kind: string,
  { defaults, destination, log }: CheckerContext,
): Checker | undefined {
  const read = (): { connection: Connection } & ReturnType<typeof readRepetition> => ({
    connection: readConnection(block, destination, defaults.connectTimeoutMs, log),
    ...readRepetition(block, defaults, retryOfKind[kind] ?? usualRetry, log),
  });
  let check: Exclude<Checker, MiscCheck | FileCheck | BfdCheck> | undefined;
  if (kind === 'TCP_CHECK' || kind === 'PING_CHECK') check = { kind, directive: block, ...read() };
  else if (kind === 'UDP_CHECK') check = { kind, directive: block, ...read(), ...readDatagrams(block, log) };
  else if (kind === 'DNS_CHECK') check = { kind, directive: block, ...read(), ...readQuestion(block, log) };
  else if (kind === 'HTTP_GET' || kind === 'SSL_GET') {
    const requests = readHttpRequests(block, log);
    check = requests && { kind, directive: block, ...read(), ...requests };
  }
  return check && isReachable(check.connection, block, log) ? check : undefined;
}

const recordTypes = ['A', 'NS', 'CNAME', 'SOA', 'MX', 'TXT', 'AAAA', 'RRSIG', 'DNSKEY'];

function readQuestion(block: BoundDirective, log: ReadingLog): Pick<DnsCheck, 'recordType' | 'name'> {
  const recordType = log.last(block, 'type', 'SOA', (bound): Reading<string> => {
    const type = argumentOf(bound).toUpperCase();
    return recordTypes.includes(type) ? { value: type } : { problem: 'no record type that the daemon knows' };
  }).value;
  let first: BoundDirective | undefined;
  for (const line of childrenNamed(block, 'name')) {
    const name = argumentOf(line);
    if (first) log.repeated(line, first, 'name');
    else if (name.includes('..') || /^\../.test(name)) log.refuse(line, 'name', 'it has an empty label');
    else first = line;
  }
  return { recordType, name: first ? argumentOf(first) : '' };
}

function readMiscCheck(
  block: BoundDirective,
  { defaults, scriptUser, log }: CheckerContext,
): MiscCheck | undefined {
  const argv = log.last<readonly string[]>(block, 'misc_path', [], (bound) => {
    const call = readScriptCall(bound.directive.text);
    if (call.rest.length > 0) warnOfArguments(bound, 'MISC_CHECK', call, log);
    return call.argv.length > 0 ? { value: call.argv } : { problem: 'no command that can be split' };
  }).value;
  if (argv.length === 0) {
    dropChecker(block, 'it has no misc_path with a command', log);
    return undefined;
  }
  const user = log.last<ScriptUser | undefined>(block, 'user', scriptUser, (bound) =>
    argumentsOf(bound).length === 0 ? { problem: 'it names no user' } : readUser(bound),
  ).value;
  const timeout = log.last(block, 'misc_timeout', 0, (bound) =>
    readLenientWhole(bound, ...allowed(bound)),
  ).value;
  return {
    kind: 'MISC_CHECK',
    directive: block,
    argv,
    ...readRepetition(block, defaults, retryOfKind['MISC_CHECK'] ?? usualRetry, log),
    timeoutMs: timeout * 1000,
    dynamic: log.flag(block, 'misc_dynamic') !== undefined,
    ...(user && { user }),
  };
}

const largestWeight = 2_147_483_647;

function readFileCheck(block: BoundDirective, { tracked, log }: CheckerContext): FileCheck | undefined {
  const file = log.last(block, 'track_file', undefined, (bound): Reading<FileWeight | undefined> => {
    const name = argumentOf(bound);
    const found = tracked.files.get(name);
    return found
      ? { value: { name, weight: found.weight, reverse: found.reverse } }
      : { problem: 'no track_file of this name is defined before' };
  }).value;
  if (!file) {
    dropChecker(block, 'it has no track_file that is defined before', log);
    return undefined;
  }
  const { weight, reverse } = log.last(block, 'weight', file, (bound) =>
    readFileWeight(bound, file.name),
  ).value;
  return { kind: 'FILE_CHECK', directive: block, trackFile: file.name, weight, reverse, alpha: false };
}

interface FileWeight {
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
}

function readFileWeight(bound: BoundDirective, name: string): Reading<FileWeight> {
  const [text, option] = argumentsOf(bound);
  if (text === undefined) return { problem: 'it has no value' };
  const reading = readLeadingWhole(text, -largestWeight, largestWeight);
  const weight = 'value' in reading ? reading.value : reading.instead;
  if (weight === undefined) return { problem: `outside ${-largestWeight} to ${largestWeight}` };
  if (option !== undefined && option !== 'reverse' && option !== 'noreverse')
    return { problem: `'${option}' is neither reverse nor noreverse` };
  return { value: { name, weight, reverse: option === 'reverse' } };
}

/** `known` are the instances that earlier checkers of the server follow. */
function readBfdCheck(
  block: BoundDirective,
  known: Set<string>,
  { defaults, tracked, log }: CheckerContext,
): BfdCheck | undefined {
  const lines = childrenNamed(block, 'name');
  const [line] = lines;
  const problem =
    line && lines.length === 1
      ? bfdNameProblem(line, known, tracked)
      : `it has ${line ? 'several names' : 'no name'}`;
  if (!line || problem !== undefined) {
    dropChecker(block, problem ?? '', log);
    return undefined;
  }
  const bfdInstance = argumentOf(line);
  known.add(bfdInstance);
  const alpha = log.last(block, 'alpha', defaults.alpha, readBoolean).value;
  return { kind: 'BFD_CHECK', directive: block, bfdInstance, alpha };
}

function bfdNameProblem(
  line: BoundDirective,
  known: ReadonlySet<string>,
  tracked: CheckedObjects,
): string | undefined {
  const [name = '', surplus] = argumentsOf(line);
  if (name === '' || surplus !== undefined) return 'name needs exactly one name';
  if (!tracked.bfdInstances.has(name)) return `no bfd_instance ${name} is defined before`;
  if (name.length > 31) return `the name ${name} is longer than 31 characters`;
  return known.has(name) ? `the server follows ${name} already` : undefined;
}
