import { argumentOf, type BoundDirective, entriesOf } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { VirtualAddress } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import type { Route, RoutingRule } from './routing-configuration.ts';
import { type RulePreferences, readRule } from './routing-rule.ts';
import { readVirtualAddress } from './virtual-address.ts';
import { readRoute } from './virtual-route.ts';

/** A track_group: instances that go to FAULT with the interface of a static entry. */
export interface TrackGroup {
  readonly name: string;
  readonly directive: BoundDirective;
  readonly members: readonly string[];
}

/** What exists on a node while its daemon runs, whatever its instances do. */
export interface StaticEntries {
  readonly trackGroups: readonly TrackGroup[];
  readonly staticAddresses: readonly VirtualAddress[];
  readonly staticRoutes: readonly Route[];
  readonly staticRules: readonly RoutingRule[];
}

export interface StaticContext {
  readonly log: ReadingLog;
  readonly preferences: RulePreferences;
}

/** Gathers the static entries in the order of the text: a track_group must stand above the entries that name it. */
export class StaticReader {
  private readonly trackGroups: TrackGroup[] = [];
  private readonly staticAddresses: VirtualAddress[] = [];
  private readonly staticRoutes: Route[] = [];
  private readonly staticRules: RoutingRule[] = [];
  private readonly context: StaticContext;

  constructor(context: StaticContext) {
    this.context = context;
  }

  /** Reads a block of the root; false where it is none of these. */
  read(block: BoundDirective): boolean {
    const { log } = this.context;
    const trackGroups = this.trackGroups.map(({ name }) => name);
    const keyword = block.directive.words[0].value;
    const entries = entriesOf({ children: [block] }, keyword);
    if (keyword === 'track_group') this.readTrackGroup(block);
    else if (keyword === 'static_ipaddress') {
      for (const entry of entries) {
        const address = readVirtualAddress(entry, { kind: 'static', trackGroups }, log);
        if (address) this.staticAddresses.push(address);
      }
    } else if (keyword === 'static_routes') {
      for (const entry of entries) {
        const route = readRoute(entry, log, trackGroups);
        if (route) this.staticRoutes.push(route);
      }
    } else if (keyword === 'static_rules') {
      for (const entry of entries) {
        const rule = readRule(entry, { ...this.context, trackGroups });
        if (rule) this.staticRules.push(rule);
      }
    } else return false;
    return true;
  }

  /** Members are looked up when everything is read: a group without any is removed, its entries stay. */
  settle(instances: ReadonlySet<string>): StaticEntries {
    const { trackGroups, staticAddresses, staticRoutes, staticRules } = this;
    return {
      trackGroups: trackGroups.map((group) => ({
        ...group,
        members: group.members.filter((name) => instances.has(name) || this.reportMember(group, name)),
      })),
      staticAddresses,
      staticRoutes,
      staticRules,
    };
  }

  private readTrackGroup(block: BoundDirective): void {
    const { log } = this.context;
    const name = argumentOf(block);
    const problem =
      block.directive.words.length !== 2
        ? 'a track_group has exactly one name'
        : this.trackGroups.some((other) => other.name === name)
          ? `there is a track_group ${name} already`
          : undefined;
    if (problem !== undefined) {
      log.ignore(block, `The daemon skips the block: ${problem}.`);
      log.warn(keepalivedFindings.skippedBlock, {
        summary: `this track_group is skipped: ${problem}`,
        detail: 'The daemon skips it as a whole.',
        at: block.directive.span,
        help: 'give it a name of its own',
      });
      return;
    }
    const lines = entriesOf(block, 'group');
    const members = lines.flatMap((line) => line.directive.words.map(({ value }) => value));
    this.trackGroups.push({ name, directive: block, members });
  }

  private reportMember({ name, directive }: TrackGroup, member: string): false {
    this.context.log.warn(keepalivedFindings.unknownMember, {
      summary: `track_group ${name} names ${member}, which is no vrrp_instance`,
      detail: 'The daemon ignores the name.',
      at: directive.directive.span,
      help: 'correct the name, or remove it',
    });
    return false;
  }
}
