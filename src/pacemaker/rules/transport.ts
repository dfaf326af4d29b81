import { childrenNamed, walkBound } from '../../keepalived/bound-directive.ts';
import type { VrrpInstance } from '../../keepalived/node-configuration.ts';
import type { TranslateOptions } from '../../translation.ts';
import { overrules } from '../companion-elements.ts';
import { fatesOf, originOf, type Rule, type RuleFate } from '../rule.ts';

const name = 'transport';

export const transport: Rule = {
  name,
  sentence: 'VRRP’s transport and passwords become Corosync’s addresses and encryption',
  apply({ cluster, options }) {
    const lines = cluster.configurations.flatMap(({ instances }) =>
      instances.map(({ sourceAddress }) => sourceAddress.from),
    );
    const told = options.companion?.cluster.name;
    const clusterName = options.clusterName ?? told?.value ?? 'keepalived';
    const origin = originOf(name, 'equivalent', whyNamed(options), lines);
    const overruled = told && options.clusterName !== undefined && options.clusterName !== told.value;
    return {
      cluster: { name: clusterName, origins: { name: origin } },
      diagnostics: overruled ? [overrules('--cluster-name', told)] : [],
      fates: cluster.configurations.flatMap(({ instances }) => instances.flatMap(instanceFates)),
    };
  },
};

function whyNamed({ clusterName, companion }: TranslateOptions): string {
  if (clusterName !== undefined) return 'as given on the command line';
  return companion?.cluster.name ? `as ${companion.file} has it` : 'the default; another with --cluster-name';
}

function instanceFates(instance: VrrpInstance): RuleFate[] {
  const { directive, sourceAddress, unicastPeers } = instance;
  const unicast = sourceAddress.from?.directive.words[0].value === 'unicast_src_ip';
  const ownAddress = unicast
    ? 'The node’s own address: Corosync uses it as the address of its link.'
    : 'The source of multicast adverts: proposed as the address of Corosync’s link.';
  const unusedSources = childrenNamed(directive, 'unicast_src_ip', 'mcast_src_ip').filter(
    (line) => line !== sourceAddress.from,
  );
  return [
    ...fatesOf([sourceAddress.from], 'equivalent', ownAddress),
    ...fatesOf(unusedSources, 'not-needed', 'Another source address of the instance counts.'),
    ...fatesOf(
      childrenNamed(directive, 'unicast_peer'),
      'equivalent',
      'The peers are the other nodes of the cluster.',
    ),
    ...fatesOf(
      unicastPeers.map(({ from }) => from),
      'equivalent',
      'The address of another node: Corosync talks to it.',
    ),
    ...authenticationFates(instance),
  ];
}

function authenticationFates({ directive }: VrrpInstance): RuleFate[] {
  const blocks = childrenNamed(directive, 'authentication', 'auth_hmac');
  return [...walkBound(blocks)]
    .filter(({ verdict }) => !verdict)
    .flatMap((line) =>
      fatesOf(
        [line],
        'not-needed',
        'Corosync encrypts and authenticates all its traffic with a key of its own; no password is carried over.',
      ),
    );
}
