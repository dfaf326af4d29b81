import { similarWord } from '../../../grammar/directives/suggest.ts';
import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { argumentOf, argumentSpan, type BoundDirective } from '../bound-directive.ts';
import { sourceText } from '../word-text.ts';
import { mistakeFindings } from './findings.ts';

/** Blocks that list names, and the root blocks that define them. */
const definers: Readonly<Record<string, readonly string[]>> = {
  track_script: ['vrrp_script'],
  track_file: ['vrrp_track_file', 'track_file'],
  track_process: ['vrrp_track_process'],
  track_bfd: ['bfd_instance'],
};

/** Entries of track blocks whose name is defined further down, or not at all while a similar one is. */
export function trackingMistakes(blocks: readonly BoundDirective[]): Diagnostic[] {
  return blocks.flatMap((block, index) => {
    if (block.verdict || !/^vrrp_(?:instance|sync_group)$/.test(block.keywords[0] ?? '')) return [];
    return block.children.flatMap((list) => {
      const keywords = definers[list.directive.words[0].value];
      if (!keywords || list.verdict) return [];
      const definitions = (of: readonly BoundDirective[]) =>
        of.filter((other) => !other.verdict && keywords.includes(other.keywords[0] ?? ''));
      const before = definitions(blocks.slice(0, index));
      const after = definitions(blocks.slice(index + 1));
      const spoilt = blocks.filter(({ verdict }) => verdict?.kind === 'unknown');
      return list.children.flatMap((entry) =>
        entryMistake(entry, { keyword: keywords[0] ?? '', before, after, spoilt }),
      );
    });
  });
}

interface Known {
  readonly keyword: string;
  readonly before: readonly BoundDirective[];
  readonly after: readonly BoundDirective[];
  /** Blocks whose keyword the daemon does not know. */
  readonly spoilt: readonly BoundDirective[];
}

function entryMistake(entry: BoundDirective, { keyword, before, after, spoilt }: Known): Diagnostic[] {
  const [word] = entry.directive.words;
  const name = word.value;
  // Signs have a message of their own.
  if (/[,;]/.test(name)) return [];
  if (before.some((block) => argumentOf(block) === name)) return [];
  const later = after.find((block) => argumentOf(block) === name);
  if (later) {
    return [
      report(mistakeFindings.trackedTooEarly, {
        summary: `${name} is tracked before it is defined`,
        detail:
          'The daemon looks the name up while it reads and ignores the entry: the instance runs unprotected by it.',
        at: word.span,
        notes: [{ text: `${keyword} ${name} is defined here, further down`, at: later.directive.span }],
        help: `move ${keyword} ${name} above the instance`,
      }),
    ];
  }
  const meantBlock = spoilt.find(
    (block) => argumentOf(block) === name && similarWord(block.keywords[0] ?? '', [keyword]) !== undefined,
  );
  if (meantBlock) {
    return [
      report(mistakeFindings.trackedNameMisspelt, {
        summary: `${name} is not defined: the keyword of its block is misspelt`,
        detail: 'The daemon ignores the entry: the instance runs unprotected by it.',
        at: word.span,
        notes: [{ text: `this was meant to be ${keyword}`, at: meantBlock.directive.words[0].span }],
        help: 'correct the keyword there',
      }),
    ];
  }
  const near = similarWord(
    name,
    [...before, ...after].map((block) => argumentOf(block)),
  );
  const meant = [...before, ...after].find((block) => argumentOf(block) === near);
  if (near === undefined || !meant) return [];
  return [
    report(mistakeFindings.trackedNameMisspelt, {
      summary: `${name} is not defined; did you mean '${near}'?`,
      detail: 'The daemon ignores the entry: the instance runs unprotected by it.',
      at: word.span,
      notes: [{ text: `${keyword} ${near} is defined here`, at: argumentSpan(meant) }],
      help: `correct the name, or define ${keyword} ${name} above the instance`,
      suggestion: sourceText(word) === undefined ? undefined : { at: word.span, text: near },
    }),
  ];
}
