import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import type { Span } from '../../../grammar/source/span.ts';
import { companionFindings } from '../../companion/findings.ts';
import { originAt } from '../companion-elements.ts';
import { holdsData } from '../data-agents.ts';
import { buildDevices } from '../fence-devices.ts';
import { fencingFindings } from '../fencing-findings.ts';
import { pacemakerFindings } from '../findings.ts';
import type { Contribution, Rule, RuleContext } from '../rule.ts';

const name = 'fencing';

export const fencing: Rule = {
  name,
  sentence:
    'Keepalived has no fencing: the devices of the companion file become stonith resources; without one it is switched off, and said so loudly',
  apply(context) {
    const { fencing: wish } = context.options;
    const told = context.options.companion?.fencing;
    if (told?.kind !== 'devices') return withoutFencing(context, told?.at);
    if (wish !== 'none') return withDevices(context);
    const off = withoutFencing(context, told.at);
    const summary = '--fencing none leaves the fencing devices of the companion file out';
    const overruled = report(companionFindings.overruled, { summary, at: told.at });
    return { ...off, diagnostics: [...(off.diagnostics ?? []), overruled] };
  },
};

function withDevices(context: RuleContext): Contribution {
  const { resources, fencingLevels, secrets, uncovered, diagnostics, steps } = buildDevices(context, name);
  const at = context.options.companion?.fencing?.at;
  const why =
    'the companion file has a device for every node: a silent node is cut off before its addresses move';
  const origin = originAt(name, 'equivalent', why, [at]);
  return {
    cluster: { fencing: 'devices', origins: { fencing: origin } },
    properties: [{ name: 'stonith-enabled', value: 'true', origin }],
    resources,
    fencingLevels,
    secrets,
    manualSteps: steps,
    diagnostics: [...diagnostics, ...uncovered.map((node) => nodeUncovered(node, at))],
  };
}

function nodeUncovered(node: string, at: Span | undefined): Diagnostic {
  return report(fencingFindings.nodeWithoutDevice, {
    summary: `no fencing device of the companion file is for ${node}`,
    detail: `With fencing on, nothing that ran on ${node} is taken over when it falls silent.`,
    at,
    help: `name ${node} among the nodes of a device, or write fencing: none`,
  });
}

function withoutFencing({ options }: RuleContext, said: Span | undefined): Contribution {
  const why = 'no fencing device is known; without one and with fencing on, Pacemaker starts nothing';
  const origin = originAt(name, 'equivalent', why, [said]);
  const byName = said !== undefined || options.fencing === 'none';
  const data = (options.companion?.services ?? []).filter(holdsData);
  const unsafe = byName ? [] : data.map(({ name: service }) => dataWithoutFencing(service.value, service.at));
  return {
    cluster: { fencing: 'none', origins: { fencing: origin } },
    properties: [{ name: 'stonith-enabled', value: 'false', origin }],
    manualSteps: [
      {
        title: 'Decide on fencing',
        instruction:
          'Fencing is off, as it was with Keepalived: a node that hangs may keep the addresses while another takes them. If the nodes have IPMI, a hypervisor or a cloud interface, name the devices in kp2pcm.yaml (docs/companion.md), or create them afterwards with `pcs stonith create` and switch fencing on. With data on shared disks it is a must.',
        when: 'after',
        from: [],
      },
    ],
    diagnostics: [fencingOff(), ...unsafe],
  };
}

function fencingOff(): Diagnostic {
  return report(pacemakerFindings.fencingOff, {
    summary: 'the cluster is set up without fencing',
    detail:
      'Keepalived had none either. A node that is cut off may hold the addresses while another has taken them.',
    help: 'name fencing devices in kp2pcm.yaml, above all if data on shared disks depends on the addresses',
  });
}

function dataWithoutFencing(service: string, at: Span): Diagnostic {
  return report(fencingFindings.dataWithoutFencing, {
    summary: `${service} holds data, and the cluster has no fencing`,
    detail:
      'A node that hangs and comes back may write to a disk that another node has mounted meanwhile. That destroys the data.',
    at,
    help: 'name fencing devices; or, if you take the risk, say so: fencing: none in this file, or --fencing none',
  });
}
