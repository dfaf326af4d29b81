import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import { fatesOfDefinition } from '../definition-fates.ts';
import { pacemakerFindings } from '../findings.ts';
import { locationId } from '../location-id.ts';
import { effectsOn, type LeftCheck, type ManagedChecks, type ServiceCheck } from '../managed-checks.ts';
import type { MovingGroup } from '../moving-group.ts';
import { cloned, entryLineFates } from '../object-rules.ts';
import type { Colocation, Constraint, ManualStep, Primitive } from '../plan.ts';
import { originOf, placesOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { serviceFate } from '../service-fate.ts';

const name = 'managed-service';

export const managedService: Rule = {
  name,
  sentence:
    'with --manage-services, a check that only asks whether a service runs becomes a clone of the service; its weight becomes a colocation',
  apply(context) {
    const { groups, checks } = context;
    const { services, left } = checks.managed;
    return {
      resources: services.flatMap((service) => cloned(buildService(service))),
      constraints: services.flatMap((service) => confine(service, context)),
      colocations: groups.flatMap((group) => services.flatMap((service) => colocate(group, service))),
      manualSteps: services.map(leaveToTheCluster),
      fates: services.flatMap((service) => [
        ...definitionsOf(service, context).flatMap((directive) =>
          fatesOfDefinition(
            directive,
            serviceFate(service, 'The score of the colocation, unless the entry gives its own.', {
              left: `Do the step “Leave ${service.unit} to the cluster”. If the cluster is not to start and stop the service, translate without \`--manage-services\`: the check then only asks, as before.`,
              patient: `Nothing needs doing unless the node is to be left later. Then \`pcs resource meta ${service.id} migration-threshold=3\`: the service is started again where it is, and the third failure counts.`,
            }),
          ),
        ),
        ...groups.flatMap((group) => fatesOfEntries(group, service)),
      ]),
      diagnostics: [...services.map(startedByTheCluster), ...left.map(leftAlone)],
    };
  },
};

/** One failure is enough to go elsewhere, as for a check; after a minute the node may try again. */
function buildService({ id, unit, kind, name: check, intervalMs, definitions }: ServiceCheck): Primitive {
  const interval = intervalMs % 1000 === 0 ? `${intervalMs / 1000}s` : `${intervalMs}ms`;
  return {
    kind: 'primitive',
    id,
    agent: `systemd:${unit}`,
    attributes: {},
    operations: [
      { name: 'monitor', options: { interval, timeout: '20s' } },
      { name: 'start', options: { timeout: '60s' } },
      { name: 'stop', options: { timeout: '60s' } },
    ],
    meta: { 'migration-threshold': '1', 'failure-timeout': '60s' },
    origin: originOf(
      name,
      'approximate',
      `runs ${unit} on every node, where ${kind === 'script' ? 'vrrp_script' : 'vrrp_track_process'} ${check} asked whether it runs`,
      definitions,
    ),
  };
}

function confine({ id, nodes, unit, definitions }: ServiceCheck, { cluster }: RuleContext): Constraint[] {
  return cluster.nodes
    .filter(({ name: node }) => !nodes.includes(node))
    .map(
      ({ name: node }): Constraint => ({
        kind: 'avoids',
        id: locationId(`${id}-clone`, node, '-INFINITY'),
        resource: `${id}-clone`,
        node,
        origin: originOf(name, 'exact', `nothing on ${node} looks after ${unit}`, definitions),
      }),
    );
}

/** The weight counts where the service runs: 60 less where it does not is 60 more where it does. */
function colocate(group: MovingGroup, service: ServiceCheck): Colocation[] {
  const effects = effectsOn(group, service.kind, service.name);
  const [first] = effects;
  if (!first) return [];
  const score = first.weight === 0 ? 'INFINITY' : Math.abs(first.weight);
  return [
    {
      id: `${group.id}-with-${service.id}`,
      resource: group.id,
      with: `${service.id}-clone`,
      score,
      origin: originOf(
        name,
        'equivalent',
        score === 'INFINITY'
          ? `not where ${service.unit} does not run`
          : `${score} more where ${service.unit} runs`,
        effects.flatMap(({ from }) => from),
      ),
    },
  ];
}

function definitionsOf({ kind, name: check }: ServiceCheck, { cluster }: RuleContext): BoundDirective[] {
  return cluster.configurations.flatMap(({ scripts, trackProcesses }) =>
    (kind === 'script' ? scripts : trackProcesses)
      .filter((one) => one.name === check)
      .map(({ directive }) => directive),
  );
}

function fatesOfEntries(group: MovingGroup, service: ServiceCheck): RuleFate[] {
  return effectsOn(group, service.kind, service.name).flatMap((effect) =>
    entryLineFates(effect, group, {
      fate: 'equivalent',
      reason: `Colocation of ${group.id} with ${service.id}-clone: ${effect.weight === 0 ? 'always' : Math.abs(effect.weight)}.`,
    }),
  );
}

function leaveToTheCluster({ unit, isGuess, definitions }: ServiceCheck): ManualStep {
  const guess = isGuess
    ? ` The unit has its name from the process: see with \`systemctl status ${unit}\` that this is the one on every node, and give the check the right name with \`systemctl is-active\` if not.`
    : '';
  return {
    title: `Leave ${unit} to the cluster`,
    instruction: `Run \`systemctl disable ${unit}\` on every node, without --now, so that the service goes on: Pacemaker takes over the one that runs, and systemd must not start it beside the cluster. Whoever restarts it otherwise (timers, Restart= in the unit, updates) competes with the cluster.${guess}`,
    when: 'before',
    from: placesOf(definitions),
  };
}

function startedByTheCluster({ unit, name: check, isGuess, definitions }: ServiceCheck): Diagnostic {
  return report(isGuess ? pacemakerFindings.unitGuessed : pacemakerFindings.serviceManaged, {
    summary: isGuess
      ? `${check} becomes the service ${unit}, whose name is taken from the process`
      : `${check} becomes the service ${unit}, which the cluster then starts and stops`,
    detail: `Pacemaker runs systemd:${unit} on every node; systemd must not start it too.`,
    at: definitions[0]?.directive.span,
    help: isGuess
      ? `see with systemctl status ${unit} that the unit is called so on every node, and disable it there`
      : `disable ${unit} in systemd on every node, without stopping it`,
  });
}

function leftAlone({ check, unit, why }: ManagedChecks['left'][number]): Diagnostic {
  return report(pacemakerFindings.serviceStaysCheck, {
    summary: `${check.name} stays a check of ${unit}`,
    at: check.variants[0]?.definition.directive.directive.span,
    ...leftBecause[why](unit),
  });
}

const leftBecause: Record<LeftCheck, (unit: string) => { readonly detail: string; readonly help: string }> = {
  taken: (unit) => ({
    detail: `${unit} is in the plan already, for a notify script or from the companion file, and a service is one resource.`,
    help: 'a failure of the resource counts by itself: take the check out if it asks for nothing more',
  }),
  told: (unit) => ({
    detail:
      'A group that tracks it has notify scripts or a FIFO. They are told of FAULT and of changed priorities by the check’s attribute; of a service they would hear nothing.',
    help: `it works as it is; if nobody needs these notices, take notify scripts and FIFO out, and ${unit} becomes a service`,
  }),
  weights: () => ({
    detail:
      'A colocation holds for all nodes and counts while the service runs: it cannot have reverse, or another weight on each node, and one service is managed for one check.',
    help: 'track it with one weight, without reverse, in every node’s configuration',
  }),
};
