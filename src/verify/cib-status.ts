/** The status section of a CIB, as text: what the scheduler is told of nodes and their attributes. */

export type Attributes = Readonly<Record<string, string>>;

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A CIB with all nodes up, nothing running yet, and these attributes. */
export function withNodes(cib: string, attributes: ReadonlyMap<string, Attributes>): string {
  const nodes = [...attributes].map(([node, own]) => nodeState(node, own)).join('');
  const names = [...attributes.keys()].map(
    (node) => `<node id="${escaped(node)}" uname="${escaped(node)}"/>`,
  );
  return cib
    .replace(/ have-quorum="[^"]*"/, '')
    .replace(/<cib /, '<cib have-quorum="1" ')
    .replace(/<nodes(?:\/>|>[\s\S]*?<\/nodes>)/, () => `<nodes>${names.join('')}</nodes>`)
    .replace(/<status(?:\/>|>[\s\S]*?<\/status>)/, () => `<status>${nodes}</status>`);
}

/**
 * A node that comes back. The scheduler keeps a dead node's history in the file, with which its resources would be up there
 * still; a real cluster erases it.
 */
export function withReturned(cib: string, node: string, attributes: Attributes): string {
  return cib.replace(stateOf(node), () => nodeState(node, attributes));
}

/** New values of a node's attributes. */
export function withAttributes(cib: string, node: string, attributes: Attributes): string {
  return cib.replace(stateOf(node), (state) =>
    state
      .replace(/\s*<transient_attributes[\s\S]*?<\/transient_attributes>/, '')
      .replace('</node_state>', () => `${transient(node, attributes)}</node_state>`),
  );
}

function stateOf(node: string): RegExp {
  const name = escaped(node).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Lazy, or the slash of an element without content goes to the wrong side, and the next node with it.
  return new RegExp(`<node_state [^>]*uname="${name}"[^>]*?(?:/>|>[\\s\\S]*?</node_state>)`);
}

function nodeState(node: string, attributes: Attributes): string {
  const id = escaped(node);
  const state = 'in_ccm="true" crmd="online" join="member" expected="member"';
  const lrm = `<lrm id="${id}"><lrm_resources/></lrm>`;
  return `<node_state id="${id}" uname="${id}" ${state}>${lrm}${transient(node, attributes)}</node_state>`;
}

function transient(node: string, attributes: Attributes): string {
  const id = escaped(node);
  const pairs = Object.entries(attributes).map(
    ([name, value]) =>
      `<nvpair id="status-${id}-${name.replace(/[^\w.-]/g, '.')}" name="${name}" value="${escaped(value)}"/>`,
  );
  const list = `<instance_attributes id="status-${id}">${pairs.join('')}</instance_attributes>`;
  return `<transient_attributes id="${id}">${list}</transient_attributes>`;
}
