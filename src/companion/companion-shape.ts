import { entries, list, mapping, needed, optional } from './collection-shapes.ts';
import { type CompanionCluster, type CompanionNode, quorumPolicies } from './companion.ts';
import { fencing } from './fencing-shape.ts';
import { choice, text } from './scalar-shapes.ts';
import { services } from './service-shape.ts';
import { type JsonSchema, located, made, named, type Shape, said } from './shape.ts';
import { nodeNamePattern } from './texts.ts';

/** The rule of `pcs cluster setup`, as for --cluster-name. */
const clusterName = text({
  takes: '1 to 32 letters, digits, `_` and `-`, no `-` first',
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_-]{0,31}$/,
});

const milliseconds = made(
  text({ takes: 'a time from 100ms to 999s, with its unit', pattern: /^(?:[1-9]\d{2,5}ms|[1-9]\d{0,2}s)$/ }),
  (time) => (time.endsWith('ms') ? Number.parseInt(time, 10) : Number.parseInt(time, 10) * 1000),
);

const cluster: Shape<CompanionCluster> = named(
  'cluster',
  'The cluster',
  made(
    mapping({
      name: optional(
        located(clusterName),
        'Its name; `keepalived` if not said. --cluster-name overrules it.',
      ),
      token: optional(
        located(milliseconds),
        'After so long without a sign of life a node counts as lost; from advert_int if not said.',
      ),
      quorum: optional(
        located(choice(quorumPolicies)),
        'What a part of the cluster without a majority does; by the number of nodes and the fencing if not said. --quorum overrules it.',
      ),
    }),
    ({ name, token, quorum }) => said({ name, tokenMs: token, quorum }),
  ),
);

const address = text({ takes: 'an address or a host name', pattern: /^[A-Za-z0-9:][A-Za-z0-9:._-]*$/ });

const node = named(
  'node',
  'A node',
  mapping({
    addresses: needed(
      list(located(address)),
      'One for each link of the cluster’s own traffic, in the order of the links; instead of those from unicast_src_ip and unicast_peer.',
    ),
  }),
);

const nodes: Shape<readonly CompanionNode[]> = made(entries(nodeNamePattern, node), (read) =>
  read.map(({ name, value: { addresses } }) => ({ name, addresses })),
);

/** The whole file. */
export const companionShape = mapping({
  cluster: optional(cluster, 'What is decided when the cluster is made.'),
  nodes: optional(nodes, 'Addresses of the nodes, by their names.'),
  fencing: optional(
    fencing,
    'How a node that does not answer is made harmless; or `none`, where that is a decision.',
  ),
  services: optional(services, 'What follows the addresses, or runs on every node.'),
});

/** docs/companion.schema.json. */
export function companionSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:kp2pcm:companion:1',
    title: 'kp2pcm.yaml',
    description:
      'The companion file: what the migration needs and keepalived.conf does not know. Everything in it is optional.',
    ...companionShape.schema,
    $defs: companionShape.parts,
  };
}
