/** What the role's variables are made of, with comments above items of lists. */
export type Value = string | readonly Item[] | Fields;
export interface Fields {
  readonly [name: string]: Value;
}
export interface Item {
  readonly comment?: string;
  readonly value: string | Fields;
}

export function metaAttributes(meta: Readonly<Record<string, string>>): Fields {
  return Object.keys(meta).length > 0 ? { meta_attrs: attributeSet(meta) } : {};
}

/** The role has lists of sets, of which it reads the first. */
export function attributeSet(values: Readonly<Record<string, string>>): Item[] {
  return [{ value: { attrs: pairs(values) } }];
}

export function pairs(values: Readonly<Record<string, string>>): Item[] {
  return Object.entries(values).map(([name, value]) => ({ value: { name, value } }));
}
