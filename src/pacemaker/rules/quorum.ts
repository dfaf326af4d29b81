import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { originAt, overrules } from '../companion-elements.ts';
import { fencingFindings } from '../fencing-findings.ts';
import type { ClusterSettings, Origin } from '../plan.ts';
import type { Rule, RuleContext } from '../rule.ts';

const name = 'quorum';

export const quorum: Rule = {
  name,
  sentence:
    'the number of nodes and the fencing decide the quorum policy: two without fencing behave as Keepalived did, more need a majority',
  apply(context) {
    const { policy, why, fidelity } = policyFor(context);
    const told = context.options.companion?.cluster.quorum;
    const chosen = context.options.quorum;
    const origin = originAt(name, fidelity, why, [chosen === undefined ? told?.at : undefined]);
    return {
      cluster: { quorumPolicy: policy, origins: { quorum: origin } },
      properties: [{ name: 'no-quorum-policy', value: policy, origin }],
      diagnostics: [
        ...(told && chosen !== undefined && chosen !== told.value ? [overrules('--quorum', told)] : []),
        ...(policy === 'ignore' && isFenced(context) ? [ignoredWithFencing(context)] : []),
      ],
    };
  },
};

interface Choice {
  readonly policy: ClusterSettings['quorumPolicy'];
  readonly why: string;
  readonly fidelity: Origin['fidelity'];
}

function isFenced({ options }: RuleContext): boolean {
  return options.companion?.fencing?.kind === 'devices' && options.fencing !== 'none';
}

function policyFor(context: RuleContext): Choice {
  const { cluster, options } = context;
  if (options.quorum !== undefined)
    return { policy: options.quorum, why: 'as chosen with --quorum', fidelity: 'approximate' };
  const told = options.companion?.cluster.quorum;
  if (told) return { policy: told.value, why: `as ${told.at.file} has it`, fidelity: 'approximate' };
  if (cluster.nodes.length > 2) {
    const why =
      'a majority is needed: a minority lets go of the addresses, where each VRRP node would have taken them';
    return { policy: 'stop', why, fidelity: 'approximate' };
  }
  if (!isFenced(context)) {
    const why = 'two nodes without fencing: a node alone serves, at boot too, as with Keepalived';
    return { policy: 'ignore', why, fidelity: 'equivalent' };
  }
  const why =
    'two nodes with fencing: the one that fences the other serves (two_node); after an outage of both, nothing runs until they have seen each other (wait_for_all)';
  return { policy: 'stop', why, fidelity: 'approximate' };
}

function ignoredWithFencing({ options }: RuleContext): Diagnostic {
  return report(fencingFindings.ignoredWithFencing, {
    summary: 'no-quorum-policy=ignore, and fencing is on',
    detail: 'In a divided cluster both parts fence each other.',
    at: options.quorum === undefined ? options.companion?.cluster.quorum?.at : undefined,
    help: 'leave the quorum policy out: with fencing it is stop',
  });
}
