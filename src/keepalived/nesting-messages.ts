import type { Block, Directive } from '../../grammar/ast/nodes.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { keepalivedFindings } from './findings.ts';

// What is said while the daemon's nesting is worked out.

export function badHead(directive: Directive, keyword: string, problem: string): Diagnostic {
  const summary = problem.charAt(0).toLowerCase() + problem.slice(1).replace(/\.$/, '');
  const help = `write: ${keyword} NAME {`;
  return report(keepalivedFindings.skippedBlock, { summary, at: directive.span, help });
}

/** The daemon passes over the block of a server whose address it cannot read. */
export function skippedServer(directive: Directive, keyword: string, problem: string): Diagnostic {
  return report(keepalivedFindings.serverSkipped, {
    summary: `${keyword} ${problem.replace(/: .*$/, '')}`,
    detail: 'The daemon reports it and skips the whole block.',
    at: directive.words[1]?.span ?? directive.span,
    help: `write: ${keyword} ADDRESS PORT {`,
  });
}

/** Lines in a server without an address and without a brace, where no server before it could take them. */
export function linesOfNoServer(directive: Directive, keyword: string): Diagnostic {
  return report(keepalivedFindings.serverCrash, {
    summary: `this line belongs to no ${keyword}`,
    detail: 'The daemon crashes: the server has neither an address that it can read nor a {.',
    at: directive.span,
    help: `write: ${keyword} ADDRESS PORT {`,
  });
}

export function secondOfName(directive: Directive, earlier: Directive, key: string): Diagnostic {
  return report(keepalivedFindings.skippedBlock, {
    summary: `a second ${key} is skipped`,
    detail: 'The daemon keeps the first block of a name and reads nothing of the second.',
    at: directive.span,
    notes: [{ text: 'the first one is here', at: earlier.span }],
    help: 'give it a name of its own; if this file holds the configurations of two nodes, split it',
  });
}

export function secondGroup(directive: Directive, earlier: Directive, path: string): Diagnostic {
  return report(keepalivedFindings.skippedBlock, {
    summary: `a second group in ${path} is skipped`,
    detail: `The daemon keeps the first list, and takes the end of the second for the end of ${path}: what follows inside is lost.`,
    at: directive.span,
    notes: [{ text: 'the first one is here', at: earlier.span }],
    help: 'put all members into one group block',
  });
}

/** @param taker - The block before it that gets the lines, where the daemon meant to skip the block. */
export function missingBrace(
  directive: Directive,
  { keywords, path }: { readonly keywords: readonly string[]; readonly path: string },
  taker: string | undefined,
): Diagnostic {
  return report(keepalivedFindings.missingBrace, {
    summary: `${keywords.at(-1)} has no {`,
    detail:
      taker === undefined
        ? 'The daemon reports it and reads what follows as the inside of the block.'
        : `The daemon skips no block without a {: it reads what follows as the inside of ${taker}, which is the last one before it.`,
    at: directive.span,
    help: `put a { after ${path}`,
  });
}

/** What becomes of a line that lacks a word. */
export function fateWithoutWord(release: Release): string {
  return isAtLeast(release, '1.3.0')
    ? 'Its value is missing: the daemon exits at this line.'
    : 'Its value is missing: the daemon uses a default, or crashes.';
}

export function missingWord(
  directive: Directive,
  keyword: string,
  release: Release,
  argument = 'VALUE',
): Diagnostic {
  const exits = isAtLeast(release, '1.3.0');
  return report(exits ? keepalivedFindings.missingWord : keepalivedFindings.missingWordIgnored, {
    summary: `${keyword} lacks its value`,
    detail: exits ? 'The daemon exits at this line.' : 'Before 1.3.0 the daemon uses a default, or crashes.',
    at: directive.span,
    help: `write: ${keyword} ${argument}`,
  });
}

/** An entry is an interface, whatever it looks like, and the daemon runs with no interface that does not exist. */
export function braceAsInterface(block: Block, path: string): Diagnostic {
  return report(keepalivedFindings.fatalValue, {
    summary: `{ is taken for an interface in ${path}`,
    detail: 'The daemon exits: there is no interface of this name.',
    at: block.open,
    help: 'write one entry a line, without a block of its own: eth0 weight 10',
  });
}

export function spilledBlock(path: string, head: Directive, block: Block | undefined): Diagnostic {
  const keyword = head.words[0].value;
  return report(keepalivedFindings.spilledBlock, {
    summary: `the block of the unknown keyword '${keyword}' ends ${path} early`,
    detail: `The daemon does not know '${keyword}', reads the content of its block as a part of ${path}, and takes its } for the end of ${path}. What follows inside is lost to it, and to the translation.`,
    at: head.words[0].span,
    ...(block?.close && { notes: [{ text: `${path} ends here for the daemon`, at: block.close }] }),
    help: 'correct the keyword, or remove the block',
  });
}

/** A line of a list is an entry, also one whose word is a keyword elsewhere. */
export function blockAmongEntries(path: string, head: Directive, block: Block | undefined): Diagnostic {
  const [{ value: word, span }] = head.words;
  return report(keepalivedFindings.spilledBlock, {
    summary: `the block behind '${word}' ends ${path} early`,
    detail: `In ${path} the daemon reads each line as an entry: '${word}' too, and the content of its block. It takes its } for the end of ${path}. What follows inside is lost to it, and to the translation.`,
    at: span,
    ...(block?.close && { notes: [{ text: `${path} ends here for the daemon`, at: block.close }] }),
    help: `close ${path} before '${word}', or write the entry on one line without a block`,
  });
}
