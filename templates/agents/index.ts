import address from './address?raw';
import fifo from './fifo?raw';
import mail from './mail?raw';
import notify from './notify?raw';
import preemptDelay from './preempt-delay?raw';
import route from './route?raw';
import rule from './rule?raw';
import track from './track?raw';
import trackFile from './track-file?raw';
import trackProcess from './track-process?raw';
import vmac from './vmac?raw';

/** The agents `ocf:kp2pcm:NAME` that a migration installs. */
export type AgentName =
  | 'address'
  | 'fifo'
  | 'notify'
  | 'preempt-delay'
  | 'route'
  | 'rule'
  | 'track'
  | 'track-file'
  | 'track-process'
  | 'vmac';

/** Their texts, by name, and that of the alert `mail`; each becomes the content of a file of the plan. */
export const agentText: Readonly<Record<AgentName | 'mail', string>> = {
  address,
  fifo,
  mail,
  notify,
  'preempt-delay': preemptDelay,
  route,
  rule,
  track,
  'track-file': trackFile,
  'track-process': trackProcess,
  vmac,
};

/** Where Pacemaker looks for `ocf:kp2pcm:NAME`. */
export function agentPath(name: AgentName): string {
  return `/usr/lib/ocf/resource.d/kp2pcm/${name}`;
}

/** Beside the samples of Pacemaker's own alerts; hacluster must be able to run it. */
export const mailAlertPath = '/usr/share/pacemaker/alerts/kp2pcm-mail';
