import type { DefinitionFate } from './definition-fates.ts';

/**
 * What becomes of a check whose service the cluster runs on every node instead.
 *
 * @param left how to leave the service to systemd
 * @param patient how to let more than one failure pass
 */
export function serviceFate(
  { id, unit }: { readonly id: string; readonly unit: string },
  weight: string,
  { left, patient }: { readonly left: string; readonly patient: string },
): DefinitionFate {
  const counts = {
    fate: 'approximate' as const,
    reason: `One failed monitor of ${id} counts, and Pacemaker tries again on the node after 60 s.`,
    wayOut: patient,
  };
  return {
    fate: 'approximate',
    reason: `The cluster runs ${unit} itself, as ${id} on every node: it starts it, starts it again and stops it, where the check only asked whether it runs.`,
    wayOut: left,
    lines: {
      script: `${id} is the service that it asked for.`,
      process: `${id} is the service that it looked for.`,
      interval: `The monitor interval of ${id}.`,
      weight,
      user: { fate: 'not-needed', reason: 'systemd runs the service as its unit says.' },
      init_fail: { fate: 'not-needed', reason: 'The cluster starts the service and knows how it is.' },
    },
    rest: counts,
  };
}
