import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = new URL('../', import.meta.url);

interface SourceFile {
  readonly path: string;
  readonly text: string;
}

interface Import {
  readonly from: string;
  /** A path in the project, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function filesOf(folder: string, suffix: string): SourceFile[] {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => posix.join(folder, name))
    .sort()
    .map((path) => ({ path, text: readFileSync(new URL(path, root), 'utf8') }));
}

const product = [...filesOf('grammar', '.ts'), ...filesOf('src', '.ts')];
const tests = filesOf('test', '.ts');
const templates = ['.ts', '.mjs', '.hbs'].flatMap((suffix) => filesOf('templates', suffix));

/** What runs in a browser too: everything but the command line. */
const core = product.filter(({ path }) => !path.startsWith('src/cli/'));

function importsOf({ path, text }: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean) => {
    const to = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier;
    found.push({ from: path, to, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    const isImport = ts.isImportDeclaration(node);
    if ((isImport || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const clause = isImport ? node.importClause : node.exportClause;
      const whole = isImport ? node.importClause?.isTypeOnly : node.isTypeOnly;
      add((node.moduleSpecifier as ts.StringLiteral).text, whole === true || namesOnlyTypes(clause));
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add((node.argument.literal as ts.StringLiteral).text, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier && ts.isStringLiteral(specifier)) add(specifier.text, false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ESNext));
  return found;
}

/** `{ type A, type B }`: erased, although the statement itself is not marked. */
function namesOnlyTypes(clause: ts.ImportClause | ts.NamedExportBindings | undefined): boolean {
  if (!clause) return false;
  if (ts.isImportClause(clause) && clause.name) return false;
  const names = ts.isImportClause(clause) ? clause.namedBindings : clause;
  if (!names || !(ts.isNamedImports(names) || ts.isNamedExports(names))) return false;
  return names.elements.every((element) => element.isTypeOnly);
}

const imports = product.flatMap(importsOf);

/** `src/pacemaker/rules/quorum.ts` → `pacemaker`; a file that lies in src itself is a room of its own. */
function roomOf(path: string): string {
  const [top = '', second = '', ...rest] = path.split('/');
  if (top !== 'src') return top;
  return rest.length > 0 ? second : `src/${second}`;
}

/** The rooms that a room may use, itself aside. What is not listed may use nothing. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  grammar: [],
  shell: [],
  keepalived: ['grammar'],
  cluster: ['keepalived', 'grammar'],
  companion: ['grammar'],
  // Its rule for checks puts the text of the agent into the plan.
  pacemaker: ['cluster', 'companion', 'keepalived', 'grammar', 'shell', 'templates'],
  // The catalogue holds the findings of every stage.
  diagnostics: ['verify', 'pacemaker', 'cluster', 'companion', 'keepalived', 'grammar'],
  // The election against a plan; who runs Pacemaker's scheduler is a matter of the command line.
  verify: ['pacemaker', 'keepalived', 'grammar'],
  emit: ['pacemaker', 'cluster', 'keepalived', 'diagnostics', 'shell', 'grammar', 'templates'],
  diff: ['pacemaker', 'diagnostics'],
  'src/shown-source.ts': ['keepalived', 'grammar'],
  'src/translation.ts': ['pacemaker', 'companion', 'keepalived', 'grammar'],
  'src/read-nodes.ts': ['keepalived', 'grammar'],
  'src/translate.ts': [
    'emit',
    'pacemaker',
    'cluster',
    'keepalived',
    'grammar',
    'src/read-nodes.ts',
    'src/shown-source.ts',
  ],
  'src/init-companion.ts': ['emit', 'cluster', 'grammar', 'src/read-nodes.ts', 'src/shown-source.ts'],
  'src/describe-nodes.ts': ['emit', 'keepalived', 'grammar', 'src/read-nodes.ts', 'src/shown-source.ts'],
  'src/index.ts': [
    'emit',
    'diff',
    'diagnostics',
    'pacemaker',
    'companion',
    'grammar',
    'src/describe-nodes.ts',
    'src/init-companion.ts',
    'src/translate.ts',
    'src/version.ts',
  ],
  'src/version.ts': [],
  cli: [
    'emit',
    'diff',
    'verify',
    'diagnostics',
    'pacemaker',
    'companion',
    'keepalived',
    'grammar',
    'src/describe-nodes.ts',
    'src/init-companion.ts',
    'src/translate.ts',
    'src/version.ts',
  ],
};

/** The contract that goes in at the top and comes out at the bottom; the rooms below may know its types. */
const contract = 'src/translation.ts';
const mayRunContract = ['src/index.ts', 'cli'];

describe('the rooms of the house', () => {
  it('import one way only, down the pipeline', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [own, other] = [roomOf(from), roomOf(to)];
      if (!to.includes('/') || !/^(?:grammar|src|templates|test)\//.test(to) || own === other) return false;
      if (other === contract && own !== 'grammar') return !typeOnly && !mayRunContract.includes(own);
      return !(mayUse[own] ?? []).includes(other);
    });
    expect(wrong).toEqual([]);
  });

  it('are all known to the rule above', () => {
    const rooms = new Set(product.map(({ path }) => roomOf(path)));
    expect([...rooms].sort()).toEqual(Object.keys(mayUse).sort());
  });

  it('use few packages, each in its own place', () => {
    const packages = new Set(
      imports
        .filter(({ to }) => !/^(?:grammar|src|templates)\/|^node:|^child_process$/.test(to))
        .map(({ from, to }) => `${roomOf(from)}: ${to}`),
    );
    expect([...packages].sort()).toEqual([
      'cli: commander',
      'companion: yaml',
      'diff: diff',
      'emit: handlebars/runtime.js',
      'grammar: chevrotain',
    ]);
  });

  it('start other programs in one place, which only the command line loads', () => {
    const starting = imports.filter(({ to, typeOnly }) => !typeOnly && /^(?:node:)?child_process$/.test(to));
    expect(starting.map(({ from }) => from)).toEqual(['src/cli/verify/run-program.ts']);
  });

  it('are reached by imports that say the file, so that Node finds it unaided', () => {
    const relative = imports.filter(({ to }) => /^(?:grammar|src|templates)\//.test(to));
    expect(relative.filter(({ to }) => !/\.(?:ts|hbs)$/.test(to))).toEqual([]);
  });
});

describe('the core', () => {
  it('imports no module of Node: it runs in a browser', () => {
    const paths = new Set(core.map(({ path }) => path));
    expect(imports.filter(({ from, to }) => paths.has(from) && to.startsWith('node:'))).toEqual([]);
  });

  it('reads no clock, no environment, no locale and no chance, prints nothing and never exits', () => {
    const impure =
      /\b(?:process|console|performance|globalThis)\.|\bnew Date\b|\bDate\.|\bMath\.random\b|\.toLocale|\.localeCompare|\bIntl\./;
    const lines = core.flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => impure.test(line) && !/^\s*(?:\/?\*|\/\/)/.test(line) && !line.includes("from '"))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(lines).toEqual([]);
  });

  it('quotes for the shell in one place', () => {
    const quoting = /'\\\\''|\.replace(?:All)?\(\s*(?:\/'\/g?|"'")/;
    const places = product.filter(({ text }) => quoting.test(text)).map(({ path }) => path);
    expect(places).toEqual(['src/shell/quote-text.ts']);
  });
});

/** Lines that a file may have without a reason; a stage's cases are many, and read one by one. */
const limitOf = (path: string) => (path.startsWith('test/') ? 400 : 300);

/** Longer ones, each with the reason why it is one thing. */
const longFiles: Readonly<Record<string, string>> = {
  'grammar/reader/read-node.ts':
    "one state machine after the daemon's own line pipeline, whose steps share their state",
  'templates/agents/address': 'an OCF agent is one file by nature',
  'templates/agents/notify': 'the same',
  'templates/agents/route': 'the same',
  'templates/agents/track': 'the same',
  'templates/agents/track-file': 'the same',
  'templates/agents/track-process': 'the same',
  'test/emit/sample-plans.ts': 'data: plans that no configuration gives',
};

describe('the files', () => {
  it('have names that promise something', () => {
    const empty = /(?:^|[-/])(?:utils?|helpers?|common|misc|managers?|types|stuff|shared)(?:[-./]|$)/;
    expect([...product, ...tests, ...templates].filter(({ path }) => empty.test(path))).toEqual([]);
  });

  it('are named in kebab case', () => {
    const names = [...product, ...tests].map(({ path }) => path.split('/').at(-1) ?? '');
    expect(names.filter((name) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|d))?\.ts$/.test(name))).toEqual([]);
  });

  it('are short, or have a reason that still holds', () => {
    const agents = filesOf('templates/agents', '');
    const all = [...product, ...tests, ...templates, ...agents.filter(({ path }) => !path.endsWith('.ts'))];
    const long = all
      .filter(({ path, text }) => text.split('\n').length - 1 > limitOf(path))
      .map(({ path }) => path);
    expect(long.sort()).toEqual(Object.keys(longFiles).sort());
  });
});

describe('the package', () => {
  const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

  it('names exact versions, and none that Node 20 cannot run', () => {
    const { devDependencies, engines, dependencies } = JSON.parse(read('package.json'));
    // The bundle holds what it needs: who installs it fetches one package.
    expect(dependencies).toBeUndefined();
    expect(engines.node).toBe('>=20');
    expect(Object.values<string>(devDependencies).filter((range) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual(
      [],
    );
  });

  it('is installed from wherever npm is told to: its lockfile holds no address', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": *"https?:/);
  });

  it('has a CI script that installs every program a test asks for', () => {
    const asked = tests.flatMap(({ text }) => [
      ...[...text.matchAll(/requireTool\('([^']+)'/g)].map((match) => match[1] ?? ''),
      ...[...text.matchAll(/\[([^\]]*)\]\.every\(requireTool\)/g)].flatMap((match) =>
        [...(match[1] ?? '').matchAll(/'([^']+)'/g)].map((name) => name[1] ?? ''),
      ),
    ]);
    const installed = [...read('.ci/run').matchAll(/^ {2}'(\S+) \S+'$/gm)].map((match) => match[1] ?? '');
    expect(asked.length).toBeGreaterThan(5);
    expect([...new Set(asked)].filter((name) => !installed.includes(name))).toEqual([]);
  });

  it('has a lockfile that npm ci accepts: with the packages of other platforms too', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const optional = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    expect(optional.length).toBeGreaterThan(20);
    expect(optional.filter((name) => !packages[`node_modules/${name}`])).toEqual([]);
  });
});
