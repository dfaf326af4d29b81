/** As much of JSON Schema as the documented formats use. */
export interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

export interface DocumentSchema extends Schema {
  readonly $defs: Readonly<Record<string, Schema>>;
}

/** `fate.reason`, `cluster.origins.name`: every field that the schema has a name for. */
export function fieldsOf({ $defs, properties }: DocumentSchema): string[] {
  const inside = (name: string, fields: Schema['properties'] = {}): string[] =>
    Object.entries(fields).flatMap(([field, { properties: inner }]) => [
      `${name}.${field}`,
      ...inside(`${name}.${field}`, inner),
    ]);
  return [
    ...inside('document', properties),
    ...Object.entries($defs).flatMap(([name, part]) => inside(name, part.properties)),
  ];
}

/** Walks a value along its schema and notes each field that it has. */
export function noteFields(
  value: unknown,
  schema: DocumentSchema,
  seen: Set<string>,
  part: Schema = schema,
  name = 'document',
): void {
  if (part.$ref !== undefined) {
    noteFields(value, schema, seen, definitionOf(part.$ref, schema), nameOf(part.$ref));
  } else if (Array.isArray(value)) {
    for (const item of value) if (part.items) noteFields(item, schema, seen, part.items, name);
  } else if (part.oneOf) {
    const chosen = part.oneOf.find(
      ({ $ref }) => $ref !== undefined && isOf(value, definitionOf($ref, schema)),
    );
    if (chosen) noteFields(value, schema, seen, chosen, name);
  } else if (typeof value === 'object' && value !== null && part.properties) {
    for (const [field, inner] of Object.entries(value)) {
      seen.add(`${name}.${field}`);
      const known = part.properties[field];
      if (known) noteFields(inner, schema, seen, known, `${name}.${field}`);
    }
  }
}

function nameOf(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}

function definitionOf(reference: string, { $defs }: DocumentSchema): Schema | undefined {
  return $defs[nameOf(reference)];
}

/** Of several kinds of objects the field `kind` tells which it is. */
function isOf(value: unknown, definition: Schema | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { kind } = value as { kind?: unknown };
  const allowed = definition?.properties?.['kind'];
  if (allowed?.const !== undefined) return allowed.const === kind;
  return allowed?.enum?.includes(kind) ?? true;
}
