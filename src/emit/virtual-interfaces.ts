import type { Plan } from '../pacemaker/plan.ts';

/** What the scripts must know of interfaces that Keepalived has made for its addresses. */
export function virtualInterfacesOf({ instances, resources }: Plan) {
  const leaving = instances.flatMap(({ addresses }) =>
    addresses.flatMap(({ resource, leaves }) => (leaves ? [{ resource, kind: leaves }] : [])),
  );
  const vmacs = resources.flatMap((resource) =>
    resource.kind === 'primitive' && resource.agent === 'ocf:kp2pcm:vmac' ? [resource] : [],
  );
  const names = vmacs.flatMap(({ attributes, attributesOnNodes = [] }) =>
    [attributes, ...attributesOnNodes.map((one) => one.attributes)].flatMap((one) => one['interface'] ?? []),
  );
  return {
    leaving,
    dropsVmac: leaving.some(({ kind }) => kind === 'vmac'),
    vmacInterfaces: [...new Set(names)],
    hasVirtualMac: leaving.length > 0 || vmacs.length > 0,
  };
}
