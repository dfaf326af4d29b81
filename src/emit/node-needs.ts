import { entryIn } from '../../grammar/source/table-entry.ts';
import type { Plan } from '../pacemaker/plan.ts';

/** An agent that is shipped and uses programs of another one's package. */
const relatives: Readonly<Record<string, string>> = {
  // send_arp and send_ua, which announce addresses.
  'ocf:kp2pcm:address': 'ocf:heartbeat:IPaddr2',
};

/** The agents that must be there already: not those that the plan installs. */
export function agentsOf({ resources, files }: Plan): string[] {
  const installed = new Set(files.map(({ path }) => path));
  const agents = resources.flatMap((resource) => {
    if (resource.kind !== 'primitive') return [];
    const relative = entryIn(relatives, resource.agent);
    return relative === undefined ? [resource.agent] : [resource.agent, relative];
  });
  return [...new Set(agents)].filter((agent) => {
    const [, provider, name] = agent.split(':');
    return !installed.has(`/usr/lib/ocf/resource.d/${provider}/${name}`);
  });
}

const toolsOfAgents: Readonly<Record<string, readonly string[]>> = {
  // Without them it reports the agent as not installed, whatever it is asked to look at.
  'ocf:heartbeat:ethmonitor': ['arping', 'bc'],
  'ocf:heartbeat:ldirectord': ['ldirectord', 'ipvsadm'],
  'ocf:kp2pcm:fifo': ['setpriv', 'setsid'],
  'ocf:kp2pcm:notify': ['attrd_updater', 'flock', 'logger', 'setpriv', 'setsid', 'timeout'],
  'ocf:kp2pcm:preempt-delay': ['attrd_updater', 'sed'],
  'ocf:kp2pcm:track': ['timeout', 'setpriv', 'attrd_updater'],
  'ocf:kp2pcm:track-file': ['attrd_updater', 'head', 'mktemp', 'tr'],
  'ocf:kp2pcm:track-process': ['attrd_updater', 'grep', 'od', 'tr'],
  'ocf:pacemaker:ping': ['ping'],
};

/** The programs that every node needs, in the order in which they are looked for. */
export function toolsOf({ resources }: Plan): string[] {
  const common = [
    'ip',
    'systemctl',
    'keepalived',
    'pcs',
    'corosync',
    'crm_resource',
    'crm_simulate',
    'cibadmin',
    'tar',
  ];
  const more = resources.flatMap((resource) =>
    resource.kind === 'primitive' ? toolsOfAgent(resource.agent) : [],
  );
  return [...new Set([...common, ...more])];
}

/** A fence agent is a program of its own. */
function toolsOfAgent(agent: string): readonly string[] {
  const [, device] = /^stonith:(fence_\w+)$/.exec(agent) ?? [];
  return device === undefined ? (entryIn(toolsOfAgents, agent) ?? []) : [device];
}
