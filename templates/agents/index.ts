import track from './track?raw';

/** The texts of the OCF agents that a migration installs, by name; each becomes the content of a file of the plan. */
export const agentText: Readonly<Record<'track', string>> = { track };

/** Where Pacemaker looks for `ocf:kp2pcm:NAME`. */
export function agentPath(name: keyof typeof agentText): string {
  return `/usr/lib/ocf/resource.d/kp2pcm/${name}`;
}
