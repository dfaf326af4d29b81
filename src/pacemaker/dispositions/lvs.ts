import { checkerFilePath } from '../checker-unit.ts';
import { type DispositionTable, equivalent, manual } from './disposition.ts';

/** A service of IPVS. Its address becomes a cluster resource with its instance; the balancing stays where it is. */
export const balancedService = equivalent(
  `It tells IPVS, the kernel's load balancer, how to distribute a service, and which servers to check. Keepalived goes on with that on every node, as a health checker without VRRP: the line stands in ${checkerFilePath}. With \`--lvs ldirectord\` it is translated for ldirectord instead.`,
);

/** A setting of the checker outside a virtual_server. */
export const checkerSetting = equivalent(
  `It is a setting of the LVS checker, in which Keepalived goes on: the line stands in ${checkerFilePath}. In a configuration without virtual_server it has no effect, and goes.`,
);

/** IPVS tells its connections to the node that takes over. */
export const connectionSync = manual(
  "Keepalived switched the kernel's IPVS connection synchronisation between sender and receiver as the instance changed state. Where Keepalived stays as the checker of virtual servers and is 2.1.5 or later, it runs both without an instance, as the line in its file says; otherwise open connections through IPVS break at a failover.",
  'Run sender and receiver on every node, which the kernel allows at the same time, from a systemd unit after network-online.target: `ipvsadm --start-daemon master --mcast-interface eth0 --syncid 1` and `ipvsadm --start-daemon backup --mcast-interface eth0 --syncid 1`, with the interface and the number of this line.',
);

/** virtual_server { }: everything in it that is not named here goes the way of the block. */
export const virtualServerDispositions: DispositionTable = {
  ha_suspend: equivalent(
    'Checks rest while the service address is not on this host. The checker hears from the kernel when the address comes and goes, whoever moves it.',
  ),
};
