import Handlebars from 'handlebars/runtime.js';
import backup from '../../templates/backup.sh.hbs';
import check from '../../templates/check.sh.hbs';
import report from '../../templates/MIGRATION.md.hbs';
import migrate from '../../templates/migrate.sh.hbs';
import rollback from '../../templates/rollback.sh.hbs';
import { quoteWord } from './quote.ts';
import type { CommandWord } from './words.ts';

/** What the import of a template gives: Handlebars' runtime form, and the partials that it includes. */
interface CompiledTemplate {
  readonly main: TemplateSpecification;
  readonly partials: Readonly<Record<string, CompiledTemplate>>;
}

export type TemplateName = 'migrate.sh' | 'backup.sh' | 'rollback.sh' | 'check.sh' | 'MIGRATION.md';

const templates: Readonly<Record<TemplateName, CompiledTemplate>> = {
  'migrate.sh': migrate,
  'backup.sh': backup,
  'rollback.sh': rollback,
  'check.sh': check,
  'MIGRATION.md': report,
};

/**
 * Fills a template.
 *
 * @param view plain data; a field without a value is null, false or empty, never missing
 * @throws when the template asks for a field that the view lacks, or a helper refuses a value: a bug, not bad input
 */
export function renderTemplate(name: TemplateName, view: object): string {
  return compiled(name)(view);
}

const ready = new Map<TemplateName, (view: object) => string>();

function compiled(name: TemplateName): (view: object) => string {
  const known = ready.get(name);
  if (known) return known;
  const handlebars = Handlebars.create();
  handlebars.registerHelper({ sh, comment, md, fenced, verbatim });
  const register = (partials: CompiledTemplate['partials']): void => {
    for (const [partial, template] of Object.entries(partials)) {
      if (handlebars.partials[partial]) continue;
      handlebars.registerPartial(partial, handlebars.template(template.main));
      register(template.partials);
    }
  };
  register(templates[name].partials);
  const render = handlebars.template(templates[name].main);
  ready.set(name, render);
  return render;
}

/** `{{sh word}}`: the value as one word of a shell command. */
function sh(word: unknown): string {
  if (!isCommandWord(word)) throw new TypeError(`not a word for the shell: ${JSON.stringify(word)}`);
  return quoteWord(word);
}

function isCommandWord(value: unknown): value is CommandWord {
  if (typeof value === 'string') return true;
  if (typeof value !== 'object' || value === null) return false;
  return 'variable' in value && 'value' in value && 'suffix' in value;
}

/** `{{comment text}}`: the rest of a `#` line. A second line would be code. */
function comment(text: unknown): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (typeof text !== 'string' || /[\u0000-\u0008\u000a-\u001f\u007f\u2028\u2029]/.test(text)) {
    throw new TypeError(`not one line for a comment: ${JSON.stringify(text)}`);
  }
  return text;
}

/**
 * `{{md text}}`: one line of text that Markdown shows as it is, also in a cell of a table. Text between two backticks
 * becomes a code span, in which nothing has a meaning either; a bar would still end the cell.
 */
function md(text: unknown): string {
  if (typeof text !== 'string') throw new TypeError(`not a text: ${JSON.stringify(text)}`);
  const parts = text.replace(/\s+/g, ' ').split(/(`[^`|]+`)/);
  return parts.map((part, index) => (index % 2 === 1 ? part : escapeMarkdown(part))).join('');
}

function escapeMarkdown(text: string): string {
  return (
    text
      // A pair of dollar signs is a formula on GitHub.
      .replace(/[\\`*{}[\]<>|~&#$]/g, '\\$&')
      // Between letters and digits an underscore is never emphasis: names stay readable.
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_')
      // A marker of a list only before a blank: 192.0.2.1 is none.
      .replace(/^([-+=]|\d{1,9}[.)])(?=\s|$)/, (marker) => `${marker.slice(0, -1)}\\${marker.slice(-1)}`)
  );
}

/** `{{fenced text}}`: one line of a fenced block of Markdown, which a line that begins with a fence would end. */
function fenced(text: unknown): string {
  if (typeof text !== 'string' || /\n|^\s*(?:```|~~~)/.test(text)) {
    throw new TypeError(`not one line for a fenced block: ${JSON.stringify(text)}`);
  }
  return text;
}

/** `{{verbatim text "END"}}`: whole lines for a here-document with a quoted delimiter, which nothing expands. */
function verbatim(text: unknown, delimiter: unknown): string {
  if (typeof text !== 'string' || typeof delimiter !== 'string') throw new TypeError('not a text');
  if (text.includes('\0')) throw new RangeError('a here-document cannot hold a NUL character');
  if (!text.endsWith('\n')) throw new RangeError('the last line of a here-document needs its end');
  if (text.split('\n').includes(delimiter)) throw new RangeError(`the text has a line ${delimiter}`);
  return text;
}
