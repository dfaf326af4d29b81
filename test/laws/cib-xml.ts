import type { Constraint, Plan, Resource } from '../../src/pacemaker/plan.ts';

type Pairs = Readonly<Record<string, string>>;

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The configuration section that pcs would make of a plan, without the half second that each of its commands takes.
 * A test holds it against what pcs really makes.
 */
export function configurationXml({ properties, resources, constraints, nodes }: Plan): string {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const grouped = resources.filter(({ kind }) => kind !== 'primitive').map((r) => resourceXml(r, byId));
  const settings = Object.fromEntries(properties.map(({ name, value }) => [name, value]));
  return [
    '<configuration>',
    `<crm_config>${pairsXml('cluster_property_set', 'cib-bootstrap-options', settings)}</crm_config>`,
    `<nodes>${nodes.map(({ name }) => `<node id="${name}" uname="${name}"/>`).join('')}</nodes>`,
    `<resources>${grouped.join('')}</resources>`,
    `<constraints>${constraints.map(constraintXml).join('')}</constraints>`,
    '</configuration>',
  ].join('\n');
}

function resourceXml(resource: Resource, byId: ReadonlyMap<string, Resource>): string {
  const { kind, id, meta } = resource;
  const own = pairsXml('meta_attributes', `${id}-meta_attributes`, meta);
  const inner = (name: string) => {
    const found = byId.get(name);
    return found ? resourceXml(found, byId) : '';
  };
  if (kind === 'group') return `<group id="${id}">${resource.members.map(inner).join('')}${own}</group>`;
  if (kind === 'clone') return `<clone id="${id}">${inner(resource.of)}${own}</clone>`;
  const [family, provider, type] = resource.agent.split(':');
  const attributes = pairsXml('instance_attributes', `${id}-instance_attributes`, resource.attributes);
  const operations = resource.operations.map(({ name, options }) => {
    const all = Object.entries({ interval: '0s', ...options }).map(
      ([key, value]) => ` ${key}="${escaped(value)}"`,
    );
    return `<op id="${id}-${name}" name="${name}"${all.join('')}/>`;
  });
  return (
    `<primitive id="${id}" class="${family}" provider="${provider}" type="${type}">` +
    `${attributes}${own}<operations>${operations.join('')}</operations></primitive>`
  );
}

function pairsXml(element: string, id: string, pairs: Pairs): string {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return '';
  const list = entries.map(
    ([name, value]) => `<nvpair id="${id}-${name}" name="${name}" value="${escaped(value)}"/>`,
  );
  return `<${element} id="${id}">${list.join('')}</${element}>`;
}

function constraintXml(constraint: Constraint): string {
  const { id, resource } = constraint;
  const head = `<rsc_location id="${id}" rsc="${resource}"`;
  if (constraint.kind === 'prefers') return `${head} node="${constraint.node}" score="${constraint.score}"/>`;
  if (constraint.kind === 'avoids') return `${head} node="${constraint.node}" score="-INFINITY"/>`;
  const { score, attribute, operation, value, node } = constraint;
  const there =
    node === undefined
      ? ''
      : `<expression id="${id}-rule-expr-1" attribute="#uname" operation="eq" value="${node}"/>`;
  return (
    `${head}><rule id="${id}-rule" score="${score}"${node === undefined ? '' : ' boolean-op="and"'}>` +
    `<expression id="${id}-rule-expr" attribute="${attribute}" operation="${operation}" value="${value}"/>${there}` +
    '</rule></rsc_location>'
  );
}
