import type { LocationRule } from './plan.ts';
import type { TrackEffect } from './tracking.ts';

/** When a tracked object that is up or down changes a node's score, and by how much. */
export interface ScoreCondition {
  readonly score: LocationRule['score'];
  /** The object's state in which the score counts. */
  readonly when: 'up' | 'down';
}

/** The daemon's table of weights: what counts when, with its sign. An object of unknown state never counts. */
export function conditionOf({ weight, reverse }: Pick<TrackEffect, 'weight' | 'reverse'>): ScoreCondition {
  if (weight === 0) return { score: '-INFINITY', when: reverse ? 'up' : 'down' };
  const sign = reverse ? -1 : 1;
  return weight > 0 ? { score: weight * sign, when: 'up' } : { score: weight * sign, when: 'down' };
}

/** The number in a file times its weight changes a priority by at most so much, either way: beyond is FAULT, or cut off. */
const fileReach = 253;

/** The least that weights can make of a node's priority, as a change of it. */
export function lowestAdjustment(effects: readonly TrackEffect[], node: string): number {
  const changes = changesOn(effects, node).filter((change) => change < 0);
  return constantAdjustment(effects, node) + sumOf(changes);
}

/** The most that weights can make of it. */
export function highestAdjustment(effects: readonly TrackEffect[], node: string): number {
  const changes = changesOn(effects, node).filter((change) => change > 0);
  return constantAdjustment(effects, node) + sumOf(changes);
}

/** All that weights can change, on all nodes together: a sum of absolute changes. */
export function reachOf(effects: readonly TrackEffect[]): number {
  return sumOf(effects.map((effect) => Math.max(...changesOf(effect).map(Math.abs), 0)));
}

/** What never changes: the weights of BFD sessions that are down for ever. */
export function constantAdjustment(effects: readonly TrackEffect[], node: string): number {
  const dead = effects.filter((effect) => effect.node === node && effect.isDead);
  return sumOf(dead.map(scoreWhileDown));
}

function scoreWhileDown(effect: TrackEffect): number {
  const { score, when } = conditionOf(effect);
  return when === 'down' && score !== '-INFINITY' ? score : 0;
}

function changesOn(effects: readonly TrackEffect[], node: string): number[] {
  return effects.filter((effect) => effect.node === node).flatMap(changesOf);
}

function changesOf(effect: TrackEffect): number[] {
  if (effect.weight === 0 || effect.isDead) return [];
  if (effect.kind === 'file') return [-fileReach, fileReach];
  const { score } = conditionOf(effect);
  return score === '-INFINITY' ? [] : [score];
}

function sumOf(changes: readonly number[]): number {
  return changes.reduce((sum, change) => sum + change, 0);
}
