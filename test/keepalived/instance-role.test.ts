import { describe, expect, it } from 'vitest';
import { instanceWith } from './understand-text.ts';

describe('the state an instance starts in', () => {
  it.each([
    ['', 'BACKUP'],
    ['priority 255', 'MASTER'],
    ['state BACKUP\npriority 255', 'BACKUP'],
    ['state MASTER\nstate SLAVE', 'BACKUP'],
    ['state SLAVE\nstate MASTER', 'MASTER'],
    ['state SLAVE\npriority 255', 'BACKUP'],
  ])('%j starts as %s', (lines, state) => {
    expect(instanceWith(lines).instance.state.value).toBe(state);
  });

  it('BACKUP behind MASTER is reported, in the other order it is not', () => {
    expect(instanceWith('state MASTER\npriority 9\nstate BACKUP').codes).toContain('KP107');
    expect(instanceWith('state BACKUP\npriority 9\nstate MASTER').codes).not.toContain('KP107');
  });

  it('a state that is neither leaves the priority at 100, even after MASTER', () => {
    expect(instanceWith('state MASTER\nstate SLAVE').instance.priority.value).toBe(100);
  });

  it('a node that authenticates by AH and does not own the addresses starts as BACKUP and keeps nopreempt', () => {
    const authenticated = (...authentication: string[]) =>
      instanceWith(`state MASTER\npriority 120\nnopreempt\nauthentication {\n${authentication.join('\n')}\n}`)
        .instance;
    expect(authenticated('auth_type AH', 'auth_pass x').state.value).toBe('BACKUP');
    expect(authenticated('auth_type AH', 'auth_pass x').preempts.value).toBe(false);
    expect(authenticated('auth_type PASS', 'auth_pass x').state.value).toBe('MASTER');
    expect(authenticated('auth_type AH').state.value).toBe('MASTER');
  });
});

describe('preempt_delay', () => {
  it.each([
    ['priority 255\npreempt_delay 5', 0],
    ['state BACKUP\npriority 255\npreempt_delay 5', 5000],
    ['state BACKUP\npriority 255\nnopreempt\npreempt_delay 5', 5000],
    ['preempt_delay 12\npreempt_delay 2000', 0],
    ['preempt_delay 5m', 0.005],
    ['preempt_delay .25', 250],
  ])('%j is %d ms', (lines, milliseconds) => {
    expect(instanceWith(lines).instance.preemptDelayMs.value).toBe(milliseconds);
  });
});

describe('strict mode', () => {
  const strict = 'global_defs {\nvrrp_strict\n}';

  it('ties the state to owning the addresses, knows no delay of preemption and three adverts only', () => {
    const { instance } = instanceWith('state MASTER\npriority 150\nnopreempt\ndown_timer_adverts 4', strict);
    expect(instance.state.value).toBe('BACKUP');
    expect(instance.preempts.value).toBe(false);
    expect(instance.downTimerAdverts.value).toBe(3);
    expect(instanceWith('preempt_delay 5', strict).instance.preemptDelayMs.value).toBe(0);
    expect(instanceWith('state BACKUP\npriority 255', strict).instance.state.value).toBe('MASTER');
  });

  it('can be turned off and on for one instance', () => {
    expect(instanceWith('strict_mode off\npreempt_delay 5', strict).instance.preemptDelayMs.value).toBe(5000);
    expect(instanceWith('strict_mode\npreempt_delay 5').instance.preemptDelayMs.value).toBe(0);
  });
});
