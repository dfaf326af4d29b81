import { report } from '../../../grammar/source/diagnostic.ts';
import { pacemakerFindings } from '../findings.ts';
import { originOf, type Rule } from '../rule.ts';

const name = 'fencing';

export const fencing: Rule = {
  name,
  sentence: 'Keepalived has no fencing: without a device it is switched off, and said so loudly',
  apply() {
    const why = 'no fencing device is known; without one and with fencing on, Pacemaker starts nothing';
    const origin = originOf(name, 'equivalent', why, []);
    return {
      cluster: { fencing: 'none', origins: { fencing: origin } },
      properties: [{ name: 'stonith-enabled', value: 'false', origin }],
      manualSteps: [
        {
          title: 'Decide on fencing',
          instruction:
            'Fencing is off, as it was with Keepalived: a node that hangs may keep the addresses while another takes them. If the nodes have IPMI, a hypervisor or a cloud interface, create a device with `pcs stonith create` and switch fencing on. With data on shared disks it is a must.',
          when: 'after',
          from: [],
        },
      ],
      diagnostics: [
        report(pacemakerFindings.fencingOff, {
          summary: 'the cluster is set up without fencing',
          detail:
            'Keepalived had none either. A node that is cut off may hold the addresses while another has taken them.',
          help: 'add a fencing device after the migration; before it, if data on shared disks depends on the addresses',
        }),
      ],
    };
  },
};
