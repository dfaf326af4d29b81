import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';
import { type MailRecipient, type MailSettings, mailSettings } from './mail-settings.ts';
import type { NotifyOwner } from './notify-owners.ts';
import { joinArguments } from './script-arguments.ts';

/** The mail of all nodes as one alert has it: what most say, and where a node differs. */
export interface MailAcrossNodes {
  /** Whom any node writes to, each once. */
  readonly recipients: readonly MailRecipient[];
  /** Recipients that no alert can have. */
  readonly unwritable: readonly MailRecipient[];
  readonly options: Readonly<Record<string, string>>;
  /** Lines of nodes without a sure name, which the alert cannot follow there. */
  readonly lost: readonly BoundDirective[];
}

/** A node that sends mail, and what it says about it. */
interface Sender {
  readonly node: string;
  /** Without a sure name an alert cannot tell it from the others. */
  readonly named: boolean;
  readonly settings: MailSettings;
}

export function mailAcrossNodes(
  { nodes, configurations }: FailoverCluster,
  sending: readonly NodeConfiguration[],
  owners: readonly NotifyOwner[],
): MailAcrossNodes {
  const named = new Set(nodes.filter((node) => node.named).map(({ name }) => name));
  const senders = sending.map((configuration): Sender => {
    const { node } = configuration;
    return { node, named: named.has(node), settings: mailSettings(configuration) };
  });
  const all = [...oncePerAddress(senders.flatMap(({ settings }) => settings.recipients))];
  const recipients = all.filter(({ address }) => isWritable(address));
  const shaped = settings.map((setting) => ({ setting, ...across(senders, setting.wordsOf) }));
  const routerIds = senders.flatMap(({ node, settings: { routerId } }) =>
    routerId === undefined || routerId === node || !named.has(node) ? [] : [node, routerId],
  );
  const spared = senders.map((sender) => ({ sender, addresses: sparedBy(sender, recipients) }));
  const silent = configurations
    .map(({ node }) => node)
    .filter((node) => named.has(node))
    .flatMap((node) => silentOwners(node, owners));
  return {
    recipients,
    unwritable: all.filter(({ address }) => !isWritable(address)),
    options: {
      ...Object.fromEntries(
        shaped.flatMap(({ setting: { option }, usual, differing }) => [
          [option, joinArguments(usual)],
          [
            `${option}_of_nodes`,
            joinArguments(differing.flatMap(({ node, words }) => [node, joinArguments(words)])),
          ],
        ]),
      ),
      router_ids: joinArguments(routerIds),
      spared: joinArguments(
        spared.flatMap(({ sender, addresses }) =>
          sender.named ? addresses.flatMap((address) => [sender.node, address]) : [],
        ),
      ),
      silent: joinArguments(silent),
    },
    lost: [
      ...shaped.flatMap(({ setting: { keyword }, lost }) =>
        lost.flatMap((sender) => linesNamed(sender, keyword)),
      ),
      ...senders.flatMap((sender) => {
        const { routerId } = sender.settings;
        return sender.named || routerId === undefined ? [] : linesNamed(sender, 'router_id');
      }),
      ...spared.flatMap(({ sender, addresses }) =>
        sender.named || addresses.length === 0 ? [] : linesNamed(sender, 'notification_email'),
      ),
    ],
  };
}

/** pcs 0.11.5 breaks off at an apostrophe, and others keep no more than ASCII. */
export function isWritable(address: string): boolean {
  return /^[\w.!#$%&*+/=?^{|}~@-]+$/.test(address);
}

/** What shapes the mail, the option of the alert that has it, and its words on a node. */
const settings = [
  {
    keyword: 'notification_email_from',
    option: 'sender',
    wordsOf: ({ sender }: MailSettings) => (sender === undefined ? [] : [sender]),
  },
  { keyword: 'smtp_server', option: 'server', wordsOf: ({ server }: MailSettings) => server },
  {
    keyword: 'smtp_helo_name',
    option: 'helo',
    wordsOf: ({ helo }: MailSettings) => (helo === undefined ? [] : [helo]),
  },
  {
    keyword: 'no_email_faults',
    option: 'no_email_faults',
    wordsOf: ({ keepsFaultsBack }: MailSettings) => (keepsFaultsBack ? ['true'] : []),
  },
] as const;

/** A node without a sure name can only have what is usual: where there is one, the first such node says what that is. */
function across(senders: readonly Sender[], wordsOf: (settings: MailSettings) => readonly string[]) {
  const first = senders.find((sender) => !sender.named) ?? senders[0];
  const usual = first ? wordsOf(first.settings) : [];
  const differing = senders
    .map((sender) => ({ ...sender, words: wordsOf(sender.settings) }))
    .filter(({ words }) => words.length !== usual.length || words.some((word, at) => word !== usual[at]));
  return {
    usual,
    differing: differing.filter((sender) => sender.named),
    lost: differing.filter((sender) => !sender.named),
  };
}

function* oncePerAddress(recipients: readonly MailRecipient[]): Generator<MailRecipient> {
  const known = new Set<string>();
  for (const recipient of recipients) {
    if (!known.has(recipient.address)) yield recipient;
    known.add(recipient.address);
  }
}

/** Recipients of other nodes. */
function sparedBy({ settings: own }: Sender, recipients: readonly MailRecipient[]): string[] {
  const written = new Set(own.recipients.map(({ address }) => address));
  return recipients.map(({ address }) => address).filter((address) => !written.has(address));
}

/** What a node sends no mail about, though another does: node, type and name of each. */
function silentOwners(node: string, owners: readonly NotifyOwner[]): string[] {
  return owners.flatMap(({ type, name, members }) =>
    members.some((member) => member.node === node && !member.configured.sendsMail) ? [node, type, name] : [],
  );
}

function linesNamed({ settings: { lines } }: Sender, keyword: string): BoundDirective[] {
  return lines.filter(({ directive }) => directive.words[0].value === keyword);
}
