import type { Plan } from '../../src/pacemaker/plan.ts';

/** A plan with one element of each list and kind, as the block of JSON in docs/plan-format.md. */
export function planExample(plan: Plan): string {
  const { files, commands, resources, constraints, ...rest } = plan;
  const short = Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name,
      // Both nodes, since each of them explains the other.
      Array.isArray(value) && name !== 'nodes' && name !== 'sources' ? value.slice(0, 1) : value,
    ]),
  );
  const example = {
    ...short,
    resources: firstOfEachKind(resources),
    constraints: firstOfEachKind(constraints),
    files: files.slice(0, 1).map((file) => ({ ...file, content: `${file.content.slice(0, 24)}…` })),
    commands: commands.filter(
      ({ step }, index) => commands.findIndex((command) => command.step === step) === index,
    ),
  };
  return `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``;
}

function firstOfEachKind<T extends { readonly kind: string }>(elements: readonly T[]): T[] {
  return elements.filter(
    ({ kind }, index) => elements.findIndex((element) => element.kind === kind) === index,
  );
}
