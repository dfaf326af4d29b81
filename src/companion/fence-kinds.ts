/** A kind of fencing device by a short name. */
interface FenceKindRow {
  readonly agent: string;
  readonly what: string;
  /** Parameters that go without saying, unless they are said. */
  readonly presets: Readonly<Record<string, string>>;
  /** Those that the agent cannot do without (its metadata, and what its manual page asks for). */
  readonly needs: readonly string[];
}

/** The names of the parameters are those of fence-agents 4.3 and later: `ip`, not `ipaddr`. */
export const fenceKinds = {
  ipmi: {
    agent: 'fence_ipmilan',
    what: 'IPMI 2.0, and what speaks it: iLO, iDRAC, XCC',
    presets: { lanplus: '1' },
    needs: ['ip'],
  },
  xvm: {
    agent: 'fence_xvm',
    what: 'a virtual machine of libvirt, through fence_virtd on its host',
    presets: {},
    needs: [],
  },
  virsh: {
    agent: 'fence_virsh',
    what: 'a virtual machine of libvirt, through ssh to its host',
    presets: {},
    needs: ['ip', 'username'],
  },
  vmware: {
    agent: 'fence_vmware_rest',
    what: 'a virtual machine of VMware, through the REST interface of vCenter',
    presets: { ssl: '1' },
    needs: ['ip', 'username'],
  },
  aws: { agent: 'fence_aws', what: 'an instance of Amazon EC2', presets: {}, needs: ['region'] },
  azure: {
    agent: 'fence_azure_arm',
    what: 'a virtual machine of Azure',
    presets: {},
    needs: ['resourceGroup', 'subscriptionId'],
  },
  gce: {
    agent: 'fence_gce',
    what: 'an instance of Google Compute Engine',
    presets: {},
    needs: ['zone', 'project'],
  },
  sbd: {
    agent: 'fence_sbd',
    what: 'a disk that the nodes share, and the watchdog of each',
    presets: {},
    needs: ['devices'],
  },
} as const satisfies Readonly<Record<string, FenceKindRow>>;

export type FenceKind = keyof typeof fenceKinds;
