import type { Finding } from '../../grammar/source/diagnostic.ts';
import { catalogue } from '../diagnostics/catalogue.ts';
import { useFindings } from '../diagnostics/use-findings.ts';
import { exitCodes } from './cli-io.ts';
import { type CommandResult, wrongUse } from './command-result.ts';
import type { ExplainInvocation } from './invocation.ts';

const columns = 92;

/** `kp2pcm explain CODE`: the page behind a message; without a code, the list of all. */
export function runExplain({ code }: ExplainInvocation): CommandResult {
  if (code === undefined) return shown(listAll());
  const wanted = code.toUpperCase().replace(/^(?:KP)?(?=\d{3}$)/, 'KP');
  const finding = catalogue.find((candidate) => candidate.code === wanted);
  if (finding) return shown(page(finding));
  const near = nearest(wanted);
  return wrongUse(useFindings.unknownCode, {
    summary: `there is no message '${code}'`,
    help: near ? `did you mean ${near.code} (${near.title})?` : 'kp2pcm explain lists them all',
  });
}

function shown(output: string): CommandResult {
  return { exitCode: exitCodes.done, output, diagnostics: [] };
}

function listAll(): string {
  return catalogue.map(({ code, severity, title }) => `${code}  ${severity.padEnd(8)} ${title}\n`).join('');
}

function page({ code, severity, title, explanation }: Finding): string {
  return `${severity}[${code}]: ${title}\n\n${wrap(explanation)}\n`;
}

function wrap(text: string): string {
  return text.split('\n').map(wrapLine).join('\n');
}

function wrapLine(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** The code with the most equal characters at the same places, if only one differs; the first of several. */
function nearest(code: string): Finding | undefined {
  return catalogue.find((candidate) => {
    const differing = [...candidate.code].filter((character, index) => character !== code[index]).length;
    return candidate.code.length === code.length && differing === 1;
  });
}
