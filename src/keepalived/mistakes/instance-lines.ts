import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { argumentOf, argumentSpan, type BoundDirective, childrenNamed } from '../bound-directive.ts';
import { keepalivedFindings } from '../findings.ts';
import { parseIpAddress } from '../ip-address.ts';
import type { VrrpInstance } from '../node-configuration.ts';
import { sourceText } from '../word-text.ts';
import { mistakeFindings } from './findings.ts';

/** Lines of an instance that do something else than they say. */
export function instanceMistakes(instance: VrrpInstance): Diagnostic[] {
  return [
    ...interfaceName(instance),
    ...preemptionWords(instance),
    ...roundedInterval(instance),
    ...authentication(instance),
    ...unicastWithoutPeers(instance),
    ...ownInterface(instance),
  ];
}

function lastLine({ directive }: VrrpInstance, keyword: string): BoundDirective | undefined {
  return childrenNamed(directive, keyword).at(-1);
}

/** A name that no interface has. Whether one exists is not in the file, but these do nowhere. */
function interfaceName(instance: VrrpInstance): Diagnostic[] {
  const line = lastLine(instance, 'interface');
  const name = line ? argumentOf(line) : '';
  const alias = /^([^:/\s]+):\d+$/.exec(name)?.[1];
  const isAddress = parseIpAddress(name.split('/', 1)[0] ?? '') !== undefined;
  // The kernel would take such a name, and nobody gives it one.
  const hasSign = /[;,]$|^=|^['“‘].*['”’]$/.test(name);
  if (!line || (alias === undefined && !isAddress && !hasSign)) return [];
  const help = isAddress
    ? `name the interface instead: \`ip -br addr\` shows which one has ${name}`
    : 'name the interface; an alias is a label: write `label` behind the address';
  return [
    report(keepalivedFindings.fatalValue, {
      summary: `${name} is ${isAddress ? 'an address, not the name of an interface' : alias === undefined ? 'not the name of an interface' : 'an alias, not an interface'}`,
      detail: 'The daemon exits: `Non-existent interface specified in configuration`.',
      at: argumentSpan(line),
      help: hasSign ? 'name an interface of the network' : help,
      suggestion: alias === undefined ? undefined : { at: argumentSpan(line), text: alias },
    }),
  ];
}

/** `nopreempt off` is nopreempt: neither keyword takes a value. */
function preemptionWords({ directive }: VrrpInstance): Diagnostic[] {
  return childrenNamed(directive, 'nopreempt', 'preempt').flatMap((line) => {
    const [keyword, word] = line.directive.words;
    if (!word || !/^(?:off|no|false|0|on|yes|true|1)$/i.test(word.value)) return [];
    const isNo = /^(?:off|no|false|0)$/i.test(word.value);
    const meant = isNo ? (keyword.value === 'preempt' ? 'nopreempt' : 'preempt') : keyword.value;
    const text = sourceText(word);
    return [
      report(keepalivedFindings.surplusWords, {
        summary: `'${word.value}' after ${keyword.value} does not count`,
        detail: `${keyword.value} takes no value: the daemon ignores the word, without a message, and ${isNo ? 'does what the keyword says' : 'reads the keyword alone'}.`,
        at: line.directive.span,
        help: isNo ? `if it was meant to be off, write ${meant}` : 'remove the word',
        suggestion: text === undefined ? undefined : { at: line.directive.span, text: meant },
      }),
    ];
  });
}

function roundedInterval({ advertIntervalMs, version }: VrrpInstance): Diagnostic[] {
  const { from, value } = advertIntervalMs;
  if (!from || version.value !== 2) return [];
  const given = Number(argumentOf(from));
  if (!(given > 0) || given * 1000 === value) return [];
  const seconds = value / 1000;
  return [
    report(keepalivedFindings.valueNotUsed, {
      summary: `advert_int ${argumentOf(from)} is ${seconds} in VRRP version 2`,
      detail: `Version 2 has whole seconds: the daemon reports it and uses ${seconds}. So failover takes longer than meant.`,
      at: argumentSpan(from),
      help: `write ${seconds}, or use version 3 on all nodes`,
    }),
  ];
}

function authentication({ directive, version, strict, name }: VrrpInstance): Diagnostic[] {
  return childrenNamed(directive, 'authentication').flatMap((block) => {
    const lines = (keyword: string) => childrenNamed(block, keyword);
    const [type, password] = [lines('auth_type').at(-1), lines('auth_pass').at(-1)];
    const isSpoilt = block.children.some(
      ({ directive: line, verdict }) => verdict && /pass|auth/.test(line.words[0].value),
    );
    if ((!type && !password) || isSpoilt) return [];
    const kind = type && argumentOf(type);
    if (kind !== undefined && kind !== 'PASS' && kind !== 'AH') return [authType(type, kind)];
    const reason = strict
      ? 'strict mode does not support it'
      : version.value === 3
        ? 'VRRP version 3 does not support it'
        : !type
          ? 'auth_type is missing'
          : !password
            ? 'auth_pass is missing'
            : undefined;
    if (reason === undefined) return kind === 'AH' ? backupAtFirst(directive) : [];
    return [
      report(mistakeFindings.withoutEffect, {
        summary: `the authentication of ${name} is not used: ${reason}`,
        detail: type
          ? 'The daemon reports it and sends its adverts without authentication.'
          : 'The daemon sends its adverts without authentication, without a message.',
        at: block.directive.span,
        help: 'delete the block on all nodes; Pacemaker does not need it',
      }),
    ];
  });
}

function authType(line: BoundDirective | undefined, kind: string): Diagnostic {
  const upper = kind.toUpperCase();
  const isKnown = upper === 'PASS' || upper === 'AH';
  return report(keepalivedFindings.valueNotUsed, {
    summary: `auth_type ${kind} is neither PASS nor AH`,
    detail: 'The daemon reports it and sends its adverts without authentication.',
    at: line && argumentSpan(line),
    help: 'write PASS, in capitals; Pacemaker does not need it',
    suggestion: line && isKnown ? { at: argumentSpan(line), text: upper } : undefined,
  });
}

/** Measured with 2.2.7: these make it a unicast instance that has nobody to send to. */
function unicastWithoutPeers({ directive, unicastPeers, name }: VrrpInstance): Diagnostic[] {
  if (unicastPeers.length > 0 || childrenNamed(directive, 'unicast_fault_no_peer').length > 0) return [];
  const keywords = [
    'unicast_src_ip',
    'unicast_peer',
    'unicast_ttl',
    'check_unicast_src',
    'old_unicast_checksum',
  ];
  const [first] = childrenNamed(directive, ...keywords);
  if (!first) return [];
  return [
    report(mistakeFindings.unicastWithoutPeers, {
      summary: `${name} has ${first.directive.words[0].value}, but no peer: it uses multicast`,
      detail: 'The daemon reports it and sends its adverts to the multicast group.',
      at: first.directive.span,
      help: 'list the addresses of the other nodes in unicast_peer, or delete the line',
    }),
  ];
}

function ownInterface({ directive, interface: own }: VrrpInstance): Diagnostic[] {
  const entries = childrenNamed(directive, 'track_interface').flatMap(({ children }) => children);
  const entry = entries.find(({ directive: line }) => line.words[0].value === own.value);
  if (!entry) return [];
  const isOff = childrenNamed(directive, 'dont_track_primary').length > 0;
  const hasWeight = entry.directive.words.length > 1;
  return [
    report(mistakeFindings.withoutEffect, {
      summary: `track_interface ${own.value} has no effect: it is the instance's own interface`,
      detail: isOff
        ? 'The daemon reports the entry and ignores it. With dont_track_primary the interface is not tracked at all.'
        : `The daemon reports the entry and ignores it: it tracks the interface anyway${hasWeight ? ', and without a weight: when the link is down the instance is in FAULT' : ''}.`,
      at: entry.directive.span,
      help: isOff ? 'if it should be tracked, delete dont_track_primary' : 'delete the entry',
    }),
  ];
}

function backupAtFirst(directive: BoundDirective): Diagnostic[] {
  const line = childrenNamed(directive, 'state').find((state) => argumentOf(state) === 'MASTER');
  if (!line) return [];
  return [
    report(mistakeFindings.withoutEffect, {
      summary: 'state MASTER has no effect with auth_type AH',
      detail: 'The daemon reports it and starts as BACKUP: with AH a node must hear an advert first.',
      at: line.directive.span,
      help: 'write BACKUP, or delete the authentication on all nodes; Pacemaker does not need it',
    }),
  ];
}
