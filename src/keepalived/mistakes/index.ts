import type { ConfigurationAst } from '../../../grammar/ast/nodes.ts';
import { type Diagnostic, findingsPerStage, report } from '../../../grammar/source/diagnostic.ts';
import type { Release } from '../../../grammar/source/release.ts';
import type { NodeConfiguration, SyncGroup } from '../node-configuration.ts';
import { addressMistakes } from './addresses.ts';
import { mistakeFindings } from './findings.ts';
import { foreignSigns } from './foreign-signs.ts';
import { instanceMistakes } from './instance-lines.ts';
import { mergeConflicts } from './merge-conflicts.ts';
import { passwordMistakes } from './passwords.ts';
import { scriptMistakes } from './scripts.ts';
import { secondNodes } from './second-node.ts';
import { trackingMistakes } from './tracking.ts';

/**
 * What people really get wrong, each said with what the daemon does and what was probably meant. `written` still has the
 * passwords, of which no message holds any.
 */
export function mistakesIn(
  written: ConfigurationAst,
  configuration: NodeConfiguration,
  release: Release,
): Diagnostic[] {
  const { directives, instances, syncGroups } = configuration;
  const names = new Set(instances.map(({ name }) => name));
  const found = [
    mergeConflicts(directives),
    foreignSigns(directives),
    secondNodes(directives),
    passwordMistakes(written),
    scriptMistakes(directives, release),
    trackingMistakes(directives),
    addressMistakes(directives),
    ...instances.map(instanceMistakes),
    ...syncGroups.map((group) => loneMember(group, names)),
  ];
  return found.flat().slice(0, findingsPerStage);
}

function loneMember(group: SyncGroup, names: ReadonlySet<string>): Diagnostic[] {
  const members = group.members.filter((name) => names.has(name));
  const [only] = members;
  if (only === undefined || members.length > 1) return [];
  return [
    report(mistakeFindings.withoutEffect, {
      summary: `vrrp_sync_group ${group.name} ties nothing together: its only instance is ${only}`,
      detail: "The daemon reports `this probably isn't what you want` and runs the group.",
      at: group.directive.directive.span,
      help: 'name the instances that must move together, or delete the group',
    }),
  ];
}
