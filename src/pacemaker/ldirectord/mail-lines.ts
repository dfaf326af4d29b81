import { argumentOf, type BoundDirective, childrenNamed } from '../../keepalived/bound-directive.ts';

/** Lines of a virtual section, and of the file's head, that send mail as Keepalived did; none where it sent none. */
export function mailLines(directives: readonly BoundDirective[]): {
  readonly global: readonly string[];
  readonly section: readonly string[];
} {
  const globals = directives.filter(({ keywords, verdict }) => !verdict && keywords.join() === 'global_defs');
  const children = globals.flatMap((block) => block.children);
  const lines = (keyword: string) => childrenNamed({ children }, keyword);
  const recipients = lines('notification_email')
    .flatMap((list) => list.children)
    .flatMap(({ directive }) => directive.words.map(({ value }) => value))
    .filter((address) => /^[^\s"#,]+$/.test(address));
  const last = (keyword: string) =>
    lines(keyword)
      .map((line) => argumentOf(line))
      .at(-1) ?? '';
  const server = last('smtp_server');
  if (recipients.length === 0 || !/^[0-9A-Za-z._+-]+$/.test(server)) return { global: [], section: [] };
  const from = last('notification_email_from');
  return {
    global: /^[^\s"#]+$/.test(from) ? [`emailalertfrom=${from}`] : [],
    section: [`emailalert="${recipients.join(', ')}"`, `smtp=${server}`],
  };
}
