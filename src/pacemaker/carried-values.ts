import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { pacemakerFindings } from './findings.ts';
import type { Alert, Origin, PlanBody, Resource } from './plan.ts';

/**
 * Whether Pacemaker's tools carry a text in the cluster's configuration. They write XML themselves, and what they must
 * escape behind a character of several bytes cuts the rest off, or is written as it is, so that the file is no XML any
 * more; a tab becomes four blanks, a line feed a backslash and an n (cibadmin of 2.1.5, over random texts: these and no
 * others are lost). pcs refuses an empty value.
 */
export function isCarried(text: string): boolean {
  return text !== '' && !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text) && !/[^ -~].*[&<"]/su.test(text);
}

/** Values of a plan that would arrive as others, or break the configuration: nothing is written rather than that. */
export function uncarriedValues({
  resources,
  alerts,
  secrets,
}: Pick<PlanBody, 'resources' | 'alerts' | 'secrets'>): Diagnostic[] {
  const placeholders = new Set(secrets.map(({ placeholder }) => placeholder));
  return [...resources.flatMap(valuesOfResource), ...alerts.flatMap(valuesOfAlert)]
    .filter(({ owner, name, value }) => {
      // A text that looks like another's secret would get it.
      const isTaken = placeholders.has(value) && value !== `@secret:${owner}:${name}@`;
      return isTaken || !isCarried(value);
    })
    .map(cannotBeCarried);
}

interface NamedValue {
  readonly owner: string;
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

function valuesOfResource(resource: Resource): NamedValue[] {
  const { id, meta, origin } = resource;
  const lists =
    resource.kind === 'primitive'
      ? [
          resource.attributes,
          meta,
          ...(resource.attributesOnNodes ?? []).map(({ attributes }) => attributes),
          ...resource.operations.map(({ options }) => options),
        ]
      : [meta];
  return lists.flatMap((list) => named(id, list, origin));
}

function valuesOfAlert({ id, options, recipients, origin }: Alert): NamedValue[] {
  const addresses = recipients.map(({ id: name, value }): [string, string] => [name, value]);
  return [...named(id, options, origin), ...named(id, Object.fromEntries(addresses), origin)];
}

function named(owner: string, list: Readonly<Record<string, string>>, origin: Origin): NamedValue[] {
  return Object.entries(list).map(([name, value]) => ({ owner, name, value, origin }));
}

function cannotBeCarried({ owner, name, value, origin }: NamedValue): Diagnostic {
  const [from] = origin.from;
  return report(pacemakerFindings.valueNotCarried, {
    summary: `Pacemaker cannot carry ${name} of ${owner}`,
    detail:
      value === ''
        ? 'pcs takes no empty value.'
        : 'The value has characters that would arrive as others, or break the configuration.',
    ...(from && { at: { ...from, endLine: from.line, endColumn: from.column } }),
    help: 'write it without control characters, and with no &, < or double quote behind a letter beyond ASCII',
  });
}
