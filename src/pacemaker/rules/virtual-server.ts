import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { defaultRelease } from '../../../grammar/source/release.ts';
import { type BoundDirective, walkBound } from '../../keepalived/bound-directive.ts';
import { type CheckerFile, checkerFile, checkerSecretFile } from '../../keepalived/checker-file.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { checkerFilePath, checkerUnit, checkerUnitPath, checkerUnitText } from '../checker-unit.ts';
import { dispositionOf } from '../dispositions/index.ts';
import { checkerSetting } from '../dispositions/lvs.ts';
import { pacemakerFindings } from '../findings.ts';
import type { Balancer, ManualStep, PlanFile } from '../plan.ts';
import { fatesOf, originOf, placesOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';

const name = 'virtual-server';

export const virtualServer: Rule = {
  name,
  sentence:
    'a virtual_server stays with Keepalived, which goes on as a health checker without VRRP on the same nodes',
  apply(context) {
    if (context.options.lvs === 'ldirectord') return {};
    const kept = context.cluster.configurations.flatMap((configuration): Kept[] => {
      const file = checkerFile(configuration, context.options.keepalived ?? defaultRelease);
      return file ? [{ configuration, file }] : [];
    });
    if (kept.length === 0) return {};
    return {
      files: [...kept.map(filesFor), ...unitFiles(kept, context)],
      balancers: kept.map(balancer),
      manualSteps: kept.flatMap(passwordStep),
      fates: kept.flatMap(fatesFor),
      diagnostics: [...kept.flatMap(leftOut), ...unknownCheckers(kept, context)],
    };
  },
};

interface Kept {
  readonly configuration: NodeConfiguration;
  readonly file: CheckerFile;
}

function filesFor({ configuration: { node }, file }: Kept): PlanFile {
  return {
    node,
    path: checkerFilePath,
    mode: '0600',
    content: `# What Keepalived still does on ${node}: it checks and balances, without VRRP. Written by kp2pcm.\n\n${file.text}`,
    why: `the virtual servers of ${node} as they were, with what their checks use; ${checkerUnit} reads it from the cutover on`,
  };
}

/** The unit, once if every node of the cluster has it. */
function unitFiles(kept: readonly Kept[], { cluster }: RuleContext): PlanFile[] {
  const file = {
    path: checkerUnitPath,
    mode: '0644',
    content: checkerUnitText,
    why: 'Keepalived without VRRP as a unit of its own, which the step cutover starts; options in DAEMON_ARGS or KEEPALIVED_OPTIONS do not reach it',
  };
  if (kept.length === cluster.nodes.length) return [file];
  return kept.map(({ configuration: { node } }) => ({ node, ...file }));
}

function balancer({ configuration }: Kept): Balancer {
  const servers = configuration.virtualServers.map(({ directive }) => directive);
  const why = `balances ${servers.length === 1 ? 'a service' : `${servers.length} services`}, as before; every node does, whether or not it holds the address`;
  return {
    node: configuration.node,
    keeper: 'keepalived',
    origin: originOf(name, 'equivalent', why, servers),
  };
}

const stays = `It stands in ${checkerFilePath}, from which Keepalived goes on checking and balancing. ha_suspend still follows the address: the checker hears from the kernel of its coming and going.`;
const inFile = `It stands in ${checkerFilePath} as it was: Keepalived goes on checking.`;

/**
 * What the checkers alone read. A setting that means something to VRRP too, or a tracked object, is in the file as well;
 * what becomes of it there is said by the rule or disposition that speaks of that.
 */
function fatesFor({ configuration, file }: Kept): RuleFate[] {
  const roots = configuration.directives.filter((bound) => !bound.verdict);
  const ofServers = roots.filter(({ keywords: [keyword = ''] }) => serverBlocks.has(keyword));
  const settings = roots.flatMap((root) => [root, ...root.children]).filter(isCheckerSetting);
  const tracked = trackedByCheckersAlone(configuration);
  const lines = [...ofServers, ...settings, ...tracked].flatMap((bound) => [...walkBound([bound])]);
  const isBlock = (bound: BoundDirective) => bound.keywords.join() === 'virtual_server';
  const written = lines.filter((bound) => file.kept.has(bound));
  return [
    ...fatesOf(written.filter(isBlock), 'equivalent', stays),
    ...fatesOf(
      written.filter((bound) => !isBlock(bound)),
      'exact',
      inFile,
    ),
    ...fatesOf([file.password], 'manual', noPassword, passwordByHand),
    ...fatesOf(
      file.unwritable,
      'manual',
      'No line of a file can say this, so that the file of the checkers lacks it.',
      `Add to ${checkerFilePath} on the node what was meant, after the step prepare and before the cutover.`,
    ),
  ];
}

const serverBlocks: ReadonlySet<string> = new Set(['virtual_server', 'virtual_server_group', 'SSL']);

function isCheckerSetting({ keywords, kind }: BoundDirective): boolean {
  return (
    kind === 'keyword' && !serverBlocks.has(keywords[0] ?? '') && dispositionOf(keywords) === checkerSetting
  );
}

/** Files and sessions that no instance and no sync group follows. */
function trackedByCheckersAlone(configuration: NodeConfiguration): BoundDirective[] {
  const { instances, syncGroups, trackFiles, bfdInstances } = configuration;
  const users = [...instances, ...syncGroups];
  const files = new Set(users.flatMap(({ trackFiles: entries }) => entries.map((entry) => entry.name)));
  const sessions = new Set(users.flatMap(({ trackBfds }) => trackBfds.map((entry) => entry.name)));
  return [
    ...trackFiles.filter((file) => !files.has(file.name)),
    ...bfdInstances.filter((session) => !sessions.has(session.name)),
  ].map(({ directive }) => directive);
}

const noPassword =
  'kp2pcm writes no password. Without it the key of the client certificate cannot be used, and the servers of SSL_GET checks are taken out.';
const passwordByHand = `Write the line with it (password, and the word) into ${checkerSecretFile} on the node, readable by root alone: the file of the checkers includes that.`;

function passwordStep({ configuration: { node }, file: { password } }: Kept): ManualStep[] {
  if (!password) return [];
  const title = `Give the checker of ${node} its password`;
  return [
    { title, instruction: `${noPassword} ${passwordByHand}`, when: 'before', from: placesOf([password]) },
  ];
}

function leftOut({ file: { password, unwritable } }: Kept): Diagnostic[] {
  const ofPassword = report(pacemakerFindings.leftOutOfCheckerFile, {
    summary: "the password is not in the file for Keepalived's checkers",
    detail: `That file includes ${checkerSecretFile} in its place.`,
    at: password?.directive.span,
    help: 'write the line into that file on every node before the cutover, readable by root alone',
  });
  const others = unwritable.map((bound) =>
    report(pacemakerFindings.leftOutOfCheckerFile, {
      summary: "this line is not in the file for Keepalived's checkers: it cannot be written there",
      detail: `${checkerFilePath} has all other lines that the checkers read.`,
      at: bound.directive.span,
      help: 'add what was meant on every node after the step prepare, before the cutover',
    }),
  );
  return [...(password ? [ofPassword] : []), ...others];
}

/** A node whose file was not given may balance too: nobody can write its checkers' file. */
function unknownCheckers([first]: readonly Kept[], { cluster }: RuleContext): Diagnostic[] {
  const unknown = cluster.nodes.filter(({ file }) => file === undefined);
  if (unknown.length === 0) return [];
  const names = unknown.map((node) => node.name).join(', ');
  return [
    report(pacemakerFindings.unknownCheckers, {
      summary: `the virtual servers of ${names} are not known`,
      detail: 'No checker is kept there: once Keepalived is stopped, nothing balances on that node.',
      at: first?.configuration.virtualServers[0]?.directive.directive.span,
      help: 'give the files of all nodes',
    }),
  ];
}
