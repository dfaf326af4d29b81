import { type Colours, noColours } from '../diagnostics/colours.ts';
import { visibleLine, visibleText } from '../diagnostics/visible-text.ts';
import type { PlanChange } from './compare-plans.ts';
import { planAreas } from './compare-plans.ts';
import {
  type Comparison,
  fieldInWords,
  isEqual,
  noChangeInMeaning,
  noDifference,
  noPlan,
  onlyText,
  tally,
} from './comparison.ts';
import type { ArtefactDiff } from './diff-artefacts.ts';

const signs = { added: '+', removed: '-', changed: '~' } as const;

/** A comparison for a terminal or a log: the changes in meaning, then the unified diff of each artefact. */
export function renderText(comparison: Comparison, colours: Colours = noColours): string {
  if (isEqual(comparison)) return `${noDifference}\n`;
  const { changes, artefacts } = comparison;
  const parts = [
    renderMeaning(changes, artefacts, colours),
    ...artefacts.map((diff) => renderPatch(diff, colours)),
  ];
  return parts.join('\n');
}

function renderMeaning(
  changes: readonly PlanChange[] | undefined,
  artefacts: readonly ArtefactDiff[],
  colours: Colours,
): string {
  if (!changes) return `${noPlan}\n`;
  if (changes.length === 0) return `${noChangeInMeaning}${artefacts.length > 0 ? ` ${onlyText}` : ''}\n`;
  const lines = [colours.bold(`Changes in meaning: ${tally(changes)}`)];
  for (const area of planAreas) {
    for (const change of changes.filter((candidate) => candidate.area === area))
      lines.push(...renderChange(change, colours));
  }
  return `${lines.join('\n')}\n`;
}

function renderChange({ kind, area, name, fields }: PlanChange, colours: Colours): string[] {
  const head = colours[kind](`  ${signs[kind]} ${area} ${visibleLine(name)}`);
  return [head, ...fields.map((field) => `      ${visibleLine(fieldInWords(field, (value) => value))}`)];
}

function renderPatch({ patch }: ArtefactDiff, colours: Colours): string {
  const lines = visibleText(patch).replace(/\n$/, '').split('\n');
  return `${lines.map((line) => paintLine(line, colours)).join('\n')}\n`;
}

function paintLine(line: string, colours: Colours): string {
  if (/^(---|\+\+\+) /.test(line)) return colours.bold(line);
  if (line.startsWith('@@')) return colours.faint(line);
  if (line.startsWith('+')) return colours.added(line);
  if (line.startsWith('-')) return colours.removed(line);
  return line;
}
