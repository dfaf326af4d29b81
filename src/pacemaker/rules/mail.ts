import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { agentText, mailAlertPath } from '../../../templates/agents/index.ts';
import { type BoundDirective, childrenNamed, walkBound } from '../../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { readBoolean } from '../../keepalived/values.ts';
import { pacemakerFindings } from '../findings.ts';
import { type MailSettings, mailSettings } from '../mail-settings.ts';
import { type NotifyOwner, notifyOwners } from '../notify-owners.ts';
import { ruleWords } from '../notify-resource.ts';
import type { Alert, PlanFile } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { joinArguments } from '../script-arguments.ts';

const name = 'mail';

export const mail: Rule = {
  name,
  sentence:
    'smtp_alert becomes an alert that sends the mail; where nothing asks for mail its settings mean nothing',
  apply(context) {
    const { cluster, groups } = context;
    const sending = cluster.configurations.filter((configuration) => sends(configuration));
    const idle = cluster.configurations.filter((configuration) => !sending.includes(configuration));
    const owners = groups
      .flatMap(notifyOwners)
      .filter(({ members }) => members.some(({ configured }) => configured.sendsMail));
    const recipients = recipientsOf(sending);
    const fates = [...sending.flatMap(sentFates), ...idle.flatMap(unusedSettings)];
    if (owners.length === 0 || recipients.plain.length === 0) return { fates };
    return {
      alerts: [buildAlert(context, owners, sending, recipients.plain)],
      files: [alertFile],
      fates,
      diagnostics: recipients.other.map(cannotBeKept),
    };
  },
};

const alertFile: PlanFile = {
  path: mailAlertPath,
  mode: '0755',
  content: agentText.mail,
  why: 'alert that sends mail at changes of state',
};

type Recipient = MailSettings['recipients'][number];

/** Whom any node writes to, each once. pcs 0.11.5 breaks off at an apostrophe, and others keep no more than ASCII. */
function recipientsOf(configurations: readonly NodeConfiguration[]) {
  const known = new Map<string, Recipient>();
  for (const recipient of configurations.flatMap((configuration) => mailSettings(configuration).recipients))
    if (!known.has(recipient.address)) known.set(recipient.address, recipient);
  const isPlain = ({ address }: Recipient) => /^[\w.!#$%&*+/=?^{|}~@-]+$/.test(address);
  const all = [...known.values()];
  return { plain: all.filter(isPlain), other: all.filter((recipient) => !isPlain(recipient)) };
}

function buildAlert(
  { ids, constraints, cluster }: RuleContext,
  owners: readonly NotifyOwner[],
  configurations: readonly NodeConfiguration[],
  recipients: readonly Recipient[],
): Alert {
  const settings = configurations.map((configuration) => ({
    node: configuration.node,
    ...mailSettings(configuration),
  }));
  const first = <Value>(values: readonly (Value | undefined)[]) =>
    values.find((value) => value !== undefined);
  const named = new Set(cluster.nodes.filter((node) => node.named).map(({ name: node }) => node));
  const routerIds = settings.flatMap(({ node, routerId }) =>
    routerId === undefined || routerId === node || !named.has(node) ? [] : [node, routerId],
  );
  const sender = first(settings.map((own) => own.sender));
  const helo = first(settings.map((own) => own.helo));
  const options = {
    watch: joinArguments(owners.flatMap(watchWords)),
    faults: joinArguments(faultWords(owners, constraints)),
    sender: joinArguments(sender === undefined ? [] : [sender]),
    server: joinArguments(settings.find(({ server }) => server.length > 0)?.server ?? []),
    helo: joinArguments(helo === undefined ? [] : [helo]),
    router_ids: joinArguments(routerIds),
    no_email_faults: settings.some(({ keepsFaultsBack }) => keepsFaultsBack) ? 'true' : '',
  };
  return {
    id: ids.take('mail'),
    path: mailAlertPath,
    options: Object.fromEntries(Object.entries(options).filter(([, value]) => value !== '')),
    recipients: recipients.map(({ address }) => ({ id: ids.take('mail-recipient'), value: address })),
    origin: originOf(name, 'approximate', 'sends mail when a group starts or stops on a node', [
      ...configurations.flatMap(alertLines).filter(isOn),
      ...recipients.map(({ from }) => from),
    ]),
  };
}

/** The address that is gone last and the one that comes last, and who changes its state with them. */
function watchWords({ group, type, name: owner }: NotifyOwner): string[] {
  const [first, last] = [group.addresses[0], group.addresses.at(-1)];
  return first && last ? [first.id, last.id, type, owner] : [];
}

function faultWords(owners: readonly NotifyOwner[], constraints: RuleContext['constraints']): string[] {
  const groups = new Map(owners.map(({ group }) => [group.id, group]));
  return [...groups.values()].flatMap(({ id, addresses }) =>
    constraints
      .filter(
        (rule) =>
          rule.resource === id &&
          rule.kind === 'rule' &&
          rule.score === '-INFINITY' &&
          rule.node === undefined,
      )
      .flatMap((rule) => [addresses[0]?.id ?? '', ...ruleWords(rule, '').slice(0, 3)]),
  );
}

function globalsOf({ directives }: NodeConfiguration): BoundDirective[] {
  return directives.filter(({ keywords, verdict }) => !verdict && keywords.join('/') === 'global_defs');
}

/** Every line that asks for mail, or says that none is wanted. */
function alertLines(configuration: NodeConfiguration): BoundDirective[] {
  const { instances, syncGroups } = configuration;
  return [
    ...globalsOf(configuration).flatMap((block) => childrenNamed(block, 'smtp_alert', 'smtp_alert_vrrp')),
    ...[...instances, ...syncGroups].flatMap(({ directive }) => childrenNamed(directive, 'smtp_alert')),
  ];
}

/** Without a recipient Keepalived sends none either. */
function sends(configuration: NodeConfiguration): boolean {
  const { instances, syncGroups } = configuration;
  const wanted = [...instances, ...syncGroups].some(({ smtpAlert }) => smtpAlert.value);
  return wanted && mailSettings(configuration).recipients.length > 0;
}

const atMoves =
  'The alert “mail” sends it from the node where the group starts (MASTER) or stops (BACKUP, FAULT, Stopping), one for each recipient. There is none about BACKUP when a node comes up, or about FAULT on a node that does not hold the group.';

function sentFates(configuration: NodeConfiguration): RuleFate[] {
  const lines = alertLines(configuration);
  return [
    ...fatesOf(lines.filter(isOn), 'approximate', atMoves),
    ...fatesOf(
      lines.filter((line) => !isOn(line)),
      'not-needed',
      'No mail was sent, and none is.',
    ),
    ...fatesOf(mailSettings(configuration).lines, 'equivalent', 'The alert “mail” has it: see smtp_alert.'),
  ];
}

/** The mail settings of a node whose instances send none. */
function unusedSettings(configuration: NodeConfiguration): RuleFate[] {
  const checks = configuration.directives.some(({ keywords }) => keywords[0] === 'virtual_server');
  const rest = checks
    ? ' Mail about real servers goes on where Keepalived stays as their checker, and so do these settings.'
    : '';
  const settings = ['notification_email', 'notification_email_from', 'smtp_server'];
  const lines = globalsOf(configuration).flatMap((block) => [
    ...walkBound(childrenNamed(block, ...settings)),
  ]);
  const asked = alertLines(configuration);
  const reason = asked.some(isOn)
    ? 'Keepalived sent no mail about its addresses: nobody is named in notification_email.'
    : 'No instance asks for mail with smtp_alert, so Keepalived sent none about its addresses.';
  return [
    ...fatesOf(
      lines.filter(({ verdict }) => !verdict),
      'not-needed',
      `${reason}${rest}`,
    ),
    ...fatesOf(asked.filter(isOn), 'not-needed', reason),
    ...fatesOf(
      asked.filter((line) => !isOn(line)),
      'not-needed',
      'No mail was sent, and none is.',
    ),
  ];
}

function isOn(line: BoundDirective): boolean {
  const reading = readBoolean(line);
  return 'value' in reading && reading.value;
}

function cannotBeKept({ address, from }: Recipient): Diagnostic {
  return report(pacemakerFindings.recipientCannotBeKept, {
    summary: `'${address}' gets no mail`,
    detail: 'pcs or Pacemaker would change the address, so the alert does not have it.',
    at: from.directive.span,
    help: 'let an address of plain letters forward to it',
  });
}
