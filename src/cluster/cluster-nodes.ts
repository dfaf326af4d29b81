import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import { addressKey, type IpAddress } from '../keepalived/ip-address.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';
import type { NodeInput } from '../translation.ts';
import type { ClusterNode } from './failover-cluster.ts';
import { clusterFindings } from './findings.ts';

/** The nodes that were given and, when there is only one, the peers that it knows of: at least one. */
export function clusterNodes(
  inputs: readonly NodeInput[],
  configurations: readonly NodeConfiguration[],
): Outcome<ClusterNode[]> {
  const given = inputs.map((input): ClusterNode => {
    const configuration = configurations.find(({ node }) => node === input.name);
    return {
      name: input.name,
      named: input.named,
      addresses: sources(configuration),
      file: configuration?.file ?? input.path,
    };
  });
  const [only] = configurations;
  if (inputs.length > 1 || !only) return { value: given, diagnostics: unknownPeers(configurations) };
  const peers = peerAddresses(only);
  const names = freeNames(given[0]?.name ?? '', Math.max(1, peers.length));
  const assumed = names.map((name, index): ClusterNode => {
    const address = peers[index];
    return { name, named: false, addresses: address ? [address.text] : [] };
  });
  return {
    value: [...given, ...assumed],
    diagnostics: only.instances.length > 0 ? [onlyOneNode(only, assumed)] : [],
  };
}

function sources(configuration: NodeConfiguration | undefined): string[] {
  const found = (configuration?.instances ?? []).flatMap(({ sourceAddress }) => sourceAddress.value ?? []);
  return unique(found).map((address) => address.text);
}

function peerAddresses(configuration: NodeConfiguration): IpAddress[] {
  return unique(
    configuration.instances.flatMap(({ unicastPeers }) => unicastPeers.map(({ address }) => address)),
  );
}

function unique(addresses: readonly IpAddress[]): IpAddress[] {
  return [...new Map(addresses.map((address) => [addressKey(address), address])).values()];
}

/** node2, node3 …, leaving out a name that is taken. */
function freeNames(taken: string, count: number): string[] {
  const names: string[] = [];
  for (let number = 2; names.length < count; number++) {
    const name = `node${number}`;
    if (name !== taken) names.push(name);
  }
  return names;
}

function onlyOneNode(configuration: NodeConfiguration, assumed: readonly ClusterNode[]): Diagnostic {
  const master = configuration.instances.some(({ state }) => state.value === 'MASTER');
  const [first] = configuration.instances;
  const names = assumed.map(({ name }) => name).join(', ');
  return report(clusterFindings.peersUnknown, {
    summary: `only ${configuration.file} is given: the names and priorities of its peers are not known`,
    detail: `The scripts assume ${assumed.length === 1 ? 'one peer' : `${assumed.length} peers`} (${names}), placed ${master ? 'directly below a MASTER and level with a BACKUP' : 'level with this node'}, and refuse to run until the names at their head resolve.`,
    ...(first && { at: first.directive.directive.span }),
    help: 'give the files of all nodes: kp2pcm lb1=lb1.conf lb2=lb2.conf',
  });
}

/** Peers that none of the given files has as a source; said only when every node tells its own source. */
function unknownPeers(configurations: readonly NodeConfiguration[]): Diagnostic[] {
  const known = new Set(
    configurations
      .flatMap(({ instances }) => instances.flatMap(({ sourceAddress }) => sourceAddress.value ?? []))
      .map(addressKey),
  );
  const complete = configurations.every(({ instances }) =>
    instances.every(({ sourceAddress }) => sourceAddress.value),
  );
  if (!complete) return [];
  const missing = new Map<string, Diagnostic>();
  for (const { instances, node } of configurations) {
    for (const { address, from } of instances.flatMap(({ unicastPeers }) => unicastPeers)) {
      const key = addressKey(address);
      if (known.has(key) || missing.has(key)) continue;
      const details = {
        summary: `the unicast peer ${address.text} of ${node} has no configuration here`,
        detail: 'The cluster would be set up without that node.',
        at: from.directive.span,
        help: 'give its file as well, or remove the peer if it is gone',
      };
      missing.set(key, report(clusterFindings.peerNotGiven, details));
    }
  }
  return [...missing.values()];
}
