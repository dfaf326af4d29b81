import type { Block, Directive } from '../../grammar/ast/nodes.ts';
import type { Body, DirectiveSpec, DirectiveTable } from '../../grammar/directives/spec.ts';
import type { BoundDirective } from './bound-directive.ts';

/** A block that the daemon is reading. */
export interface OpenBlock {
  readonly table: DirectiveTable;
  readonly body: Body;
  readonly spec?: DirectiveSpec;
  readonly path: string;
  readonly keywords: readonly string[];
  readonly children: BoundDirective[];
  /** The author's block that opened it; absent at the root. */
  block?: Block;
  /** Its `{` has not come yet. */
  awaitsBrace: boolean;
  /** A block of another process, out of which the VRRP process has counted its way: what is its own is at the root to it. */
  leftByVrrp?: boolean;
  /** The daemon skips the block as a whole, for this reason. */
  readonly skipped?: string;
  /** The } of this skipped block ends the block around it too. */
  readonly endsParent?: boolean;
  /** The daemon has met a word it does not know and read its `{` as its own. */
  spilled?: Directive;
}

export function isServer(spec: DirectiveSpec | undefined): boolean {
  return spec?.keyword === 'virtual_server' || spec?.keyword === 'real_server';
}

export function isOfAnotherProcess({ keywords }: OpenBlock): boolean {
  return !isOfVrrp(keywords[0] ?? '');
}

/** Root blocks that the VRRP process reads; it passes over all others by counting braces. */
export function isOfVrrp(keyword: string): boolean {
  return /^(?:vrrp_|static_|track_|garp_group$|linkbeat_interfaces$|interface_up_down_delays$)/.test(keyword);
}
