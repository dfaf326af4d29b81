import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';
import type { Located, Parameter } from '../companion/companion.ts';
import { companionFindings } from '../companion/findings.ts';
import type { Origin, PlanSecret } from './plan.ts';
import { placeOfSpan } from './rule.ts';
import { secretOf } from './secrets.ts';

/** An origin with places in the companion file. */
export function originAt(
  rule: string,
  fidelity: Origin['fidelity'],
  why: string,
  spans: readonly (Span | undefined)[],
): Origin {
  return { rule, fidelity, why, from: spans.flatMap((span) => (span ? [placeOfSpan(span)] : [])) };
}

/** The command line says something else than the companion file. */
export function overrules(option: string, { value, at }: Located<string>): Diagnostic {
  const summary = `${option} overrules '${value}'`;
  return report(companionFindings.overruled, { summary, at });
}

/** Parameters as a resource has them: a placeholder where a secret belongs. */
export function attributesOf(
  resource: string,
  parameters: readonly Parameter[],
): { readonly attributes: Readonly<Record<string, string>>; readonly secrets: readonly PlanSecret[] } {
  const secrets: PlanSecret[] = [];
  const pairs = parameters.map(({ name, value }): [string, string] => {
    if (typeof value === 'string') return [name, value];
    const secret = secretOf(resource, name, value);
    secrets.push(secret);
    return [name, secret.placeholder];
  });
  return { attributes: Object.fromEntries(pairs), secrets };
}
