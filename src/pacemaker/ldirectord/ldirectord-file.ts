import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import type { VirtualServer } from '../../keepalived/lvs-configuration.ts';
import { checkScript, quorumScript } from './command-scripts.ts';
import { type Loss, Losses } from './losses.ts';
import { mailLines } from './mail-lines.ts';
import { virtualSections } from './virtual-section.ts';

export const ldirectordFilePath = '/etc/ha.d/ldirectord-kp2pcm.cf';
export const checkScriptPath = '/usr/local/lib/kp2pcm/ldirectord-check';
export const quorumScriptPath = '/usr/local/lib/kp2pcm/ldirectord-quorum';

/** The files with which ldirectord serves what a configuration's checkers served. */
export interface LdirectordFiles {
  readonly text: string;
  readonly checkScript?: string;
  readonly quorumScript?: string;
  /** What it does differently. */
  readonly losses: readonly Loss[];
  /** Services that it cannot serve at all. */
  readonly refused: readonly Loss[];
}

/** `directives` are all of the node: its mail settings are among them. */
export function ldirectordFiles(
  servers: readonly VirtualServer[],
  directives: readonly BoundDirective[],
): LdirectordFiles {
  const [losses, refused] = [new Losses(), new Losses()];
  const mail = mailLines(directives);
  const surroundings = {
    checkCommand: checkScriptPath,
    quorumCommand: quorumScriptPath,
    mail: mail.section,
  };
  const sections = servers.flatMap((server) => virtualSections(server, surroundings, losses, refused) ?? []);
  const check = checkScript(
    servers.filter(({ realServers }) =>
      realServers.every(({ checkers }) => checkers.some(({ kind }) => kind === 'MISC_CHECK')),
    ),
  );
  const quorum = quorumScript(servers);
  return {
    text: `${[[head, ...mail.global].join('\n'), ...sections].join('\n\n')}\n`,
    ...(check !== undefined && { checkScript: check }),
    ...(quorum !== undefined && { quorumScript: quorum }),
    losses: losses.all,
    refused: refused.all,
  };
}

/** A process for each service, so that each has an interval of its own, and none waits for the servers of another. */
const head = `# The services that Keepalived balanced, written by kp2pcm.
fork=yes
autoreload=no`;
