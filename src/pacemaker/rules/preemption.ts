import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { childrenNamed } from '../../keepalived/bound-directive.ts';
import type { VrrpInstance } from '../../keepalived/node-configuration.ts';
import { pacemakerFindings } from '../findings.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { FateKind } from '../plan.ts';
import { fatesOf, type Rule, type RuleFate } from '../rule.ts';
import { stays } from '../taking-back.ts';
import { constantAdjustment, reachOf } from '../track-scores.ts';
import { trackingOf } from '../tracking.ts';

const name = 'preemption';

export const preemption: Rule = {
  name,
  sentence: 'nopreempt becomes stickiness of the group, the default preempt becomes stickiness 0',
  apply({ groups }) {
    const built = groups.map(decide);
    return {
      groupMeta: built.map(({ group, stickiness }) => ({
        group,
        meta: { 'resource-stickiness': String(stickiness) },
      })),
      fates: built.flatMap(({ fates }) => fates),
      diagnostics: built.flatMap(({ diagnostics }) => diagnostics),
    };
  },
};

interface Decision {
  readonly group: string;
  readonly stickiness: number;
  readonly fates: RuleFate[];
  readonly diagnostics: Diagnostic[];
}

function decide(group: MovingGroup): Decision {
  const { sticky, exact } = stays(group);
  const instances = group.source.instances.flatMap(({ members }) =>
    members.map(({ configured }) => configured),
  );
  const stickiness = sticky ? stickinessOf(group) : 0;
  // Once, since both look at every instance of the group.
  const words = { example: exact ? undefined : exampleOf(group, sticky), wayOut: alike(group, sticky) };
  return {
    group: group.id,
    stickiness,
    fates: instances.flatMap((configured) => fatesOfInstance(configured, stickiness, words)),
    diagnostics: exact ? [] : [mixed(group, instances, sticky)],
  };
}

/**
 * The number must exceed every difference of scores, weights included, and, summed over the members of the group, stay
 * below 1000000, which is INFINITY and would block `pcs resource move` (measured).
 */
function stickinessOf(group: MovingGroup): number {
  const { effects } = trackingOf(group.source);
  const constant = group.nodes.map((node) => Math.abs(constantAdjustment(effects, node)));
  const needed = 255 + reachOf(effects) + Math.max(0, ...constant);
  const members = Math.max(1, group.addresses.length);
  const usual = Math.max(10_000, Math.ceil(needed / 1000) * 1000);
  return usual * members < 990_000 ? usual : Math.max(1, Math.floor(990_000 / members));
}

function fatesOfInstance(
  configured: VrrpInstance,
  stickiness: number,
  { example, wayOut }: { readonly example: string | undefined; readonly wayOut: string },
): RuleFate[] {
  const { preempts } = configured;
  const preemptLines = childrenNamed(configured.directive, 'nopreempt', 'preempt').filter(
    (line) => line === preempts.from,
  );
  const fate: FateKind = example === undefined ? 'equivalent' : 'approximate';
  const reason =
    stickiness > 0
      ? `Stickiness ${stickiness} of the group: it stays where it is when a better node returns.`
      : 'Stickiness 0: the group goes back to the best node.';
  return fatesOf(preemptLines, fate, example === undefined ? reason : `${reason} ${example}`, wayOut);
}

function alike(group: MovingGroup, sticky: boolean): string {
  const where = splitByInstance(group)
    ? 'in all instances of the sync group'
    : 'on all nodes, with state BACKUP';
  return `Nothing needs doing if the group may ${sticky ? 'stay where it is' : 'go back to the best node'}, whichever node that is. Otherwise have nopreempt ${where}, or nowhere, and translate again.`;
}

/** The shortest sequence of events in which one number for all nodes is not what Keepalived does. */
function shortest(sticky: boolean): string {
  return sticky
    ? 'The shortest example: the priority of a node without nopreempt comes to be above the holder’s; Keepalived moves the addresses there, Pacemaker keeps them.'
    : 'The shortest example: a node with nopreempt returns, better than the holder; Keepalived keeps the addresses, Pacemaker moves them.';
}

const perNode = 'Stickiness holds for all nodes alike; Keepalived decides on each.';

function exampleOf(group: MovingGroup, sticky: boolean): string {
  const split = splitByInstance(group);
  return split ? ofSplit(split, sticky) : `${perNode} ${shortest(sticky)}`;
}

/** Names of the instances that have nopreempt on all of their nodes, and of those that have it on none. */
interface Split {
  readonly holding: readonly string[];
  readonly preempting: readonly string[];
}

/** Undefined where the nodes of an instance do not agree. */
function splitByInstance({ source: { instances } }: MovingGroup): Split | undefined {
  const named = (preempts: boolean) =>
    instances
      .filter(({ members }) => members.every(({ configured }) => configured.preempts.value === preempts))
      .map((instance) => instance.name);
  const split = { holding: named(false), preempting: named(true) };
  return split.holding.length + split.preempting.length === instances.length ? split : undefined;
}

/**
 * A sync group takes over where all of its members would, so that one with nopreempt keeps it where it is (two daemons of
 * 2.2.7: the better node came, and neither instance moved).
 */
function ofSplit({ holding }: Split, sticky: boolean): string {
  const who = holding.join(' and ');
  return sticky
    ? `A sync group moves where all of its instances would, and ${who} never takes the addresses back: neither does Pacemaker.`
    : `The shortest example: a better node returns; in Keepalived ${who} keeps the whole sync group where it is, Pacemaker moves it.`;
}

function mixed(group: MovingGroup, instances: readonly VrrpInstance[], sticky: boolean): Diagnostic {
  const line = instances.find(({ preempts }) => !preempts.value)?.preempts.from;
  const split = splitByInstance(group);
  if (split)
    return report(pacemakerFindings.nopreemptOnSomeNodes, {
      summary: `of ${group.source.name}, ${split.holding.join(' and ')} has nopreempt, and ${split.preempting.join(' and ')} has not`,
      detail: `In Pacemaker the group has one stickiness. ${ofSplit(split, sticky)}`,
      at: line?.directive.span,
      help: 'use nopreempt in all instances of a sync group, or in none',
    });
  return report(pacemakerFindings.nopreemptOnSomeNodes, {
    summary: `${group.source.name} has nopreempt on some nodes only`,
    detail: `${
      sticky
        ? 'The node with the highest priority has it: the translation never takes the addresses back, on no node.'
        : 'The node with the highest priority does not have it: the translation takes the addresses back, on every node.'
    } ${shortest(sticky)}`,
    at: line?.directive.span,
    notes: instances
      .filter(({ preempts }) => preempts.value)
      .map((instance) => ({
        text: 'it does not count here, or is missing',
        at: (instance.state.from ?? instance.directive).directive.span,
      })),
    help: 'use nopreempt on all nodes with state BACKUP, or on none',
  });
}
