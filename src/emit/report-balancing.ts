import { checkerSecretFile } from '../keepalived/checker-file.ts';
import { checkerFilePath, checkerUnit } from '../pacemaker/checker-unit.ts';
import { ldirectordFilePath } from '../pacemaker/ldirectord/ldirectord-file.ts';
import type { Plan } from '../pacemaker/plan.ts';

/** What MIGRATION.md says of IPVS. */
export interface Balancing {
  readonly head: string;
  readonly points: readonly string[];
}

export function reportBalancing({ balancers = [] }: Plan): Balancing | null {
  const [first] = balancers;
  if (!first) return null;
  const nodes = balancers.map(({ node }) => node).join(', ');
  return first.keeper === 'keepalived' ? keptChecker(nodes) : ldirectord(nodes);
}

function keptChecker(nodes: string): Balancing {
  return {
    head: `Keepalived goes on checking and balancing on ${nodes}, without VRRP, as \`${checkerUnit}\` with ${checkerFilePath}. It does so on every one of these nodes at all times, as before: whoever gets the addresses finds the services there.`,
    points: [
      'No service pauses at the cutover: the checker of the old Keepalived is ended in a way that leaves its services in the kernel, and the new one finds them. What it knew of dead servers it learns again with its first checks.',
      `Changes of virtual servers go into ${checkerFilePath} on each node from now on, and count after \`systemctl reload ${checkerUnit}\`.`,
      'When Keepalived as a whole ended on the holder, its addresses moved to another node. Now systemd starts the checker again after 5 seconds, and the addresses stay; the kernel goes on balancing with what it knew last.',
      `Options that the daemon has in /etc/default/keepalived or /etc/sysconfig/keepalived are not those of \`${checkerUnit}\`: add what it shall have with \`systemctl edit\`. A password for a client certificate is read from ${checkerSecretFile}.`,
    ],
  };
}

function ldirectord(nodes: string): Balancing {
  return {
    head: `ldirectord checks and balances on ${nodes} in place of Keepalived, as a clone of the cluster with ${ldirectordFilePath}: on each of these nodes at all times, so that whoever gets the addresses finds the services there.`,
    points: [
      'The services stay in the kernel at the cutover: Keepalived ends in a way that leaves them there, and ldirectord finds them.',
      'A failure is noticed after the interval between checks times the failures in a row (checkinterval and failurecount), where Keepalived tried again after delay_before_retry.',
      'An address stays where it is if ldirectord fails there. To bind a group to it: `pcs constraint colocation add GROUP with ldirectord-clone`.',
      'It needs the package ldirectord on every node, with the Perl modules of the checks: libwww-perl for pages, libnet-dns-perl for DNS, libmailtools-perl for mail.',
    ],
  };
}
