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
    'pcs refused a command of the migration, crm_verify the configuration that came of it, or crm_simulate gave no answer. If the commands are to blame, migrate.sh would stop at the same place, before anything is changed. An agent or a unit that is not installed on this machine does not stop verify.',
  ),
  agentMissing: finding(
    'KP336',
    'note',
    'an agent is not installed here',
    'pcs knows nothing of the agent on this machine, and verify made it take the resource all the same (--force): where the addresses go does not hang on what is installed here. Names and values of its parameters were not looked at. The nodes need the agent, or the unit of systemd, before the migration; migrate.sh asks each of them.',
  ),
  peersNotKnown: finding(
    'KP424',
    'error',
    'verify needs the configurations of all nodes',
    'An election cannot be foretold while the priorities of some nodes are not known. Give the files of all nodes: kp2pcm verify lb1=lb1.conf lb2=lb2.conf',
  ),
} as const;
