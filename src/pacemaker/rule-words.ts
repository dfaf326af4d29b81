import type { NumberRange, RoutingRule } from '../keepalived/routing-configuration.ts';
import { hexadecimal, networkWord, valueWords } from './route-words.ts';
import { joinArguments } from './script-arguments.ts';

/** What follows `ip rule add` in ip-rule(8), so that the kernel gets what Keepalived gives it. Names stay names. */
export function ruleWords(rule: RoutingRule): string[] {
  const { source, destination, fwmark, realms } = rule;
  return [
    ...(rule.inverted ? ['not'] : []),
    'from',
    source?.address ? networkWord(source) : 'all',
    ...(destination?.address ? ['to', networkWord(destination)] : []),
    ...(rule.tos === undefined ? [] : ['tos', hexadecimal(rule.tos)]),
    ...(fwmark ? ['fwmark', markWord(fwmark)] : []),
    ...valueWords('iif', rule.incomingInterface),
    ...valueWords('oif', rule.outgoingInterface),
    ...rangeWords('uidrange', rule.userIds),
    ...valueWords('ipproto', rule.transport),
    ...rangeWords('sport', rule.sourcePorts),
    ...rangeWords('dport', rule.destinationPorts),
    ...valueWords('tun_id', rule.tunnelId),
    'priority',
    String(rule.preference),
    ...valueWords('protocol', rule.protocol),
    ...actionWords(rule),
    ...(realms ? ['realms', realms.join('/')] : []),
    ...valueWords('suppress_prefixlength', rule.suppressPrefixLength),
    ...valueWords('suppress_ifgroup', rule.suppressGroup),
  ];
}

/** A rule as the parameters of the shipped agent. */
export function ruleParameters(rule: RoutingRule): Record<string, string> {
  const { family } = rule;
  return { rule: joinArguments(ruleWords(rule)), ...(family === 'ipv6' && { family }) };
}

function actionWords({ action }: RoutingRule): string[] {
  if (action.kind === 'table') return ['table', String(action.table)];
  return action.kind === 'goto' ? ['goto', String(action.preference)] : [action.kind];
}

function markWord({ value, mask }: { readonly value: number; readonly mask?: number }): string {
  return mask === undefined ? hexadecimal(value) : `${hexadecimal(value)}/${hexadecimal(mask)}`;
}

function rangeWords(name: string, range: NumberRange | undefined): string[] {
  return range ? [name, `${range.low}-${range.high}`] : [];
}
