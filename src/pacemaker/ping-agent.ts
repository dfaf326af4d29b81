import type { Origin, Primitive } from './plan.ts';

/**
 * An agent that keeps an attribute at 1 while a host answers, and 0 while not. Three packets within half a second, of which
 * one answer is enough, each second. Two to four seconds until a host that is gone is noticed are the sum of these settings
 * (up to 1 s until the next monitor, 1.5 s for the answers, 1 s of dampening), not a measurement. fping, which the agent
 * would take where it is installed, knows other options.
 */
export function pingAgent(
  id: string,
  attribute: string,
  { host, source }: { readonly host: string; readonly source?: string },
  origin: Origin,
): Primitive {
  return {
    kind: 'primitive',
    id,
    agent: 'ocf:pacemaker:ping',
    attributes: {
      host_list: host,
      name: attribute,
      multiplier: '1',
      attempts: '3',
      timeout: '1',
      dampen: '1s',
      use_fping: '0',
      options: ['-i 0.2', ...(source === undefined ? [] : [`-I ${source}`])].join(' '),
    },
    operations: [{ name: 'monitor', options: { interval: '1s', timeout: '20s' } }],
    meta: {},
    origin,
  };
}
