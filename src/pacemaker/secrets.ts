import type { SecretReference } from '../companion/companion.ts';
import type { PlanSecret } from './plan.ts';

/**
 * What stands in the plan, and in every file made of it, where a secret belongs. The script puts the secret into the
 * configuration at the last moment, in a file: on a command line everyone on the machine could read it.
 */
export function secretOf(resource: string, parameter: string, { ...from }: SecretReference): PlanSecret {
  const source = from.kind === 'file' ? from.path : from.variable;
  return { placeholder: `@secret:${resource}:${parameter}@`, resource, parameter, kind: from.kind, source };
}
