import { displayWidth } from '../diagnostics/display-width.ts';
import { visibleLine } from '../diagnostics/visible-text.ts';
import type { Plan, PlanInstance, Primitive } from '../pacemaker/plan.ts';
import { holderOf } from './report-instances.ts';
import { scoreOf } from './script-head.ts';

/** Columns of a line, and of what stands in a box. */
const pageColumns = 100;
const boxColumns = 34;
/** More instances than these make a drawing that nobody looks at: the table below it has them all. */
const drawnInstances = 8;
const drawnAddresses = 6;

/**
 * The cluster as boxes, a node each: what it holds while all is well, what it may take and with which score, what runs
 * everywhere, and what fences it. A function of the plan.
 */
export function drawCluster(plan: Plan): string[] {
  const drawn = plan.instances.slice(0, drawnInstances);
  const boxes = plan.nodes.map(({ name, addresses }) => ({
    title: [name, ...addresses.slice(0, 1)].join('  '),
    lines: [...drawn.flatMap((instance) => instanceLines(instance, name, plan)), ...everywhere(plan)],
    below: fencedBy(plan, name),
  }));
  const more = plan.instances.length - drawn.length;
  const blank = (index: number) => (index > 0 ? [''] : []);
  const rows = inRows(boxes.map((box) => ({ ...box, width: widthOf(box) })));
  return [
    ...rows.flatMap((row, index) => [...blank(index), ...drawRow(row)]),
    ...(more > 0 ? [`and ${more} more groups, in the table below`] : []),
  ];
}

interface Box {
  readonly title: string;
  readonly lines: readonly string[];
  readonly below: string;
  readonly width: number;
}

/** The one that holds a group shows what is in it; the others have its name at the same height. */
function instanceLines(instance: PlanInstance, node: string, plan: Plan): string[] {
  const inside = membersOf(instance, plan);
  const score = scoreOf(instance, node);
  const holds = holderOf(instance) === node;
  const rest = (lines: readonly string[]) => inside.map((_, index) => lines[index] ?? '');
  if (holds) return [`* ${instance.group}  ${score}`, ...rest(inside)];
  return [score === undefined ? '' : `  ${instance.group}  ${score}`, ...rest([])];
}

/** Members in the order in which they start. */
function membersOf({ group, addresses }: PlanInstance, { resources }: Plan): string[] {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const found = byId.get(group);
  const members = found?.kind === 'group' ? found.members : [];
  const texts = new Map(
    addresses.map(({ resource, address, prefixLength }) => [resource, `${address}/${prefixLength}`]),
  );
  const lines = members.map((id) => {
    const member = byId.get(id);
    return `    ${texts.get(id) ?? (member?.kind === 'primitive' ? serviceInWords(member) : id)}`;
  });
  if (lines.length <= drawnAddresses + 1) return lines;
  return [...lines.slice(0, drawnAddresses), `    and ${lines.length - drawnAddresses} more`];
}

function serviceInWords({ id, agent }: Primitive): string {
  return `${id} (${agent.split(':').at(-1)})`;
}

/** Clones of services; the checks have a table of their own. */
function everywhere({ resources }: Plan): string[] {
  const services = new Map(
    resources.flatMap((resource) =>
      resource.kind === 'primitive' && resource.origin.rule === 'service' ? [[resource.id, resource]] : [],
    ),
  );
  return resources.flatMap((resource) => {
    const service = resource.kind === 'clone' ? services.get(resource.of) : undefined;
    return service ? [`o ${serviceInWords(service)}`] : [];
  });
}

function fencedBy({ resources }: Plan, node: string): string {
  const devices = resources.flatMap((resource) => {
    if (resource.kind !== 'primitive' || !resource.agent.startsWith('stonith:')) return [];
    const { pcmk_host_list: list = '', pcmk_host_map: map = '' } = resource.attributes;
    const hosts = [...list.split(' '), ...map.split(';').map((entry) => entry.replace(/:.*/, ''))];
    return hosts.includes(node) ? [resource.id] : [];
  });
  return devices.length === 0 ? '' : `X ${devices.join(', ')}`;
}

function widthOf({ title, lines, below }: Omit<Box, 'width'>): number {
  const widths = [title, ...lines, below].map((line) => displayWidth(visibleLine(line)));
  return Math.min(boxColumns, Math.max(12, ...widths));
}

/** As many boxes beside each other as the page has room for, all of one width. */
function inRows(boxes: readonly Box[]): Box[][] {
  const width = Math.max(...boxes.map((box) => box.width));
  const perRow = Math.max(1, Math.floor((pageColumns + 2) / (width + 6)));
  const rows: Box[][] = [];
  for (let at = 0; at < boxes.length; at += perRow)
    rows.push(boxes.slice(at, at + perRow).map((box) => ({ ...box, width })));
  return rows;
}

function drawRow(boxes: readonly Box[]): string[] {
  const height = Math.max(...boxes.map(({ lines }) => lines.length));
  const across = (draw: (box: Box) => string) => boxes.map(draw).join('  ').trimEnd();
  const edge = across(({ width }) => `+${'-'.repeat(width + 2)}+`);
  const content = Array.from({ length: height }, (_, row) =>
    across(({ lines, width }) => `| ${fitted(lines[row] ?? '', width)} |`),
  );
  const blank = (line: string) => line.replace(/[| ]/g, '') === '';
  const below = across(({ below: text, width }) => `  ${fitted(text, width)}  `);
  return [
    across(({ title, width }) => `  ${fitted(title, width)}  `),
    edge,
    ...content.filter((line) => !blank(line)),
    edge,
    ...(below === '' ? [] : [below]),
  ];
}

function fitted(text: string, width: number): string {
  let shown = visibleLine(text);
  if (displayWidth(shown) > width) {
    while (displayWidth(shown) > width - 1) shown = shown.slice(0, -1);
    shown += '~';
  }
  return shown + ' '.repeat(width - displayWidth(shown));
}
