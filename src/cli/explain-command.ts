import type { Finding } from '../../grammar/source/diagnostic.ts';
import { catalogue } from '../diagnostics/catalogue.ts';
import { useFindings } from '../diagnostics/use-findings.ts';
import { findKeywords, listsKnowing, suggestKeywords, suggestOption } from '../emit/find-keyword.ts';
import { keywordPages, tokenPages } from '../emit/keyword-page.ts';
import { wrapText } from '../emit/wrap-text.ts';
import { exitCodes } from './cli-io.ts';
import { type CommandResult, wrongUse } from './command-result.ts';
import type { ExplainInvocation } from './invocation.ts';

const columns = 92;

/** `kp2pcm explain CODE` or `KEYWORD`: the page behind a message, or all that is known of a keyword; all codes without a word. */
export function runExplain({ word }: ExplainInvocation): CommandResult {
  if (word === undefined) return shown(listAll());
  return /^(?:KP)?\d\w*$|^KP/i.test(word) ? explainCode(word) : explainKeyword(word);
}

function explainCode(word: string): CommandResult {
  const wanted = word.toUpperCase().replace(/^(?:KP)?(?=\d{3}$)/, 'KP');
  const finding = catalogue.find((candidate) => candidate.code === wanted);
  if (finding) return shown(page(finding));
  const near = nearest(wanted);
  return wrongUse(useFindings.unknownCode, {
    summary: `there is no message '${word}'`,
    help: near ? `did you mean ${near.code} (${near.title})?` : 'kp2pcm explain lists them all',
  });
}

function explainKeyword(word: string): CommandResult {
  const found = findKeywords(word);
  if (found.length > 0) return shown(keywordPages(found));
  const lists = listsKnowing(word);
  if (lists.length > 0) return shown(tokenPages(word, lists));
  const form = lineForms.find(({ pattern }) => pattern.test(word));
  if (form)
    return wrongUse(useFindings.unknownKeyword, {
      summary: `${form.name} is no keyword: the daemon uses such a line up before it looks for keywords`,
      help: "grammar/README.md in kp2pcm's source tells of include, definitions, conditions (@id), ~SEQ and ~LST",
    });
  return wrongUse(useFindings.unknownKeyword, {
    summary: `no keyword of Keepalived and no message is called '${word}'`,
    help: nearTo(word),
  });
}

function nearTo(word: string): string {
  const option = suggestOption(word);
  if (option !== undefined) return `did you mean ${option}? kp2pcm explain -- ${option} tells of it`;
  const near = suggestKeywords(word).slice(0, 3);
  return near.length > 0
    ? `did you mean ${near.join(' or ')}?`
    : 'kp2pcm explain vrrp_instance names the keywords of an instance; kp2pcm explain lists the messages';
}

/** What the line reader takes, and no table of keywords holds. */
const lineForms = [
  { pattern: /^include[rmwba]?$/, name: 'include' },
  { pattern: /^~?(?:SEQx?|LST)\b/i, name: 'a sequence (~SEQ, ~LST)' },
  { pattern: /^\$/, name: 'a definition ($NAME)' },
  { pattern: /^@/, name: 'a condition (@id)' },
] as const;

function shown(output: string): CommandResult {
  return { exitCode: exitCodes.done, output, diagnostics: [] };
}

function listAll(): string {
  return catalogue.map(({ code, severity, title }) => `${code}  ${severity.padEnd(8)} ${title}\n`).join('');
}

function page({ code, severity, title, explanation }: Finding): string {
  const text = explanation.split('\n').flatMap((line) => wrapText(line, columns));
  return `${severity}[${code}]: ${title}\n\n${text.join('\n')}\n`;
}

/** The code with the most equal characters at the same places, if only one differs; the first of several. */
function nearest(code: string): Finding | undefined {
  return catalogue.find((candidate) => {
    const differing = [...candidate.code].filter((character, index) => character !== code[index]).length;
    return candidate.code.length === code.length && differing === 1;
  });
}
