import type { Alert, Colocation, FencingLevel, Order } from '../pacemaker/plan.ts';
import { attributes, indent, pairs, type Quote, why } from './xml-lines.ts';
import { quoteXml } from './xml-text.ts';

export function colocationXml(colocation: Colocation): string[] {
  const { id, resource, with: other, score } = colocation;
  return [
    why(colocation),
    `<rsc_colocation${attributes({ id, rsc: resource, 'with-rsc': other, score: `${score}` })}/>`,
  ];
}

export function orderXml(order: Order): string[] {
  const { id, first, second, action, strength, symmetrical } = order;
  const before = attributes({ id, first, 'first-action': action });
  const options = { 'then-action': action, kind: strength, ...(!symmetrical && { symmetrical: 'false' }) };
  return [why(order), `<rsc_order${before} then=${quoteXml(second)}${attributes(options)}/>`];
}

export function levelXml(fencingLevel: FencingLevel): string[] {
  const { id, node, level, devices } = fencingLevel;
  const what = { id, target: node, index: `${level}`, devices: devices.join(',') };
  return [why(fencingLevel), `<fencing-level${attributes(what)}/>`];
}

/** An alert as lines; crmsh takes the same in its own quotes. */
export function alertLines({ id, path, options, recipients }: Alert, quote: Quote = quoteXml): string[] {
  return [
    `<alert${attributes({ id, path }, quote)}>`,
    ...indent(pairs('instance_attributes', `${id}-instance_attributes`, options, quote)),
    ...recipients.map((recipient) => `  <recipient${attributes(recipient, quote)}/>`),
    '</alert>',
  ];
}

export function alertXml(alert: Alert): string[] {
  return [why(alert), ...alertLines(alert)];
}
