import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { type BoundDirective, walkBound } from '../../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { dispositionOf } from '../dispositions/index.ts';
import { checkerSetting } from '../dispositions/lvs.ts';
import { pacemakerFindings } from '../findings.ts';
import {
  checkScriptPath,
  type LdirectordFiles,
  ldirectordFilePath,
  ldirectordFiles,
  quorumScriptPath,
} from '../ldirectord/ldirectord-file.ts';
import { locationId } from '../location-id.ts';
import type { Clone, Constraint, PlanFile, Primitive, Resource } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';

const name = 'ldirectord';

export const ldirectord: Rule = {
  name,
  sentence:
    'with --lvs ldirectord a virtual_server becomes a section of ldirectord.cf, and ldirectord a clone',
  apply(context) {
    const { cluster, options } = context;
    if (options.lvs !== 'ldirectord') return {};
    const served = cluster.configurations
      .filter(({ virtualServers }) => virtualServers.length > 0)
      .map((configuration) => ({
        configuration,
        files: ldirectordFiles(configuration.virtualServers, configuration.directives),
      }));
    if (served.length === 0) return {};
    const id = context.ids.take('ldirectord');
    return {
      resources: resourcesFor(id, served),
      constraints: confine(id, served, context),
      files: served.flatMap(filesFor),
      balancers: served.map(({ configuration: { node, virtualServers } }) => ({
        node,
        keeper: 'ldirectord',
        origin: originOf(
          name,
          'approximate',
          'ldirectord checks and balances in place of Keepalived; the lines that it cannot follow are in the report',
          virtualServers.map(({ directive }) => directive),
        ),
      })),
      fates: served.flatMap(fatesFor),
      diagnostics: served.flatMap(diagnosticsFor),
    };
  },
};

interface Served {
  readonly configuration: NodeConfiguration;
  readonly files: LdirectordFiles;
}

/** Timeouts as the agent advertises them. Keepalived balanced on every node, whoever held the address. */
function resourcesFor(id: string, served: readonly Served[]): Resource[] {
  const origin = originOf(
    name,
    'approximate',
    `checks and balances the services of ${ldirectordFilePath}`,
    served.flatMap(({ configuration }) => configuration.virtualServers.map(({ directive }) => directive)),
  );
  const agent: Primitive = {
    kind: 'primitive',
    id,
    agent: 'ocf:heartbeat:ldirectord',
    attributes: { configfile: ldirectordFilePath },
    operations: [
      { name: 'start', options: { timeout: '15s' } },
      { name: 'stop', options: { timeout: '15s' } },
      { name: 'monitor', options: { interval: '20s', timeout: '10s' } },
    ],
    meta: {},
    origin,
  };
  const clone: Clone = { kind: 'clone', id: `${id}-clone`, of: id, meta: { interleave: 'true' }, origin };
  return [agent, clone];
}

function confine(id: string, served: readonly Served[], { cluster }: RuleContext): Constraint[] {
  const balancing = new Set(served.map(({ configuration }) => configuration.node));
  return cluster.nodes
    .filter((node) => !balancing.has(node.name))
    .map(({ name: node }) => ({
      kind: 'avoids',
      id: locationId(`${id}-clone`, node, '-INFINITY'),
      resource: `${id}-clone`,
      node,
      origin: originOf(name, 'exact', `no file of ${node} has a virtual_server`, []),
    }));
}

function filesFor({ configuration: { node }, files }: Served): PlanFile[] {
  const scripts = [
    { path: checkScriptPath, content: files.checkScript, what: 'the commands of MISC_CHECK' },
    {
      path: quorumScriptPath,
      content: files.quorumScript,
      what: 'the commands of quorum_up and quorum_down',
    },
  ];
  return [
    {
      node,
      path: ldirectordFilePath,
      mode: '0600',
      content: files.text,
      why: `the virtual servers of ${node} for ldirectord`,
    },
    ...scripts.flatMap(({ path, content, what }): PlanFile[] =>
      content === undefined
        ? []
        : [{ node, path, mode: '0755', content, why: `${what}, for ldirectord on ${node}` }],
    ),
  ];
}

function fatesFor({ configuration, files }: Served): RuleFate[] {
  const lost = lostLines(files);
  const blocks = configuration.directives.filter((bound) => !bound.verdict);
  const lines = blocks
    .filter((bound) => isOfServers(bound) && !isTls(bound))
    .flatMap((bound) => [...walkBound([bound])]);
  const settings = blocks.flatMap((root) => [root, ...root.children]).filter(isCheckerSetting);
  return [
    ...[...lost].flatMap(([directive, what]) =>
      fatesOf([directive], 'approximate', asSentence(what), wayOutOf(directive)),
    ),
    ...fatesOf(
      lines.filter((bound) => !lost.has(bound)),
      'equivalent',
      `ldirectord does the same, as ${ldirectordFilePath} says.`,
    ),
    ...settings.flatMap((bound) => settingFate(bound)),
    ...tlsFates(configuration),
  ];
}

/** The lines of a dropped block go with it; what is lost for itself says why. */
function lostLines({ losses }: LdirectordFiles): Map<BoundDirective, string> {
  const lost = new Map(losses.map(({ directive, what }) => [directive, what]));
  for (const { directive, what, whole } of losses) {
    if (!whole) continue;
    for (const line of walkBound([directive])) if (!lost.has(line)) lost.set(line, what);
  }
  return lost;
}

const backToKeepalived =
  'Where that matters to the service, translate without `--lvs ldirectord`: Keepalived goes on as before.';

const checkByCommand =
  'Where that matters, check all servers of the service with a command in MISC_CHECK, such as `curl --fail`, in place of this check; or translate without `--lvs ldirectord`, and Keepalived goes on as before.';

/** A command can ask for a page in any way; it must be the only kind of check that the servers share. */
function wayOutOf({ keywords }: BoundDirective): string {
  const isOfPage = keywords.some((keyword) => keyword === 'HTTP_GET' || keyword === 'SSL_GET');
  return isOfPage && keywords.includes('url') ? checkByCommand : backToKeepalived;
}

const noCertificate =
  'ldirectord shows no certificate of its own in a check, and verifies none of a server. A server that wants one fails the check and is taken out.';
const withoutCertificate =
  'Let such servers answer the checks without a certificate, check them with a command (MISC_CHECK with `curl --cert` in place of SSL_GET, for all servers of the service), or leave them to Keepalived: translate without --lvs ldirectord.';

/** The files with which SSL_GET checks identify themselves. */
function tlsFates(configuration: NodeConfiguration): RuleFate[] {
  const blocks = configuration.directives.filter((bound) => !bound.verdict && isTls(bound));
  const lines = [...walkBound(blocks)];
  if (usesTls(configuration)) return fatesOf(lines, 'manual', noCertificate, withoutCertificate);
  return fatesOf(lines, 'not-needed', 'It is for SSL_GET checks, and there is none.');
}

function usesTls({ virtualServers }: NodeConfiguration): boolean {
  return virtualServers.some(({ realServers }) =>
    realServers.some(({ checkers }) => checkers.some(({ kind }) => kind === 'SSL_GET')),
  );
}

function isTls({ keywords }: BoundDirective): boolean {
  return keywords[0] === 'SSL';
}

/** The program's name keeps its small letter. */
function asSentence(what: string): string {
  return what.startsWith('ldirectord') ? `${what}.` : `${what.charAt(0).toUpperCase()}${what.slice(1)}.`;
}

function settingFate(bound: BoundDirective): RuleFate[] {
  if (bound.directive.words[0].value !== 'lvs_timeouts')
    return fatesOf(
      [bound],
      'approximate',
      'It is a setting of the checkers of Keepalived, and ldirectord has none like it: it goes by its own default.',
      backToKeepalived,
    );
  return fatesOf(
    [bound],
    'manual',
    'Keepalived set the timeouts of connections in the kernel when it started; ldirectord does not.',
    'Set them at each boot of every node, from a systemd unit: `ipvsadm --set 900 120 300` with the seconds for tcp, tcpfin and udp; 0 leaves one as it is.',
  );
}

function isOfServers({ keywords: [keyword] }: BoundDirective): boolean {
  return keyword === 'virtual_server' || keyword === 'virtual_server_group' || keyword === 'SSL';
}

function isCheckerSetting(bound: BoundDirective): boolean {
  return bound.kind === 'keyword' && !isOfServers(bound) && dispositionOf(bound.keywords) === checkerSetting;
}

function diagnosticsFor({ configuration, files }: Served): Diagnostic[] {
  return [
    ...files.refused.map(({ directive, what }) =>
      report(pacemakerFindings.notForLdirectord, {
        summary: `ldirectord cannot serve this virtual_server: ${what}`,
        detail: 'Nobody would balance it after the migration.',
        at: directive.directive.span,
        help: 'leave it to Keepalived: translate without --lvs ldirectord',
      }),
    ),
    ...(configuration.sslClient && usesTls(configuration)
      ? [
          report(pacemakerFindings.lostOnLdirectord, {
            summary: 'ldirectord shows no certificate in a check',
            detail: 'A server that wants one of its clients fails the check, and is taken out.',
            at: configuration.sslClient.directive.directive.span,
            help: 'check such servers with a command (MISC_CHECK), or translate without --lvs ldirectord',
          }),
        ]
      : []),
    ...files.losses.map(({ directive, what }) =>
      report(pacemakerFindings.lostOnLdirectord, {
        summary: what,
        detail: 'The line has no counterpart in ldirectord.cf.',
        at: directive.directive.span,
        help: 'without --lvs ldirectord Keepalived goes on checking, and nothing changes',
      }),
    ),
  ];
}
