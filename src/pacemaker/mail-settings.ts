import { type BoundDirective, childrenNamed, walkBound } from '../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';

/** An address, and the line that names it. */
export interface MailRecipient {
  readonly address: string;
  readonly from: BoundDirective;
}

/** What one node says about its mail. */
export interface MailSettings {
  readonly recipients: readonly MailRecipient[];
  readonly sender?: string;
  /** Host and, if it is said, port. */
  readonly server: readonly string[];
  readonly helo?: string;
  readonly routerId?: string;
  readonly keepsFaultsBack: boolean;
  /** All lines that shape the mail, entries included. */
  readonly lines: readonly BoundDirective[];
}

const keywords = [
  'notification_email',
  'notification_email_from',
  'smtp_server',
  'smtp_helo_name',
  'no_email_faults',
  'router_id',
];

/** Of each setting the last line counts. */
export function mailSettings({ directives }: NodeConfiguration): MailSettings {
  const globals = directives.filter(
    ({ keywords: own, verdict }) => !verdict && own.join('/') === 'global_defs',
  );
  const named = (keyword: string) => globals.flatMap((block) => childrenNamed(block, keyword));
  const wordsOf = (keyword: string) =>
    named(keyword)
      .at(-1)
      ?.directive.words.slice(1)
      .map(({ value }) => value) ?? [];
  const [sender] = wordsOf('notification_email_from');
  const [helo] = wordsOf('smtp_helo_name');
  const [routerId] = wordsOf('router_id');
  const entries = named('notification_email').flatMap(({ children }) =>
    children.filter(({ kind, verdict }) => kind === 'entry' && !verdict),
  );
  return {
    recipients: entries.flatMap((from) =>
      from.directive.words.map(({ value }) => ({ address: value, from })),
    ),
    ...(sender !== undefined && { sender }),
    server: wordsOf('smtp_server').slice(0, 2),
    ...(helo !== undefined && { helo }),
    ...(routerId !== undefined && { routerId }),
    keepsFaultsBack: named('no_email_faults').length > 0,
    lines: globals
      .flatMap((block) => [...walkBound(childrenNamed(block, ...keywords))])
      .filter(({ verdict }) => !verdict),
  };
}
