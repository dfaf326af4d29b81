import type { ClusterSettings, Origin } from '../plan.ts';
import { originOf, type Rule, type RuleContext } from '../rule.ts';

const name = 'quorum';

export const quorum: Rule = {
  name,
  sentence:
    'the number of nodes decides the quorum policy: two behave as Keepalived did, more need a majority',
  apply(context) {
    const { policy, why, fidelity } = policyFor(context);
    const origin = originOf(name, fidelity, why, []);
    return {
      cluster: { quorumPolicy: policy, origins: { quorum: origin } },
      properties: [{ name: 'no-quorum-policy', value: policy, origin }],
    };
  },
};

interface Choice {
  readonly policy: ClusterSettings['quorumPolicy'];
  readonly why: string;
  readonly fidelity: Origin['fidelity'];
}

function policyFor({ cluster, options }: RuleContext): Choice {
  if (options.quorum !== undefined)
    return { policy: options.quorum, why: 'as chosen with --quorum', fidelity: 'approximate' };
  if (cluster.nodes.length <= 2) {
    const why = 'two nodes without fencing: a node alone serves, at boot too, as with Keepalived';
    return { policy: 'ignore', why, fidelity: 'equivalent' };
  }
  const why =
    'a majority is needed: a minority lets go of the addresses, where each VRRP node would have taken them';
  return { policy: 'stop', why, fidelity: 'approximate' };
}
