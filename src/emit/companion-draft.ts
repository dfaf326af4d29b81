import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import { visibleLine } from '../diagnostics/visible-text.ts';
import { type MentionedService, mentionedServices } from './service-mentions.ts';
import { wrapText } from './wrap-text.ts';
import { quoteYaml } from './yaml-text.ts';

const width = 100;

/**
 * A companion file of what the configurations show: the addresses of the nodes as they are known, and as proposals behind
 * a `#` a fencing device for each node and the services that scripts name. What it says does nothing that the
 * translation would not do without it.
 */
export function draftCompanion(cluster: FailoverCluster): string {
  const sources = cluster.configurations.map(({ file }) => file).join(', ');
  const sections = [
    prose(
      `kp2pcm.yaml: what the migration needs and keepalived.conf does not know. Made by kp2pcm init from ${sources}.`,
      'Everything in it is optional. Lines that begin with one # are proposals: take away the # and the blank behind it. docs/companion.md tells all keys.',
    ),
    clusterSection(),
    nodesSection(cluster),
    fencingSection(cluster),
    servicesSection(cluster),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function prose(...paragraphs: readonly string[]): string[] {
  return paragraphs.flatMap((text) => wrapText(visibleLine(text), width)).map((line) => `## ${line}`);
}

function proposal(lines: readonly string[]): string[] {
  return lines.map((line) => `# ${line}`);
}

function clusterSection(): string[] {
  return [
    ...prose('The name of the cluster, how soon a silent node counts as lost, and what a minority does.'),
    ...proposal(['cluster:', '  name: keepalived', '  token: 1500ms', '  quorum: stop']),
  ];
}

function nodesSection({ nodes }: FailoverCluster): string[] {
  const known = nodes.filter(({ addresses }) => addresses.length > 0);
  const head = prose(
    known.length > 0
      ? 'The addresses that the nodes send their adverts from. A second one for each node gives the cluster a second link.'
      : 'No address of the nodes is known, so that the cluster reaches them by their names. One for each link:',
  );
  if (known.length === nodes.length)
    return [...head, 'nodes:', ...nodes.flatMap(({ name, addresses }) => nodeLines(name, addresses))];
  const example = nodes.flatMap(({ name, addresses }, index) =>
    nodeLines(name, addresses.length > 0 ? addresses : [`192.0.2.${index + 1}`]),
  );
  return [...head, ...proposal(['nodes:', ...example])];
}

function nodeLines(name: string, addresses: readonly string[]): string[] {
  return [`  ${quoteYaml(name)}:`, `    addresses: [${addresses.map(quoteYaml).join(', ')}]`];
}

function fencingSection({ nodes }: FailoverCluster): string[] {
  const devices = nodes.flatMap(({ name }, index) => [
    `    ipmi-${index + 1}:`,
    '      kind: ipmi',
    `      nodes: ${quoteYaml(name)}`,
    '      parameters:',
    `        ip: "192.0.2.${101 + index}"`,
    '        username: cluster',
    `        password: { file: /root/ipmi-${index + 1} }`,
  ]);
  return [
    ...prose(
      'How a node that does not answer is made harmless. Keepalived has nothing of the kind; with data on shared disks it is a must. Other kinds: xvm, virsh, vmware, aws, azure, gce, sbd. Where going without is a decision, write fencing: none.',
    ),
    ...proposal(['fencing:', '  devices:', ...devices]),
  ];
}

function servicesSection(cluster: FailoverCluster): string[] {
  const { groups } = cluster;
  const mentioned = mentionedServices(cluster);
  const [first] = groups;
  if (mentioned.length === 0) {
    return [
      ...prose('Services that follow the addresses of an instance, or run on every node.'),
      ...proposal([
        'services:',
        `  ${freeName('web', namesOf(groups))}:`,
        `    follows: ${quoteYaml(first?.name ?? 'VI_1')}`,
        '    nginx: {}',
      ]),
    ];
  }
  return [
    ...prose(
      'Services that the scripts look after or start. Without these lines they stay what they are to Keepalived: something that is looked at. With them the cluster starts, watches and stops them; a check that asks for nothing else counts by needed-by from then on, which has its weight here.',
    ),
    ...proposal(['services:']),
    ...distinctNames(mentioned, groups).flatMap(({ id, service }) => serviceLines(id, service)),
  ];
}

/** A name of its own for each, as a resource can have it, and none of an instance. */
function distinctNames(services: readonly MentionedService[], groups: FailoverCluster['groups']) {
  const taken = namesOf(groups);
  return services.map((service) => {
    const base = service.unit
      .replace(/[^A-Za-z0-9_.-]/g, '-')
      .replace(/^(?![A-Za-z_])/, 's-')
      .slice(0, 50);
    return { id: freeName(base, taken), service };
  });
}

function namesOf(groups: FailoverCluster['groups']): Set<string> {
  return new Set(groups.map(({ name }) => name.toLowerCase()));
}

function freeName(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let number = 2; taken.has(id.toLowerCase()); number++) id = `${wanted}-${number}`;
  taken.add(id.toLowerCase());
  return id;
}

function serviceLines(id: string, service: MentionedService): string[] {
  const { unit, follows, neededBy, isAskedBesides, commands } = service;
  const needed = neededBy.map(({ name, score }) => `      ${quoteYaml(name)}: ${score}`);
  const place =
    follows === undefined
      ? ['    clone: true', ...(needed.length > 0 ? ['    needed-by:', ...needed] : [])]
      : [`    follows: ${quoteYaml(follows)}`];
  const places = commands.map(
    ({ text, from }) => `${from.directive.span.file}:${from.directive.span.line}: ${text}`,
  );
  return [
    ...places.flatMap((text) => prose(text)),
    ...(isAskedBesides
      ? prose('A check asks for more than that, or has another weight on each node: it goes on counting.')
      : []),
    ...(follows !== undefined && neededBy.length > 0
      ? prose(
          'A check wants it on every node, where it would run only with the addresses: take the check out.',
        )
      : []),
    ...proposal([`  ${id}:`, `    agent: ${quoteYaml(`systemd:${unit}`)}`, ...place]),
  ];
}
