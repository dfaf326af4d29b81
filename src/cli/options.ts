import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Release, releaseNamed, series } from '../../grammar/source/release.ts';
import type { ClusterSettings } from '../pacemaker/plan.ts';
import {
  type ArtefactName,
  artefactNames,
  type LvsKeeper,
  lvsKeepers,
  type PcsDialect,
  pcsDialects,
  type TargetName,
  targetNames,
  type VmacKeeping,
  vmacKeepings,
} from '../translation.ts';
import { type VerifyFormat, verifyFormats } from '../verify/render.ts';
import {
  type ColorMode,
  colorModes,
  type DiagnosticsFormat,
  type DiffFormat,
  diagnosticsFormats,
} from './invocation.ts';

/** The options of all commands as commander hands them over, values already parsed. */
export interface RawOptions {
  readonly emit?: ArtefactName | TargetName | 'config';
  readonly output?: string;
  readonly check?: boolean;
  readonly nodes?: readonly string[];
  readonly keepalived?: Release;
  readonly quorum?: ClusterSettings['quorumPolicy'];
  readonly fencing?: 'none';
  readonly clusterName?: string;
  readonly pcs?: PcsDialect;
  readonly companion?: string | false;
  readonly manageServices?: boolean;
  readonly lvs?: LvsKeeper;
  readonly vmac?: VmacKeeping;
  readonly strict?: boolean;
  readonly diagnostics?: DiagnosticsFormat;
  readonly color?: ColorMode;
  readonly format?: DiffFormat | VerifyFormat;
  readonly scenarios?: number;
  readonly seed?: number;
}

const quorumPolicies = ['ignore', 'stop', 'freeze', 'suicide', 'demote'] as const;

export function addOutputOptions(command: Command): void {
  command.optionsGroup('What to write:');
  command.option(
    '--emit <name>',
    'print this artefact: migrate (the default), backup, rollback, check, report or plan; or the configuration in another form: cib (XML), crmsh or ansible; or config: what was understood of each node',
    emittedNamed,
  );
  command.option(
    '-o, --output <dir>',
    'write all artefacts into this folder instead, or none if one cannot be written',
  );
  command.option('--check', 'with -o: write nothing; print what differs and exit with 1 if something does');
}

/** How configurations are read, without the companion file. */
export function addReadingOptions(command: Command): void {
  command.optionsGroup('How to read:');
  command.option(
    '--keepalived <release>',
    `read as this release does: ${series.join(', ')} (default: 2.2), or one of theirs such as 2.2.7`,
    keepalivedRelease,
  );
  command.option('--nodes <a,b,...>', 'read one file once for each of these nodes (@id lines)', nodeNames);
}

export function addInputOptions(command: Command): void {
  addReadingOptions(command);
  command.option(
    '--companion <file>',
    'what keepalived.conf does not know: addresses, fencing, services (default: kp2pcm.yaml, where the configurations lie)',
  );
  command.option('--no-companion', 'read no companion file');
}

export function addWishes(command: Command, strictness?: 'without --strict'): void {
  command.optionsGroup('What the cluster shall be:');
  command.addOption(
    new Option(
      '--quorum <policy>',
      'no-quorum-policy instead of what follows from the number of nodes',
    ).choices(quorumPolicies),
  );
  command.addOption(
    new Option(
      '--fencing <kind>',
      'none: fencing stays off, whatever the companion file has and needs',
    ).choices(['none']),
  );
  command.option('--cluster-name <name>', "the cluster's name (default: keepalived)", clusterName);
  command.addOption(
    new Option(
      '--pcs <version>',
      'the commands as this version of pcs spells them; portable (the default) is for all',
    ).choices(pcsDialects),
  );
  command.option(
    '--manage-services',
    'hand the services that checks look after (pidof, killall -0, systemctl), or that notify scripts start and stop, to the cluster',
  );
  command.addOption(
    new Option(
      '--lvs <keeper>',
      'who keeps virtual_server: keepalived as a checker without VRRP (the default), or ldirectord',
    ).choices(lvsKeepers),
  );
  command.addOption(
    new Option(
      '--vmac <keeping>',
      'what becomes of use_vmac: drop (the default), or macvlan, which keeps the virtual MAC address',
    ).choices(vmacKeepings),
  );
  if (strictness) return;
  command.option('--strict', 'exit with 1 if anything is approximate or manual');
}

export function addPresentation(command: Command): void {
  command.optionsGroup('How to speak:');
  command.addOption(
    new Option(
      '--diagnostics <format>',
      'what stderr gets: human (the default), json, sarif or github',
    ).choices(diagnosticsFormats),
  );
  command.addOption(
    new Option(
      '--color <when>',
      'colour: auto (the default; only on terminals, never with NO_COLOR), always or never',
    ).choices(colorModes),
  );
}

export function addScenarioOptions(command: Command): void {
  command.option(
    '--scenarios <n>',
    'how many at most, but for single events (default: 400, or all pairs of events up to 2000)',
    wholeNumber,
  );
  command.option('--seed <n>', 'for other random scenarios (default: 1)', wholeNumber);
  command.addOption(new Option('--format <format>', 'how the result is written').choices(verifyFormats));
}

const targetWords: ReadonlyMap<string, TargetName> = new Map([
  ['cib', 'cib.xml'],
  ['crmsh', 'configure.crm'],
  ['ansible', 'ha_cluster.yml'],
]);

/** `migrate`, `report`, `cib`, … or the artefact's own name; `config` is no artefact of a plan. */
function emittedNamed(word: string): ArtefactName | TargetName | 'config' {
  if (word === 'config') return word;
  const name = word === 'report' ? 'MIGRATION.md' : word;
  const target = targetWords.get(name) ?? targetNames.find((candidate) => candidate === name);
  if (target) return target;
  const found = artefactNames.find(
    (candidate) => candidate === name || candidate.replace(/\.(?:sh|json)$/, '') === name,
  );
  if (found) return found;
  throw new InvalidArgumentError(
    'Allowed choices are migrate, backup, rollback, check, report, plan, cib, crmsh, ansible, config.',
  );
}

function nodeNames(list: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, ...list.split(',').map((name) => name.trim())];
}

function keepalivedRelease(text: string): Release {
  const release = releaseNamed(text);
  if (release) return release;
  throw new InvalidArgumentError(`Allowed choices are ${series.join(', ')}, or a release such as 2.2.7.`);
}

/** The rule of `pcs cluster setup`, which refuses other names without --force (measured with 0.11.5) and takes a leading hyphen for an option. */
function clusterName(name: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_-]{0,31}$/.test(name)) return name;
  throw new InvalidArgumentError(
    'It takes 1 to 32 letters, digits, underscores and hyphens, no hyphen first.',
  );
}

function wholeNumber(word: string): number {
  if (/^\d{1,9}$/.test(word)) return Number(word);
  throw new InvalidArgumentError('It takes a whole number.');
}
