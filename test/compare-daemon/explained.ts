import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { bitsOf, type Family } from '../../src/keepalived/ip-address.ts';
import type { ServerScript, VirtualServer } from '../../src/keepalived/lvs-configuration.ts';
import type {
  NodeConfiguration,
  NotifyScript,
  ScriptUser,
  TrackEntry,
  VirtualAddress,
  VrrpInstance,
} from '../../src/keepalived/node-configuration.ts';
import type { Route } from '../../src/keepalived/routing-configuration.ts';
import type { ReadFile } from './compare-file.ts';
import type { Difference } from './reading.ts';

/**
 * A way in which the project means to differ from the daemon that is asked, as a rule keepalived 2.2.7. Each must have a
 * configuration of the project's own that shows it: one that shows nowhere no longer applies and fails the test.
 */
export interface Explanation {
  readonly name: string;
  readonly why: string;
  /** The releases that it holds for; all if not said. */
  readonly applies?: (release: Release) => boolean;
  /** What the project would have understood without the deviation: differences that this removes are explained. */
  readonly adjust?: (configuration: NodeConfiguration) => NodeConfiguration;
  readonly explains?: (difference: Difference, read: ReadFile) => boolean;
}

/** Errors with which the project means to refuse what the daemon runs, or at least reads. */
const deliberate = {
  strayClose: ({ code }: Diagnostic) => code === 'KP040',
  includeLoop: ({ code }: Diagnostic) => code === 'KP012',
  prefixZero: ({ summary }: Diagnostic) => summary.endsWith('is not a prefix length'),
  vrrpNotStarted: ({ code }: Diagnostic) => code === 'KP121',
} as const;

/** The project refuses for this reason, and for no other than these. */
function refusedFor(reason: keyof typeof deliberate): NonNullable<Explanation['explains']> {
  const reasons = Object.values(deliberate);
  return ({ key, ours }, { errors }) =>
    key === 'verdict' &&
    ours === 'refused' &&
    errors.some(deliberate[reason]) &&
    errors.every((error) => reasons.some((isReason) => isReason(error)));
}

export const explanations: readonly Explanation[] = [
  {
    name: 'surplus closing brace',
    why: 'The daemon ignores it. Usually a block was closed earlier than its author meant, so the project refuses to guess.',
    explains: refusedFor('strayClose'),
  },
  {
    name: 'include loop',
    why: 'The daemon reads on until its file descriptors run out; the project cuts the loop and refuses.',
    explains: refusedFor('includeLoop'),
  },
  {
    name: 'definition loop',
    why: 'The daemon never ends; the project refuses.',
    explains: ({ key, daemon }, { errors }) =>
      key === 'verdict' && daemon === 'never ends' && errors.some(({ code }) => code === 'KP020'),
  },
  {
    name: 'prefix length 0 by mistake',
    why: 'The daemon reads /x as /0, which makes the whole world a local network; the project refuses.',
    explains: refusedFor('prefixZero'),
  },
  {
    name: 'instances behind a brace that is not closed',
    why: 'The daemon runs, but starts no process for VRRP; the project refuses.',
    explains: (difference, read) =>
      refusedFor('vrrpNotStarted')(difference, read) ||
      (difference.key !== 'verdict' && read.errors.some(deliberate.vrrpNotStarted)),
  },
  {
    name: 'unicast without an interface',
    why: 'Its manual allows it, but 2.2.7 asks for an interface before it has found out that the instance is unicast.',
    explains: ({ key, daemon }, { configuration }) =>
      key === 'verdict' &&
      daemon === 'refused' &&
      configuration.instances.some((instance) => instance.interface.value === undefined),
  },
  {
    name: 'crash of the daemon',
    why: 'A crash is a defect and no reading: 2.2.7 ends with a segmentation fault at a quote that a script line never closes.',
    explains: ({ key, daemon }) => key === 'verdict' && daemon === 'crashes',
  },
  {
    name: 'random number',
    why: 'The daemon draws a number at each start; the project takes the lowest.',
    explains: ({ ours, daemon }, { remarks }) =>
      remarks.some(({ code }) => code === 'KP023') &&
      ours.replace(/\d+/g, '0') === daemon.replace(/\d+/g, '0'),
  },
  {
    name: 'bare command of a user',
    why: '2.2 and 2.3 drop a script without a path that runs as another user than root, for want of a privilege that it has just given up; other releases look for the program first.',
    applies: (release) => isAtLeast(release, '2.2.0') && !isAtLeast(release, '2.4.0'),
    adjust: (configuration) => withoutScripts(configuration, isBareCommandOfUser),
  },
  {
    name: 'sync groups of one name',
    why: 'From 2.2.8 on the daemon keeps a second sync group of a name and mixes up the two; the project skips it.',
    applies: (release) => isAtLeast(release, '2.2.8'),
    explains: ({ key }, { remarks }) =>
      key.startsWith('sync group') &&
      remarks.some(({ summary }) => summary.startsWith('a second vrrp_sync_group')),
  },
  {
    name: 'include read twice without an end',
    why: '2.3.3 and 2.3.4 never come to the end of a configuration with an include that is not first on its line; the project reads its file once and says so.',
    applies: (release) => isAtLeast(release, '2.3.0') && !isAtLeast(release, '2.4.0'),
    explains: ({ key, daemon }, { remarks }) =>
      key === 'verdict' && daemon === 'never ends' && remarks.some(({ code }) => code === 'KP014'),
  },
  {
    name: 'entries behind a weighted one that is dropped',
    why: '2.1.5 drops the tracked entries behind one that it drops for its weight, in a sync group or of an address owner; no other release does.',
    applies: (release) => isAtLeast(release, '2.1.0') && !isAtLeast(release, '2.2.0'),
    explains: ({ key, daemon }) =>
      /^(?:instance .*: tracked|script )/.test(key) && /^$|^\(absent\)$/.test(daemon),
  },
  {
    name: 'sync groups that 2.1 left to the later one',
    why: 'In 2.1.5 the last of several sync groups has an instance that they share, and one with a single member is not dumped.',
    applies: (release) => isAtLeast(release, '2.1.0') && !isAtLeast(release, '2.2.0'),
    explains: ({ key }) => /^sync group |^instance .*: state$/.test(key),
  },
  {
    name: 'weighted interface of a member of a sync group',
    why: 'The daemon says that it ignores the weight and dumps 0, but the interface keeps it: when its link went down 2.2.7 changed the priority, and there was no FAULT.',
    explains: ({ key, ours, daemon }, { configuration }) => {
      const [, name] = /^instance (.*): tracked interface \S+$/.exec(key) ?? [];
      return (
        configuration.syncGroups.some(
          ({ members, countsMemberWeights }) =>
            !countsMemberWeights.value && members.some((member) => member === name),
        ) && daemon === ours.replace(/^weight -?\d+/, 'weight 0')
      );
    },
  },
  {
    name: 'addresses on a virtual interface',
    why: 'Up to 2.1 the dump names the virtual interface and not the one that it is made on.',
    applies: (release) => !isAtLeast(release, '2.2.0'),
    explains: ({ ours, daemon }, { text }) =>
      /^use_(?:vmac|ipvlan)/m.test(text) && ours.replace(/^dev \S+/, '') === daemon.replace(/^dev \S+/, ''),
  },
  {
    name: 'fewer addresses in an advert',
    why: 'Up to 2.2.4 fewer addresses fit; the others are held as excluded ones.',
    applies: (release) => !isAtLeast(release, '2.2.5'),
    explains: ({ key }, { configuration }) =>
      /address/.test(key) && configuration.instances.some(({ addresses }) => addresses.length > 80),
  },
  {
    name: 'virtual interface that is something else',
    why: 'The daemon gives up the name of a virtual interface that is there already and is none; the stage has every interface that a file names elsewhere.',
    explains: ({ key, ours }, { text }) => {
      const [, name = ''] = /^(?:vmac|ipvlan) (\S+)/.exec(ours) ?? [];
      return (
        key.endsWith(': virtual interface') && wordsBehind(text, ['dev', 'interface', 'oif']).includes(name)
      );
    },
  },
  {
    name: 'virtual routing domain',
    why: 'The daemon drops a route whose vrf is no such device; which devices a host has, the project cannot know.',
    adjust: (configuration) => {
      const withoutVrf = (routes: readonly Route[]) => routes.filter(({ vrf }) => vrf === undefined);
      return {
        ...configuration,
        staticRoutes: withoutVrf(configuration.staticRoutes),
        instances: configuration.instances.map((instance) => ({
          ...instance,
          virtualRoutes: withoutVrf(instance.virtualRoutes),
        })),
      };
    },
  },
  {
    name: 'account that cannot exist',
    why: 'No account has a name with a sign before it; which accounts a host has, the project cannot know.',
    adjust: (configuration) =>
      withoutScripts(
        configuration,
        ({ user }) => /^[-+]/.test(user?.user ?? '') || /^[-+]/.test(user?.group ?? ''),
      ),
  },
  {
    name: 'check without an address',
    why: 'Where connect_ip is no address, the daemon has none either, and prints what it printed before.',
    explains: ({ key, ours }) => key.endsWith(': Dest') && ours.startsWith('none '),
  },
  {
    name: 'checkers of a dropped real server',
    why: 'The daemon drops a real server of another family, but leaves its checkers to run on freed memory.',
    explains: ({ key }, { remarks }) =>
      key.startsWith('checker') && remarks.some(({ summary }) => droppedWithCheckers.test(summary)),
  },
  {
    name: 'firewall mark 0',
    why: 'To the daemon it is none, and it sets up a service of whatever address its memory holds.',
    explains: ({ key }, { configuration }) => {
      const number = Number(
        /^virtual server (\d+): (?:service|protocol|persistence timeout)$/.exec(key)?.[1],
      );
      const service = configuration.virtualServers[number - 1]?.service;
      return service?.kind === 'fwmark' && service.mark === 0;
    },
  },
  {
    name: 'more addresses than an advert holds',
    why: 'The daemon moves the surplus to the excluded ones, which are held all the same.',
    adjust: (configuration) => ({
      ...configuration,
      instances: configuration.instances.map((instance) => ({
        ...instance,
        addresses: asAdvertised(instance),
      })),
    }),
  },
];

function wordsBehind(text: string, keywords: readonly string[]): string[] {
  const pattern = new RegExp(`(?:^|\\s)(?:${keywords.join('|')})\\s+(\\S+)`, 'g');
  return [...text.matchAll(pattern)].map(([, word = '']) => word);
}
const droppedWithCheckers = /^real_server .* is left out: it is not of the virtual server's family$/;

type Call = Pick<NotifyScript, 'argv'> & { readonly user?: ScriptUser };

function isBareCommandOfUser({ argv, user }: Call): boolean {
  return user !== undefined && user.user !== 'root' && !(argv[0] ?? '').includes('/');
}

/** The configuration without the scripts that a daemon drops, and without what tracks them. */
function withoutScripts(
  configuration: NodeConfiguration,
  isDropped: (call: Call) => boolean,
): NodeConfiguration {
  const dropped = new Set(configuration.scripts.filter(isDropped).map(({ name }) => name));
  const without = <T extends { trackScripts: readonly TrackEntry[]; notifyScripts: readonly NotifyScript[] }>(
    holder: T,
  ): T => ({
    ...holder,
    trackScripts: holder.trackScripts.filter(({ name }) => !dropped.has(name)),
    notifyScripts: holder.notifyScripts.filter((script) => !isDropped(script)),
  });
  return {
    ...configuration,
    scripts: configuration.scripts.filter(({ name }) => !dropped.has(name)),
    instances: configuration.instances.map(without),
    syncGroups: configuration.syncGroups.map(without),
    virtualServers: configuration.virtualServers.map((server) => withoutCommands(server, isDropped)),
  };
}

function withoutCommands(server: VirtualServer, isDropped: (call: Call) => boolean): VirtualServer {
  const isGone = (script: ServerScript | undefined) => script !== undefined && isDropped(script);
  const { quorumUp, quorumDown, ...rest } = server;
  return {
    ...rest,
    ...(quorumUp && !isGone(quorumUp) && { quorumUp }),
    ...(quorumDown && !isGone(quorumDown) && { quorumDown }),
    realServers: server.realServers.map(({ notifyUp, notifyDown, checkers, ...real }) => ({
      ...real,
      ...(notifyUp && !isGone(notifyUp) && { notifyUp }),
      ...(notifyDown && !isGone(notifyDown) && { notifyDown }),
      checkers: checkers.filter((checker) => checker.kind !== 'MISC_CHECK' || !isDropped(checker)),
    })),
  };
}

/** What fits into a frame of 1500 bytes behind the headers, and 255 at most. */
function advertised(family: Family): number {
  const headers = family === 'ipv4' ? 14 + 20 + 8 + 8 : 14 + 40 + 8;
  return Math.min(255, Math.floor((1500 - headers) / (bitsOf(family) / 8)));
}

function asAdvertised({ addresses, family }: VrrpInstance): VirtualAddress[] {
  const listed = addresses.filter(({ excluded }) => !excluded);
  const limit = advertised(family);
  const surplus = listed.slice(limit).map((address) => ({ ...address, excluded: true }));
  return [...listed.slice(0, limit), ...addresses.filter(({ excluded }) => excluded), ...surplus];
}
