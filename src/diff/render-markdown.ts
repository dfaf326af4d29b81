import { visibleLine, visibleText } from '../diagnostics/visible-text.ts';
import type { PlanChange } from './compare-plans.ts';
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

/** GitHub takes comments of at most 65,536 characters; the rest is room for what a workflow puts around it. */
const commentCharacters = 60_000;
/** Changes listed before the list is cut: a third of the room at most, so that the diffs have theirs. */
const listedCharacters = 20_000;

const signs = { added: '➕', removed: '➖', changed: '✏️' } as const;

/** A comparison as a comment of a pull request: a list of the changes in meaning, and folded diffs that fit in. */
export function renderMarkdown(comparison: Comparison): string {
  const title = '### What changes in the Pacemaker migration\n';
  if (isEqual(comparison)) return `${title}\n${noDifference}\n`;
  const meaning = renderMeaning(comparison);
  let room = commentCharacters - title.length - meaning.length;
  const folded = comparison.artefacts.map((diff) => {
    const whole = renderFolded(diff);
    const shown = whole.length <= room ? whole : leftOut(diff);
    room -= shown.length;
    return shown;
  });
  return [title, meaning, ...folded].join('\n');
}

function renderMeaning({ changes, artefacts }: Comparison): string {
  if (!changes) return `${noPlan}\n`;
  if (changes.length === 0) return `${noChangeInMeaning}${artefacts.length > 0 ? ` ${onlyText}` : ''}\n`;
  const lines: string[] = [];
  let room = listedCharacters;
  for (const change of changes) {
    const line = renderChange(change);
    room -= line.length;
    if (room < 0) break;
    lines.push(line);
  }
  if (lines.length < changes.length) lines.push(`- and ${changes.length - lines.length} more`);
  return `**${tally(changes)}**\n\n${lines.join('\n')}\n`;
}

function renderChange({ kind, area, name, fields }: PlanChange): string {
  const said = fields.map((field) => fieldInWords(field, codeSpan)).join('; ');
  return `- ${signs[kind]} ${area} ${codeSpan(name)} ${kind}${said === '' ? '' : `: ${said}`}`;
}

function renderFolded({ name, patch, addedLines, removedLines }: ArtefactDiff): string {
  const text = visibleText(patch);
  const fence = fenceFor(text);
  const size = `+${addedLines} −${removedLines}`;
  return `<details><summary><code>${name}</code> ${size}</summary>\n\n${fence}diff\n${text}${fence}\n\n</details>\n`;
}

function leftOut({ name, addedLines, removedLines }: ArtefactDiff): string {
  return `<code>${name}</code>: +${addedLines} −${removedLines}, too long for a comment; see \`kp2pcm diff\`.\n`;
}

/** A fence longer than any run of backticks in the text, which then cannot end it. */
function fenceFor(text: string): string {
  return '`'.repeat(Math.max(3, longestRun(text) + 1));
}

/** Text that Markdown shows as it is, whatever is in it. */
function codeSpan(text: string): string {
  const line = visibleLine(text);
  if (line === '') return '(empty)';
  const ticks = '`'.repeat(longestRun(line) + 1);
  // A blank beside a backtick is taken away again by Markdown, and so is one pair around text of blanks at both ends.
  const padding = /^`|`$|^ .*[^ ].* $/.test(line) ? ' ' : '';
  return ticks + padding + line + padding + ticks;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
