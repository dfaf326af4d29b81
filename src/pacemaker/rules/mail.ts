import { type BoundDirective, childrenNamed, walkBound } from '../../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import { readBoolean } from '../../keepalived/values.ts';
import { fatesOf, type Rule, type RuleFate } from '../rule.ts';

export const mail: Rule = {
  name: 'mail',
  sentence:
    'mail about changes of state was only sent where smtp_alert asked for it: elsewhere its settings mean nothing',
  apply({ cluster }) {
    return { fates: cluster.configurations.flatMap(unusedSettings) };
  },
};

const settings = ['notification_email', 'notification_email_from', 'smtp_server'];

/** The mail settings of a node whose instances send none; where they do, the disposition asks the operator for an alert. */
function unusedSettings({ directives, instances, syncGroups }: NodeConfiguration): RuleFate[] {
  const globals = directives.filter(
    ({ keywords, verdict }) => !verdict && keywords.join('/') === 'global_defs',
  );
  const asked = [
    ...globals.flatMap((block) => childrenNamed(block, 'smtp_alert', 'smtp_alert_vrrp')),
    ...[...instances, ...syncGroups].flatMap(({ directive }) => childrenNamed(directive, 'smtp_alert')),
  ];
  if (asked.some(isOn)) return [];
  const checks = directives.some(({ keywords }) => keywords[0] === 'virtual_server');
  const rest = checks
    ? ' Mail about real servers goes on where Keepalived stays as their checker, and so do these settings.'
    : '';
  const lines = globals.flatMap((block) => [...walkBound(childrenNamed(block, ...settings))]);
  return [
    ...fatesOf(
      lines.filter(({ verdict }) => !verdict),
      'not-needed',
      `No instance asks for mail with smtp_alert, so Keepalived sent none about its addresses.${rest}`,
    ),
    ...fatesOf(asked, 'not-needed', 'No mail was sent, and none is.'),
  ];
}

function isOn(line: BoundDirective): boolean {
  const reading = readBoolean(line);
  return 'value' in reading && reading.value;
}
