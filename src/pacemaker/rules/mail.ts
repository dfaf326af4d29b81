import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { agentText, mailAlertPath } from '../../../templates/agents/index.ts';
import { type BoundDirective, childrenNamed, walkBound } from '../../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { readBoolean } from '../../keepalived/values.ts';
import { mailOfOtherStates } from '../dispositions/notification.ts';
import { pacemakerFindings } from '../findings.ts';
import { isWritable, type MailAcrossNodes, mailAcrossNodes } from '../mail-across-nodes.ts';
import { type MailRecipient, type MailSettings, mailSettings } from '../mail-settings.ts';
import { type NotifyOwner, notifyOwners } from '../notify-owners.ts';
import { ruleWords } from '../notify-resource.ts';
import type { Alert, PlanFile } from '../plan.ts';
import { fatesInWords, fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
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
    // The alert tells moves by the addresses.
    const owners = groups
      .filter(({ addresses }) => addresses.length > 0)
      .flatMap(notifyOwners)
      .filter(({ members }) => members.some(({ configured }) => configured.sendsMail));
    const mails = mailAcrossNodes(cluster, sending, owners);
    const isSent = owners.length > 0 && mails.recipients.length > 0;
    const followed = new Set(
      owners.flatMap(({ members }) => members.map(({ configured }) => configured.directive)),
    );
    const fates = [
      ...sending.flatMap((configuration) => sentFates(configuration, mails, followed)),
      ...idle.flatMap(unusedSettings),
    ];
    const diagnostics = [
      ...mails.unwritable.map(cannotBeKept),
      ...sending.flatMap((configuration) => withoutGroup(configuration, followed)),
      ...(isSent ? mails.lost.map(differsUnnamed) : []),
    ];
    if (!isSent) return { fates, diagnostics };
    return {
      alerts: [buildAlert(context, owners, sending, mails)],
      files: [alertFile],
      fates,
      diagnostics,
    };
  },
};

const alertFile: PlanFile = {
  path: mailAlertPath,
  mode: '0755',
  content: agentText.mail,
  why: 'alert that sends mail at changes of state',
};

function buildAlert(
  { ids, constraints }: RuleContext,
  owners: readonly NotifyOwner[],
  configurations: readonly NodeConfiguration[],
  { recipients, options: ofNodes }: MailAcrossNodes,
): Alert {
  const options = {
    watch: joinArguments(owners.flatMap(watchWords)),
    faults: joinArguments(faultWords(owners, constraints)),
    ...ofNodes,
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

const forwarding =
  'Let an address of plain letters forward to it, name that one in notification_email, and translate again.';

const noGroup = {
  fate: 'manual',
  reason:
    'It holds no address of its own, by which the alert would tell that it moves, so that no mail is sent about it.',
  wayOut: 'Nothing needs doing unless these mails are missed: then let what watches the hosts tell of it.',
} as const;
const noRecipient = {
  fate: 'manual',
  reason: 'This node sends no mail: none of its recipients can be written into the cluster’s configuration.',
  wayOut:
    'Name an address of plain letters in notification_email that forwards to them, and translate again.',
} as const;

/** `followed`: the instances and sync groups that a group of Pacemaker moves with. */
function sentFates(
  configuration: NodeConfiguration,
  { lost }: MailAcrossNodes,
  followed: ReadonlySet<BoundDirective>,
): RuleFate[] {
  const { instances, syncGroups } = configuration;
  const lines = alertLines(configuration);
  const asking = lines.filter(isOn);
  const unfollowed = new Set(
    [...instances, ...syncGroups]
      .filter(({ directive }) => !followed.has(directive))
      .flatMap(({ directive }) => childrenNamed(directive, 'smtp_alert')),
  );
  const settings = mailSettings(configuration);
  const nothing = [...instances, ...syncGroups].some(
    ({ smtpAlert, directive }) => smtpAlert.value && followed.has(directive),
  )
    ? settings.recipients.some(({ address }) => isWritable(address))
      ? undefined
      : noRecipient
    : noGroup;
  const silent = fatesOf(
    lines.filter((line) => !isOn(line)),
    'not-needed',
    'No mail was sent, and none is.',
  );
  if (nothing !== undefined)
    return [...fatesInWords(asking, nothing), ...silent, ...fatesInWords(settings.lines, nothing)];
  return [
    ...fatesOf(
      asking.filter((line) => !unfollowed.has(line)),
      'approximate',
      atMoves,
      mailOfOtherStates,
    ),
    ...fatesInWords(
      asking.filter((line) => unfollowed.has(line)),
      noGroup,
    ),
    ...silent,
    ...settings.lines.map((line) => settingFate(line, settings, lost)),
  ];
}

function settingFate(
  directive: BoundDirective,
  { recipients }: MailSettings,
  lost: readonly BoundDirective[],
): RuleFate {
  const own = recipients.filter(({ from }) => from === directive || directive.children.includes(from));
  const unwritten = own.filter(({ address }) => !isWritable(address)).map(({ address }) => address);
  if (unwritten.length > 0 && directive.children.length === 0)
    return {
      directive,
      fate: 'manual',
      reason: `The alert “mail” does not write to ${unwritten.join(', ')}: Pacemaker’s tools would change the address.`,
      wayOut: forwarding,
    };
  if (unwritten.length > 0)
    return {
      directive,
      fate: 'approximate',
      reason: `The alert “mail” writes to the others, not to ${unwritten.join(', ')}.`,
      wayOut: forwarding,
    };
  if (lost.includes(directive))
    return {
      directive,
      fate: 'approximate',
      reason:
        'The nodes differ here, and the alert “mail” cannot tell this one from the others: its name is not sure. It has what another node says, or the name of the node for router_id.',
      wayOut: 'Give the name of the node with its file, `lb1=lb1.conf`, and translate again.',
    };
  return {
    directive,
    fate: 'equivalent',
    reason: 'The alert “mail” has it, on each node its own: see smtp_alert.',
  };
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

function withoutGroup(
  { instances, syncGroups }: NodeConfiguration,
  followed: ReadonlySet<BoundDirective>,
): Diagnostic[] {
  return [...instances, ...syncGroups]
    .filter(({ smtpAlert, directive }) => smtpAlert.value && !followed.has(directive))
    .map(({ name: owner, directive }) =>
      report(pacemakerFindings.mailWithoutGroup, {
        summary: `no mail is sent about '${owner}'`,
        detail: 'It holds no address of its own, so that no group in Pacemaker moves with it.',
        at: directive.directive.span,
        help: 'let what watches the hosts tell of it',
      }),
    );
}

function differsUnnamed({ directive }: BoundDirective): Diagnostic {
  return report(pacemakerFindings.mailDiffersUnnamed, {
    summary: `'${directive.words[0].value}' of this node is not kept`,
    detail: 'The alert cannot tell this node from the others: its name is not sure.',
    at: directive.span,
    help: 'give the name of the node with its file: NAME=FILE',
  });
}

function cannotBeKept({ address, from }: MailRecipient): Diagnostic {
  return report(pacemakerFindings.recipientCannotBeKept, {
    summary: `'${address}' gets no mail`,
    detail: 'pcs or Pacemaker would change the address, so the alert does not have it.',
    at: from.directive.span,
    help: 'let an address of plain letters forward to it',
  });
}
