export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const comment = /<!--[\s\S]*?-->/g;
const tag = /<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads the elements of an XML document as Pacemaker's programs write it: no text, no CDATA, no processing of types. */
export function parseXml(text: string): XmlElement {
  const root = { name: '', attributes: {}, children: [] as XmlElement[] };
  const open: { readonly name: string; readonly children: XmlElement[] }[] = [root];
  for (const [, closes, name = '', words = '', empty] of text.replace(comment, '').matchAll(tag)) {
    if (closes) {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
      continue;
    }
    const attributes = Object.fromEntries(
      [...words.matchAll(attribute)].map(([, key = '', a, b]) => [key, decode(a ?? b ?? '')]),
    );
    const element = { name, attributes, children: [] as XmlElement[] };
    open.at(-1)?.children.push(element);
    if (!empty) open.push(element);
  }
  const [element] = root.children;
  if (!element || open.length !== 1) throw new Error('not one whole element');
  return element;
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return named[name] ?? whole;
  });
}

/** All elements of a name, at any depth, in document order. */
export function elementsOf(root: XmlElement, name: string): XmlElement[] {
  return root.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...elementsOf(child, name),
  ]);
}

/** The name-value pairs in an element's own `nvpair` lists of a kind: `instance_attributes`, `meta_attributes`. */
export function pairsOf(element: XmlElement, list: string): Record<string, string> {
  const pairs = element.children
    .filter(({ name }) => name === list)
    .flatMap(({ children }) => children)
    .filter(({ name }) => name === 'nvpair');
  return Object.fromEntries(
    pairs.map(({ attributes }) => [attributes['name'] ?? '', attributes['value'] ?? '']),
  );
}
