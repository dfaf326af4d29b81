import { isAtLeast } from '../../grammar/source/release.ts';
import type { Span } from '../../grammar/source/span.ts';
import { argumentOf, argumentSpan, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { VrrpInstance } from './node-configuration.ts';
import type { ReadingLog, Setting } from './reading-log.ts';
import { allowed, allowedMs, readSecondsMs, readWhole } from './values.ts';

type State = 'MASTER' | 'BACKUP';
type Role = Pick<VrrpInstance, 'state' | 'priority' | 'preempts' | 'preemptDelayMs'>;

/** Strict mode, and whether authentication by AH is in force. */
export interface RoleContext {
  readonly strict: boolean;
  readonly authenticatesHeaders: boolean;
}

/** Reads state, priority and preemption of an instance, which decide about each other. */
export function readRole(block: BoundDirective, context: RoleContext, log: ReadingLog): Role {
  const written = readState(block, log);
  const priority = readPriority(block, written?.value, log);
  const state = settleState(written, priority.value, context, log);
  return { state, priority, ...readPreemption(block, state.value, priority.value, context.strict, log) };
}

/** MASTER stays MASTER when BACKUP follows; a word that is neither makes it BACKUP. */
function readState(block: BoundDirective, log: ReadingLog): Setting<State> | undefined {
  let state: Setting<State> | undefined;
  for (const bound of childrenNamed(block, 'state')) {
    const word = argumentOf(bound);
    if (word === 'BACKUP' && state?.value === 'MASTER') {
      log.ignore(bound, 'The state is MASTER already and stays so.');
      log.warn(keepalivedFindings.valueNotUsed, {
        summary: 'state BACKUP does not count behind state MASTER',
        detail: 'The daemon reports it: of the two states MASTER stays, in whatever order they stand.',
        at: bound.directive.span,
        ...(state.from && { notes: [{ text: 'state MASTER is here', at: state.from.directive.span }] }),
        help: 'keep one state line',
      });
      continue;
    }
    if (state?.from) log.ignore(state.from, 'A later state wins.');
    if (word === 'MASTER' || word === 'BACKUP') {
      state = { value: word, from: bound };
      continue;
    }
    state = { value: 'BACKUP' };
    log.ignore(bound, `The daemon does not know the state ${word} and uses BACKUP.`);
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `state ${word} is neither MASTER nor BACKUP`,
      detail: 'The daemon reports it and uses BACKUP.',
      at: argumentSpan(bound),
      help: 'write MASTER or BACKUP, in capitals',
      suggestion: meantState(word, argumentSpan(bound)),
    });
  }
  return state;
}

/** `master` and `backup` in small letters, and the other name of a backup. */
function meantState(word: string, at: Span): { at: Span; text: State } | undefined {
  if (/^master$/i.test(word)) return { at, text: 'MASTER' };
  return /^(?:backup|slave)$/i.test(word) ? { at, text: 'BACKUP' } : undefined;
}

/** Default 100; 255 with state MASTER and no priority (since 1.2.20); an invalid one counts as 100. */
function readPriority(block: BoundDirective, state: State | undefined, log: ReadingLog): Setting<number> {
  const given = childrenNamed(block, 'priority').length > 0;
  const fallback = !given && state === 'MASTER' && isAtLeast(log.release, '1.2.20') ? 255 : 100;
  if (fallback === 255) {
    log.warn(keepalivedFindings.masterWithoutPriority, {
      summary: `vrrp_instance ${argumentOf(block)} has state MASTER and no priority: the daemon uses 255`,
      detail: 'It then owns the addresses: weights do not count, and it always takes the addresses back.',
      at: childrenNamed(block, 'state').at(-1)?.directive.span ?? block.directive.span,
      help: 'give it the priority that it should have',
    });
  }
  return log.last(block, 'priority', fallback, (bound) => readWhole(bound, ...allowed(bound), 100));
}

/**
 * Without a state the owner of the addresses starts as MASTER. Strict mode ties the state to owning them; with AH a node
 * that does not own them must hear an advert before it takes over.
 */
function settleState(
  written: Setting<State> | undefined,
  priority: number,
  { strict, authenticatesHeaders }: RoleContext,
  log: ReadingLog,
): Setting<State> {
  const derived: State = priority === 255 ? 'MASTER' : 'BACKUP';
  if (!written) return { value: derived };
  const isOverruled = strict || (authenticatesHeaders && written.value === 'MASTER');
  if (!isOverruled || written.value === derived) return written;
  const reason = strict ? 'strict mode ties it to priority 255' : 'of authentication by AH';
  if (written.from) log.ignore(written.from, `The daemon makes the state ${derived}: ${reason}.`);
  return { value: derived };
}

/** The daemon clears nopreempt and preempt_delay where the node starts as MASTER; nopreempt also where it owns the address. */
function readPreemption(
  block: BoundDirective,
  state: State,
  priority: number,
  strict: boolean,
  log: ReadingLog,
): Pick<Role, 'preempts' | 'preemptDelayMs'> {
  const lines = childrenNamed(block, 'nopreempt', 'preempt');
  const last = lines.at(-1);
  for (const earlier of lines.slice(0, -1)) {
    log.ignore(earlier, 'A later line of nopreempt or preempt wins.');
  }
  const says = last?.directive.words[0].value;
  const cleared = state === 'MASTER' ? 'state MASTER' : priority === 255 ? 'priority 255' : undefined;
  if (last && says === 'nopreempt' && cleared !== undefined) {
    log.ignore(last, `The daemon clears nopreempt because of ${cleared}.`);
    const stateLine = childrenNamed(block, 'state').find((line) => argumentOf(line) === 'MASTER');
    const suggestion =
      stateLine && priority !== 255 ? { at: argumentSpan(stateLine), text: 'BACKUP' } : undefined;
    log.warn(keepalivedFindings.nopreemptCleared, {
      summary: `nopreempt does not count with ${cleared}`,
      detail: 'The daemon clears it with a message, so this node takes the addresses back when it returns.',
      at: last.directive.span,
      help:
        priority === 255
          ? 'an address owner always preempts'
          : 'if the node must not preempt, give it state BACKUP',
      notes: stateLine ? [{ text: 'the state is here', at: stateLine.directive.span }] : undefined,
      suggestion,
    });
  }
  const forbids = says === 'nopreempt' && cleared === undefined;
  const from = last && (forbids || says === 'preempt') ? { from: last } : {};
  const delay = log.last(block, 'preempt_delay', 0, (bound) => ({
    instead: 0,
    ...readSecondsMs(bound, ...allowedMs(bound), log.release),
  }));
  const ends =
    state === 'MASTER' ? 'state MASTER' : strict ? 'strict mode' : forbids ? 'nopreempt' : undefined;
  if (ends === undefined) return { preempts: { value: !forbids, ...from }, preemptDelayMs: delay };
  if (delay.from) log.ignore(delay.from, `The daemon clears preempt_delay because of ${ends}.`);
  return { preempts: { value: !forbids, ...from }, preemptDelayMs: { value: 0 } };
}
