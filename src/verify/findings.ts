import type { Finding } from '../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said about a verification, besides its result. */
export const verifyFindings = {
  toolMissing: finding(
    'KP422',
    'error',
    'a program that verify needs is not installed',
    'verify lets pcs build the configuration from the very commands of the migration and asks Pacemaker’s own scheduler what it does with it. Nothing stands in for these programs. On Debian and Ubuntu: apt-get install pcs pacemaker-cli-utils resource-agents; on Fedora and RHEL: dnf install pcs pacemaker-cli resource-agents. No cluster need run there, and root is not needed.',
  ),
  toolFailed: finding(
    'KP423',
    'error',
    'a program that verify runs has failed',
    'pcs refused a command of the migration, crm_verify the configuration that came of it, or crm_simulate gave no answer. If the commands are to blame, migrate.sh would stop at the same place, before anything is changed.',
  ),
  peersNotKnown: finding(
    'KP424',
    'error',
    'verify needs the configurations of all nodes',
    'An election cannot be foretold while the priorities of some nodes are not known. Give the files of all nodes: kp2pcm verify lb1=lb1.conf lb2=lb2.conf',
  ),
} as const;
