import { visibleLine } from '../diagnostics/visible-text.ts';
import type { Plan } from '../pacemaker/plan.ts';
import { fencingLine } from './script-head.ts';
import { wrapText } from './wrap-text.ts';

const width = 100;

/** What a file that describes the cluster without changing it says of itself, as lines of a comment. */
export function targetHead(plan: Plan, how: readonly string[]): string[] {
  const { sources, planId, files, nodes } = plan;
  const assumed = nodes.filter(({ variable }) => variable !== undefined).map(({ name }) => name);
  const paragraphs = [
    `Made by kp2pcm from ${sources.join(', ')}; plan ${planId}.`,
    ...(assumed.length > 0 ? [assumedNames(assumed)] : []),
    'Keepalived must not hold the addresses while Pacemaker starts them. migrate.sh of the same plan hands them over without a gap, and rollback.sh takes them back; MIGRATION.md says what differs and what is left to do.',
    ...how,
    ...(files.length > 0
      ? [
          `Every node needs first what migrate.sh would install there: ${files.map(({ path }) => path).join(', ')}.`,
        ]
      : []),
    ...fencingNotes(plan),
    ...secretNotes(plan),
  ];
  return paragraphs.flatMap((text) => wrapText(visibleLine(text), width, '  '));
}

function assumedNames(names: readonly string[]): string {
  const they = names.length === 1 ? 'is an assumption' : 'are assumptions';
  return `NAMES: ${names.join(' and ')} ${they}. Put in what uname -n says on the node, everywhere in this file.`;
}

function secretNotes({ secrets }: Plan): string[] {
  if (secrets.length === 0) return [];
  const each = secrets.map(({ placeholder, kind, source }) => `${placeholder}: ${kind} ${source}`);
  return [`SECRETS: put them in where these words stand, and keep the file to yourself. ${each.join('; ')}.`];
}

function fencingNotes({ properties }: Plan): string[] {
  const fencing = properties.find(({ name }) => name === 'stonith-enabled');
  if (!fencing) return [];
  const renamed = 'Pacemaker 3.0.2 and newer call stonith-enabled fencing-enabled, and warn of the old name.';
  return [fencing.value === 'false' ? `${fencingLine} ${renamed}` : renamed];
}
