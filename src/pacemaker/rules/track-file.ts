import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import type { TrackedFile } from '../../keepalived/tracked-objects.ts';
import { agentFiles } from '../agent-files.ts';
import type { FileCheck } from '../checks.ts';
import { definitionFates, differing } from '../definition-fates.ts';
import type { MovingGroup } from '../moving-group.ts';
import { blockFates, buildVariants, confineVariants, entryLineFates } from '../object-rules.ts';
import type { Constraint, Primitive } from '../plan.ts';
import { originOf, type Rule, type RuleFate } from '../rule.ts';
import { joinArguments } from '../script-arguments.ts';
import { configuredNodes, effectsByName, rulesPerNode, type TrackEffect, trackingOf } from '../tracking.ts';

const name = 'track-file';
const keyword = 'track_file';
const fidelity = 'equivalent';

export const trackFile: Rule = {
  name,
  sentence:
    'a tracked file becomes a cloned agent that reads it each second and keeps a node attribute, whose value is a score of the group',
  apply({ checks: { files }, cluster, groups }) {
    const byWeight = new Map(files.map((check) => [weightKey(check), check]));
    return {
      resources: files.flatMap((check) =>
        buildVariants(check, (id, file, _, directives) => buildAgent(id, file, check, directives)),
      ),
      constraints: [
        ...files.flatMap((check) => confineVariants(name, 'tracked file', check, cluster)),
        ...groups.flatMap((group) => scores(group, byWeight)),
      ],
      files: agentFiles(name, files.length > 0, 'agent that reads the tracked files'),
      fates: [
        ...definitionFates(
          cluster,
          ({ trackFiles }) => trackFiles,
          'FILE_CHECK',
          (file, node) => {
            const check = files.find((one) => one.name === file.name && variantOf(one, node));
            const variant = check && variantOf(check, node);
            return (
              variant && {
                fate: fidelity,
                reason: `The agent ${variant.id} reads the file each second, where Keepalived hears of a change at once, and keeps the attribute ${check.attribute}.`,
                lines: {
                  file: `The file that ${variant.id} reads.`,
                  weight: `What ${variant.id} multiplies the value with, unless the track_file entry gives its own.`,
                  init_file: `${variant.id} writes the value when it starts, as the daemon did at its start.`,
                },
              }
            );
          },
        ),
        ...groups.flatMap(fates),
      ],
      diagnostics: distinctNames(files).flatMap((check) => differing(keyword, check)),
    };
  },
};

const weightKey = ({ name: file, weight, reverse }: Pick<TrackEffect, 'name' | 'weight' | 'reverse'>) =>
  JSON.stringify([file, weight, reverse]);

const variantOf = ({ variants }: FileCheck, node: string) =>
  variants.find(({ nodes }) => nodes.includes(node));

/** A file that is tracked with several weights differs in the same way with each. */
function distinctNames(files: readonly FileCheck[]): FileCheck[] {
  return files.filter((check, place) => files.findIndex((one) => one.name === check.name) === place);
}

function buildAgent(
  id: string,
  file: TrackedFile,
  { attribute, weight, reverse }: FileCheck,
  directives: readonly BoundDirective[],
): Primitive {
  const { path, initial } = file;
  return {
    kind: 'primitive',
    id,
    agent: 'ocf:kp2pcm:track-file',
    attributes: {
      file: joinArguments([path]),
      name: attribute,
      weight: String(weight),
      ...(reverse && { reverse: 'true' }),
      ...(initial && { init: String(initial.value) }),
      ...(initial?.overwrite && { overwrite: 'true' }),
    },
    operations: [{ name: 'monitor', options: { interval: '1s', timeout: '20s' } }],
    meta: {},
    origin: originOf(
      name,
      fidelity,
      `reads track_file ${file.name} and sets ${attribute} to what it does to a priority`,
      directives,
    ),
  };
}

function scores(group: MovingGroup, checks: ReadonlyMap<string, FileCheck>): Constraint[] {
  const nodes = configuredNodes(group);
  const tracked = effectsOf(group);
  return [...effectsByName(tracked)].flatMap(([, own]) =>
    rulesPerNode(nodes, own).flatMap(({ effect, node, from }): Constraint[] => {
      const check = checks.get(weightKey(effect));
      if (!check) return [];
      return [
        {
          kind: 'score-attribute',
          id: `${group.id}-${check.variants[0]?.id}${node === undefined ? '' : `-${node}`}`,
          resource: group.id,
          attribute: check.attribute,
          ...(node !== undefined && { node }),
          origin: originOf(name, 'exact', weightInWords(effect), from),
        },
      ];
    }),
  );
}

function effectsOf({ source }: MovingGroup): TrackEffect[] {
  return trackingOf(source).effects.filter(({ kind }) => kind === 'file');
}

function weightInWords({ name: file, weight, reverse }: TrackEffect): string {
  if (weight === 0) return `not where ${file} ${reverse ? 'says 0' : 'says anything but 0'}`;
  return `the value of ${file} times ${reverse ? -weight : weight}; not where that is -254 or less`;
}

function fates(group: MovingGroup): RuleFate[] {
  const lines = effectsOf(group).flatMap((effect) =>
    entryLineFates(effect, group, {
      fate: fidelity,
      reason: `Score of ${group.id}: ${weightInWords(effect)}.`,
    }),
  );
  return [...blockFates(group, { keyword, fidelity }), ...lines];
}
