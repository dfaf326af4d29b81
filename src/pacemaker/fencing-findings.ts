import type { Finding } from '../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said about fencing, quorum and the services of the companion file. */
export const fencingFindings = {
  dataWithoutFencing: finding(
    'KP360',
    'error',
    'data without fencing',
    'A service opens a disk, a file system or a database, and no fencing device is known. Pacemaker takes a silent node for dead and mounts the disk elsewhere; if the node only hung, both write, and the data is lost. Name fencing devices in the companion file. Where the risk is taken knowingly (the disk protects itself, or it is a test), say `fencing: none` there, or --fencing none.',
  ),
  nodeWithoutDevice: finding(
    'KP361',
    'error',
    'no device fences a node',
    'With fencing on, Pacemaker waits until a lost node has been cut off. Without a device for it, it waits for ever: what ran there stays down, where Keepalived would have taken it over.',
  ),
  deviceLacksParameter: finding(
    'KP362',
    'error',
    'a fencing device lacks a parameter',
    'The agent of this kind cannot work without it. docs/companion.md lists what each kind needs; the agent’s own page (pcs stonith describe) tells the rest.',
  ),
  ignoredWithFencing: finding(
    'KP363',
    'warning',
    'no-quorum-policy=ignore together with fencing',
    'Without a majority each part of a divided cluster fences the other: whoever is faster survives, and when both are, nobody does. With fencing leave the policy at stop; two nodes keep quorum by themselves (two_node).',
  ),
} as const satisfies Record<string, Finding>;
