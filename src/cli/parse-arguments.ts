import { Command, CommanderError, Option } from 'commander';
import { targetNames } from '../translation.ts';
import { verifyFormats } from '../verify/render.ts';
import { version } from '../version.ts';
import { examples, exitCodesHelp } from './help-text.ts';
import { diffFormats, type Invocation, type Presentation, type Wishes } from './invocation.ts';
import {
  addInputOptions,
  addOutputOptions,
  addPresentation,
  addReadingOptions,
  addScenarioOptions,
  addWishes,
  type RawOptions,
} from './options.ts';

export type ParsedArguments =
  | { readonly kind: 'run'; readonly invocation: Invocation; readonly presentation: Presentation }
  /** `--help` and `--version`: text for stdout. */
  | { readonly kind: 'show'; readonly text: string }
  | { readonly kind: 'wrong'; readonly problem: string; readonly presentation: Presentation };

/** A use that the options themselves allow, but not together. */
class WrongUse extends Error {}

/** Understands a command line (without the program's own name). Never prints, never exits. */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  let shown = '';
  let invocation: Invocation | undefined;
  const program = buildProgram((made) => {
    invocation = made;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        shown += text;
      },
      writeErr: () => {},
      getOutHelpWidth: () => helpColumns,
      getErrHelpWidth: () => helpColumns,
    });
  }
  const presentation = () => presentationOf(program);
  try {
    program.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof WrongUse)
      return { kind: 'wrong', problem: error.message, presentation: presentation() };
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'show', text: shown };
    return { kind: 'wrong', problem: problemOf(error), presentation: presentation() };
  }
  if (!invocation) return { kind: 'show', text: shown };
  return { kind: 'run', invocation, presentation: presentation() };
}

/** A fixed width, so that the help does not depend on the terminal. */
const helpColumns = 92;

function problemOf({ message }: CommanderError): string {
  return message.replace(/^error: /, '').replace(/\.$/, '');
}

/** Options before and after a sub-command count alike; the later ones win. */
function presentationOf(program: Command): Presentation {
  const all = [program, ...program.commands].map((command) => command.opts<RawOptions>());
  return {
    diagnostics: all.findLast(({ diagnostics }) => diagnostics !== undefined)?.diagnostics ?? 'human',
    color: all.findLast(({ color }) => color !== undefined)?.color ?? 'auto',
  };
}

function buildProgram(done: (invocation: Invocation) => void): Command {
  const program = new Command('kp2pcm')
    .description('Translate keepalived.conf into a Pacemaker migration that people review, run and undo.')
    .usage('[options] FILE|NAME=FILE|- ...')
    .argument('[files...]', 'a keepalived.conf per node: FILE, NAME=FILE, or - for standard input')
    .enablePositionalOptions()
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command');
  addOutputOptions(program);
  addInputOptions(program);
  addWishes(program);
  addPresentation(program);
  program.addHelpText('after', `\n${examples}\n${exitCodesHelp}`);
  program.action((files: string[], options: RawOptions) => done(mainInvocation(files, options)));
  addCheck(program, done);
  addDiff(program, done);
  addInit(program, done);
  addVerify(program, done);
  addExplain(program, done);
  return program;
}

function addCheck(program: Command, done: (invocation: Invocation) => void): void {
  const command = program.command('check').argument('<files...>', 'as for the translation');
  command.description('say what would be lost or changed, and print nothing else than the counts');
  addInputOptions(command);
  addWishes(command);
  addPresentation(command);
  command.action((files: string[]) => {
    const options = command.optsWithGlobals<RawOptions>();
    refuseOutputOptions(options, 'check');
    done({ command: 'check', ...fromFiles(files, options) });
  });
}

function addDiff(program: Command, done: (invocation: Invocation) => void): void {
  const sides = 'a keepalived.conf, a bundle, a folder of configurations, or NODE=FILE,NODE=FILE';
  const command = program.command('diff').argument('<old>', sides).argument('<new>', 'the same');
  command.description('say what a change of the configuration changes: in meaning, then in each artefact');
  command.addOption(new Option('--format <format>', 'how the comparison is written').choices(diffFormats));
  addInputOptions(command);
  addWishes(command, 'without --strict');
  addPresentation(command);
  command.action((before: string, after: string) => {
    const options = command.optsWithGlobals<RawOptions>();
    refuseOutputOptions(options, 'diff');
    const format = diffFormats.find((name) => name === options.format) ?? 'text';
    done({ command: 'diff', before, after, wishes: wishesOf(options), format });
  });
}

function addInit(program: Command, done: (invocation: Invocation) => void): void {
  const command = program.command('init').argument('<files...>', 'as for the translation');
  command.description('print a companion file to begin with: what the configurations show, and proposals');
  addReadingOptions(command);
  addPresentation(command);
  command.action((files: string[]) => {
    const options = command.optsWithGlobals<RawOptions>();
    refuseOutputOptions(options, 'init');
    const { strict: _, ...given } = fromFiles(files, options);
    done({ command: 'init', ...given });
  });
}

function addVerify(program: Command, done: (invocation: Invocation) => void): void {
  const command = program.command('verify').argument('<files...>', 'as for the translation, of all nodes');
  command.description(
    'play events to Keepalived’s election and to Pacemaker’s scheduler, and say where they part',
  );
  addScenarioOptions(command);
  addInputOptions(command);
  addWishes(command, 'without --strict');
  addPresentation(command);
  command.action((files: string[]) => {
    const options = command.optsWithGlobals<RawOptions>();
    refuseOutputOptions(options, 'verify');
    const { strict: _, ...given } = fromFiles(files, options);
    const format = verifyFormats.find((name) => name === options.format) ?? 'text';
    const { scenarios, seed = 1 } = options;
    done({ command: 'verify', ...given, ...(scenarios !== undefined && { scenarios }), seed, format });
  });
}

function addExplain(program: Command, done: (invocation: Invocation) => void): void {
  const command = program
    .command('explain')
    .argument(
      '[word]',
      "a message's code (KP101) or a keyword (priority, vrrp_script/weight); all codes if left out",
    );
  command.description('say what a message or a keyword means, and what becomes of it');
  addPresentation(command);
  command.action((word?: string) => done({ command: 'explain', ...(word !== undefined && { word }) }));
}

function mainInvocation(files: readonly string[], options: RawOptions): Invocation {
  const { output, emit, check } = options;
  if (check && output === undefined) throw new WrongUse("'--check' needs '-o DIR': the bundle to look at");
  if (output !== undefined && emit !== undefined) {
    throw new WrongUse("'-o' writes all artefacts and '--emit' prints one: choose");
  }
  if (options.pcs !== undefined && targetNames.some((target) => target === emit)) {
    throw new WrongUse(`'--pcs' says how commands of pcs are spelt, and ${emit} has none`);
  }
  const common = fromFiles(files, options);
  if (emit === 'config') return configInvocation(common);
  if (output === undefined) return { command: 'translate', ...common, emit: emit ?? 'migrate.sh' };
  return { command: check ? 'stale' : 'bundle', ...common, folder: output };
}

function configInvocation({ files, wishes, strict }: ReturnType<typeof fromFiles>): Invocation {
  if (strict) throw new WrongUse("'--strict' judges a translation, and '--emit config' makes none");
  return { command: 'config', files, wishes };
}

function refuseOutputOptions({ output, emit, check }: RawOptions, command: string): void {
  if (output === undefined && emit === undefined && !check) return;
  throw new WrongUse(`'-o', '--emit' and '--check' do not go with '${command}'`);
}

function fromFiles(files: readonly string[], options: RawOptions) {
  if (files.length === 0) throw new WrongUse('no configuration file is given');
  if (options.nodes && (files.length > 1 || files[0]?.includes('='))) {
    throw new WrongUse("'--nodes' reads one file for several nodes: give one FILE without a name");
  }
  return { files, wishes: wishesOf(options), strict: options.strict ?? false };
}

function wishesOf(options: RawOptions): Wishes {
  const { nodes = [], keepalived, quorum, clusterName, pcs, companion } = options;
  const { manageServices, lvs, vmac, fencing } = options;
  return {
    nodes,
    ...(keepalived !== undefined && { keepalived }),
    ...(quorum !== undefined && { quorum }),
    ...(clusterName !== undefined && { clusterName }),
    ...(pcs !== undefined && { pcs }),
    ...(fencing !== undefined && { fencing }),
    ...(companion !== undefined && { companion }),
    ...(manageServices && { manageServices }),
    ...(lvs !== undefined && { lvs }),
    ...(vmac !== undefined && { vmac }),
  };
}
