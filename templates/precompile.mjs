import Handlebars from 'handlebars';

/** The only helpers that templates may call besides Handlebars' own blocks; src/emit/render.ts defines them. */
const helperNames = ['sh', 'comment', 'md', 'fenced', 'verbatim'];

/**
 * Without `noEscape` a quote in a shell script becomes an HTML entity; `strict` makes a misspelt field an error;
 * `preventIndent` keeps a partial on an indented line from shifting the text of heredocs; `knownHelpersOnly` makes
 * an unknown helper an error of the build.
 */
const options = {
  noEscape: true,
  strict: true,
  preventIndent: true,
  knownHelpers: Object.fromEntries(helperNames.map((name) => [name, true])),
  knownHelpersOnly: true,
};

/**
 * Turns a template into the text of an ES module whose default export is `{ main, partials }`: Handlebars' runtime
 * form of the template, and the modules of the partials that it includes, by name.
 *
 * @param {string} source the template
 * @param {string} name its path under templates/, for messages: `migrate.sh.hbs`, `partials/head.hbs`
 * @returns {string}
 */
export function precompileTemplate(source, name) {
  const ast = Handlebars.parse(source, { srcName: name });
  const partials = partialNames(ast);
  const folder = name.startsWith('partials/') ? './' : './partials/';
  const imports = partials.map((partial, i) => `import p${i} from '${folder}${partial}.hbs';\n`).join('');
  const entries = partials.map((partial, i) => `${JSON.stringify(partial)}: p${i}`).join(', ');
  const main = Handlebars.precompile(ast, { ...options, srcName: undefined });
  return `${imports}export default { main: ${main}, partials: { ${entries} } };\n`;
}

/** The names in `{{> name}}` and `{{#> name}}`, sorted, each once. */
function partialNames(ast) {
  const names = new Set();
  const visitor = new Handlebars.Visitor();
  const note = (statement) => {
    if (statement.name.type !== 'PathExpression') throw new Error('a partial is included by a computed name');
    names.add(statement.name.original);
  };
  visitor.PartialStatement = function (statement) {
    note(statement);
    Handlebars.Visitor.prototype.PartialStatement.call(this, statement);
  };
  visitor.PartialBlockStatement = function (statement) {
    note(statement);
    Handlebars.Visitor.prototype.PartialBlockStatement.call(this, statement);
  };
  visitor.accept(ast);
  return [...names].sort();
}
