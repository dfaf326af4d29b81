import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import type { CoveredChecks, CoveredGroup } from '../covered-checks.ts';
import { fatesOfDefinition } from '../definition-fates.ts';
import { pacemakerFindings } from '../findings.ts';
import { entryLineFates } from '../object-rules.ts';
import { fateInWords } from '../plan.ts';
import type { Rule, RuleContext, RuleFate } from '../rule.ts';
import { serviceFate } from '../service-fate.ts';

export const coveredCheck: Rule = {
  name: 'covered-check',
  sentence:
    'a check that only asks for a service that the companion file has as a clone does not count where needed-by says what counts',
  apply(context) {
    const { groups, kept, following } = context.checks.covered;
    return {
      fates: [...definitionsOf(context), ...groups.flatMap(entriesOf)],
      diagnostics: [
        ...byCheck(groups).map(leftToService),
        ...groups.filter(({ isTold }) => isTold).map(notTold),
        ...byCheck(kept).flatMap(([first]) => (first ? [stays(first)] : [])),
        ...following.map(asksEverywhere),
      ],
    };
  },
};

interface Definition {
  readonly name: string;
  readonly directive: BoundDirective;
}

function definitionsOf({ checks, cluster }: RuleContext): RuleFate[] {
  const { checks: gone, groups } = checks.covered;
  return gone.flatMap(({ kind, name }) => {
    const [first] = groups.filter((one) => one.kind === kind && one.name === name);
    if (!first) return [];
    const fate = serviceFate(
      { id: first.service, unit: first.unit },
      'needed-by of the companion file says what counts.',
      {
        left: `If the cluster is not to start and stop the service, take ${first.service} out of the companion file and translate again: the check then only asks, as before.`,
        patient: `Nothing needs doing unless the node is to be left later. Then set migration-threshold in \`meta\` of ${first.service} in the companion file, and translate again.`,
      },
    );
    return cluster.configurations
      .flatMap(({ scripts, trackProcesses }): readonly Definition[] =>
        kind === 'script' ? scripts : trackProcesses,
      )
      .filter((one) => one.name === name)
      .flatMap(({ directive }) => fatesOfDefinition(directive, fate));
  });
}

function entriesOf({ group, effects, service, score, weight }: CoveredGroup): RuleFate[] {
  const reason = `Colocation of ${group.id} with ${service}-clone: ${score === 'INFINITY' ? 'always' : score}, as the companion file says.`;
  return effects.flatMap((effect) =>
    entryLineFates(
      effect,
      group,
      fateInWords(
        score === weight ? 'equivalent' : 'approximate',
        reason,
        `The configuration has ${weight === 'INFINITY' ? 'weight 0, which is INFINITY there' : `the weight ${weight}`}: write that in needed-by of ${service} if it is to stay.`,
      ),
    ),
  );
}

function byCheck(groups: readonly CoveredGroup[]): CoveredGroup[][] {
  const found = new Map<string, CoveredGroup[]>();
  for (const one of groups) {
    const key = `${one.kind} ${one.name}`;
    const known = found.get(key);
    if (known) known.push(one);
    else found.set(key, [one]);
  }
  return [...found.values()];
}

function leftToService(groups: readonly CoveredGroup[]): Diagnostic {
  const [{ name = '', service = '', definitions = [] } = {}] = groups;
  const differing = groups.filter(({ score, weight }) => score !== weight);
  const named = groups.map(({ group }) => group.source.name).join(', ');
  const differences = differing.map(
    ({ group, score, weight }) =>
      ` For ${group.source.name} the file says ${score}, and the configuration ${weight}.`,
  );
  return report(pacemakerFindings.checkCovered, {
    summary: `${name} is left to the service ${service} of the companion file`,
    detail: `needed-by counts for ${named}, and there the check does not count besides.${differences.join('')}`,
    at: definitions[0]?.directive.span,
    help:
      differing.length > 0
        ? 'write the weights of the configuration in needed-by if they are to stay'
        : undefined,
  });
}

function notTold({ service, group, definitions }: CoveredGroup): Diagnostic {
  return report(pacemakerFindings.coveredNotTold, {
    summary: `the notify scripts and FIFOs of ${group.source.name} are not told when ${service} fails`,
    detail: 'They hear FAULT and priorities from the attribute of the check, which does not count here.',
    at: definitions[0]?.directive.span,
    help: `take ${group.source.name} out of needed-by: the check goes on counting and tells them, and the clone runs all the same`,
  });
}

function stays({ name, unit, service, definitions }: CoveredGroup): Diagnostic {
  return report(pacemakerFindings.serviceStaysCheck, {
    summary: `${name} stays a check of ${unit}`,
    detail: `A group that tracks it has notify scripts or a FIFO, which are told by the check’s attribute. needed-by of ${service} says the same as the check, so that nothing counts twice.`,
    at: definitions[0]?.directive.span,
    help: 'it works as it is',
  });
}

function asksEverywhere({
  name,
  unit,
  service,
  group,
  effects,
  definitions,
}: CoveredChecks['following'][number]): Diagnostic {
  const isHard = effects.some(({ weight }) => weight === 0);
  return report(pacemakerFindings.checkOfFollowing, {
    summary: `${name} asks on every node for ${unit}, which runs only where ${group.source.name} is`,
    detail: isHard
      ? 'Where it does not run the addresses may not come, and without them it is not started: they would stay where they are, or nowhere.'
      : 'The node that holds the addresses is better by the weight, and no other one can be as good.',
    at: definitions[0]?.directive.span,
    help: `take the check out: the cluster watches ${service} itself`,
  });
}
