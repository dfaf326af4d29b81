import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { Companion, Located } from '../companion/companion.ts';
import { companionFindings } from '../companion/findings.ts';

/** Services of the companion file that the cluster could not run as they stand. */
export function checkServices({ services }: Companion): Diagnostic[] {
  return unitsTwice(services.flatMap(({ what }) => (what.kind === 'agent' ? [what.agent] : [])));
}

function unitsTwice(agents: readonly Located<string>[]): Diagnostic[] {
  const known = new Map<string, Located<string>>();
  return agents.flatMap((agent) => {
    const unit = unitOf(agent.value);
    const first = unit === undefined ? undefined : known.get(unit);
    if (unit !== undefined && !first) known.set(unit, agent);
    if (!first) return [];
    return [
      report(companionFindings.unitTwice, {
        summary: `there is a service with ${first.value} already`,
        at: agent.at,
        notes: [{ text: 'it is here', at: first.at }],
        help: 'make one of them: clone: true, and needed-by with every instance',
      }),
    ];
  });
}

/** The unit of a class that goes to systemd; instances of a template are units of their own. */
function unitOf(agent: string): string | undefined {
  return /^(?:systemd|service):(.+?)(?:\.service)?$/.exec(agent)?.[1];
}
