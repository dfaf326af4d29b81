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

/** A text with more names than this that nothing defines is no keepalived.conf: what each may have meant is not looked for. */
const worthSuggesting = 200;

/** Entries of track blocks whose name is defined further down, or not at all while a similar one is. */
export function trackingMistakes(blocks: readonly BoundDirective[]): Diagnostic[] {
  const known = new Map(
    Object.values(definers).map((keywords) => [keywords, definedNames(blocks, keywords)]),
  );
  const spoilt = blocks.filter(({ verdict }) => verdict?.kind === 'unknown');
  let undefinedNames = 0;
  return blocks.flatMap((block, index) => {
    if (block.verdict || !/^vrrp_(?:instance|sync_group)$/.test(block.keywords[0] ?? '')) return [];
    return block.children.flatMap((list) => {
      const keywords = definers[list.directive.words[0].value];
      if (!keywords || list.verdict) return [];
      const definitions = known.get(keywords) ?? new Map<string, Definition>();
      const keyword = keywords[0] ?? '';
      return list.children.flatMap((entry) => {
        const name = entry.directive.words[0].value;
        const definition = definitions.get(name);
        // Signs have a message of their own.
        if (/[,;]/.test(name) || (definition && definition.index < index)) return [];
        const suggests = definition !== undefined || ++undefinedNames <= worthSuggesting;
        return suggests ? entryMistake(entry, { keyword, definitions, spoilt }) : [];
      });
    });
  });
}

interface Definition {
  readonly block: BoundDirective;
  /** Its place among the blocks. */
  readonly index: number;
}

/** The first definition of each name. */
function definedNames(
  blocks: readonly BoundDirective[],
  keywords: readonly string[],
): Map<string, Definition> {
  const found = new Map<string, Definition>();
  blocks.forEach((block, index) => {
    const name = argumentOf(block);
    const defines = !block.verdict && keywords.includes(block.keywords[0] ?? '');
    if (defines && !found.has(name)) found.set(name, { block, index });
  });
  return found;
}

interface Known {
  readonly keyword: string;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Blocks whose keyword the daemon does not know. */
  readonly spoilt: readonly BoundDirective[];
}

function entryMistake(entry: BoundDirective, { keyword, definitions, spoilt }: Known): Diagnostic[] {
  const [word] = entry.directive.words;
  const name = word.value;
  const later = definitions.get(name)?.block;
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
  const near = similarWord(name, [...definitions.keys()]);
  const meant = near === undefined ? undefined : definitions.get(near)?.block;
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
