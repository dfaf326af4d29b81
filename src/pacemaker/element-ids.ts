/**
 * Makes the ids of the plan's elements: readable, stable, valid in XML, and never twice the same.
 * A second element of one name gets a number by order of appearance.
 */
export class ElementIds {
  private readonly taken = new Set<string>();
  /** Numbers below these are taken: thousands of names may differ in nothing that an id can hold. */
  private readonly next = new Map<string, number>();

  /** An id close to `wanted`. XML ids start with a letter or `_` and hold letters, digits, `-`, `_` and `.`. */
  take(wanted: string): string {
    const base = cleanId(wanted);
    for (let number = this.next.get(base) ?? 1; ; number++) {
      const id = number === 1 ? base : `${base}-${number}`;
      // pcs names a clone after its primitive, and ids differ in more than case only for people with good eyes.
      if (this.taken.has(id.toLowerCase())) continue;
      this.next.set(base, number + 1);
      this.taken.add(id.toLowerCase());
      this.taken.add(`${id}-clone`.toLowerCase());
      return id;
    }
  }
}

function cleanId(wanted: string): string {
  const clean = wanted.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^-+|-+$/g, '');
  // pcs makes ids of constraints that begin with `location-`.
  return /^(?!location-)[A-Za-z_]/i.test(clean) ? clean : `id-${clean}`.replace(/-$/, '');
}

/** A node attribute's name: letters, digits and `_` need no quoting in any dialect of pcs. */
export function attributeName(prefix: string, name: string): string {
  return `${prefix}_${name.replace(/[^A-Za-z0-9_]+/g, '_')}`;
}
