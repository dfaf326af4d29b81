import { visibleLine } from '../diagnostics/visible-text.ts';
import type { ManualStep, Plan } from '../pacemaker/plan.ts';
import type { Artefact } from '../translation.ts';
import { clusterShape } from './cluster-shape.ts';
import { renderTemplate } from './render.ts';
import { type Approximation, reportApproximations } from './report-approximations.ts';
import { type Balancing, reportBalancing } from './report-balancing.ts';
import { type Offer, type ReportedCheck, reportChecks, reportOffers } from './report-checks.ts';
import { drawCluster } from './report-drawing.ts';
import {
  countFates,
  type FateGroup,
  fateMeanings,
  groupFates,
  placesInWords,
  untoldManualFates,
} from './report-fates.ts';
import {
  type ReportedAddress,
  type ReportedInstance,
  reportAddresses,
  reportInstances,
  secondsInWords,
} from './report-instances.ts';
import { type QuorumStory, quorumStory } from './report-quorum.ts';
import { reportServiceOffers, type ServiceOffer } from './report-services.ts';
import { fenceDevices } from './script-head.ts';

interface ReportedStep {
  readonly title: string;
  readonly instruction: string;
  /** Empty: it follows from no line of the source. */
  readonly places: string;
}

/** What MIGRATION.md.hbs and its partials ask for; every field is always there. */
interface ReportView {
  readonly planId: string;
  readonly sources: string;
  readonly clusterName: string;
  readonly nodes: readonly { readonly name: string; readonly addresses: string }[];
  readonly assumedNodes: readonly { readonly name: string; readonly variable: string }[];
  /** A sentence; empty where the cluster is of no kind that has a name. */
  readonly shape: string;
  readonly drawing: readonly string[];
  readonly instances: readonly ReportedInstance[];
  readonly addresses: readonly ReportedAddress[];
  readonly checks: readonly ReportedCheck[];
  readonly offers: readonly Offer[];
  readonly serviceOffers: readonly ServiceOffer[];
  /** null: no node balances services. */
  readonly balancing: Balancing | null;
  readonly differs: readonly FateGroup[];
  readonly approximations: readonly Approximation[];
  readonly stepsBefore: readonly ReportedStep[];
  readonly stepsAfter: readonly ReportedStep[];
  readonly manual: readonly FateGroup[];
  readonly nothingManual: boolean;
  readonly left: readonly {
    readonly kind: string;
    readonly meaning: string;
    readonly groups: readonly FateGroup[];
  }[];
  readonly counts: readonly { readonly kind: string; readonly count: string; readonly meaning: string }[];
  readonly total: string;
  readonly after: string;
  readonly token: string;
  readonly quorumPolicy: string;
  readonly quorumWhy: string;
  readonly quorum: QuorumStory;
  readonly fencingOff: boolean;
  readonly devices: readonly { readonly id: string; readonly why: string }[];
  readonly levels: readonly { readonly node: string; readonly level: string; readonly devices: string }[];
  readonly secrets: readonly { readonly what: string; readonly where: string }[];
  readonly files: readonly { readonly path: string; readonly mode: string; readonly why: string }[];
}

/** MIGRATION.md: what a reviewer reads before the scripts are run. */
export function emitReport(plan: Plan): Artefact {
  const text = renderTemplate('MIGRATION.md', showAll(reportView(plan)));
  // A section that is not there leaves the blank lines around it; no text of the configuration holds a line feed here.
  return { name: 'MIGRATION.md', text: `${text.replace(/\n{3,}/g, '\n\n').trimEnd()}\n`, executable: false };
}

/** plan.json: the whole plan for machines, in the versioned shape of its types. */
export function emitPlan(plan: Plan): Artefact {
  // The format comes first: who reads the file by eye or by program has to know it before all else.
  const { format, planId, ...rest } = plan;
  return {
    name: 'plan.json',
    text: `${JSON.stringify({ format, planId, ...rest }, null, 2)}\n`,
    executable: false,
  };
}

function reportView(plan: Plan): ReportView {
  const { cluster, nodes, fates, files, manualSteps } = plan;
  const steps = (when: ManualStep['when']) =>
    manualSteps.filter((step) => step.when === when).map(reportStep);
  const manual = groupFates(untoldManualFates(plan), 'manual');
  return {
    planId: plan.planId,
    sources: plan.sources.join(', '),
    clusterName: cluster.name,
    nodes: nodes.map(({ name, addresses }) => ({
      name,
      addresses: addresses.join(', ') || 'what its name resolves to',
    })),
    assumedNodes: nodes.flatMap(({ name, variable }) => (variable === undefined ? [] : [{ name, variable }])),
    shape: clusterShape(plan),
    drawing: drawCluster(plan),
    instances: reportInstances(plan),
    addresses: reportAddresses(plan),
    checks: reportChecks(plan),
    offers: reportOffers(plan),
    serviceOffers: reportServiceOffers(plan),
    balancing: reportBalancing(plan),
    differs: groupFates(fates, 'approximate'),
    approximations: reportApproximations(plan),
    stepsBefore: steps('before'),
    stepsAfter: steps('after'),
    manual,
    nothingManual: manualSteps.length === 0 && manual.length === 0,
    left: leftBehind(plan),
    counts: [...countFates(plan)].map(([kind, count]) => ({
      kind,
      count: `${count}`,
      meaning: fateMeanings[kind],
    })),
    total: `${fates.length}`,
    after: secondsInWords(cluster.failoverMs),
    token: `${cluster.tokenMs}`,
    quorumPolicy: cluster.quorumPolicy,
    quorumWhy: cluster.origins.quorum.why,
    quorum: quorumStory(cluster, nodes.length),
    ...fencingView(plan),
    files: files.map(({ path, mode, why, node }) => ({
      path,
      mode,
      why: node === undefined ? why : `${why}, on ${node} only`,
    })),
  };
}

function fencingView(plan: Plan): Pick<ReportView, 'fencingOff' | 'devices' | 'levels' | 'secrets'> {
  return {
    fencingOff: plan.cluster.fencing === 'none',
    devices: fenceDevices(plan).map(({ id, origin }) => ({ id, why: origin.why })),
    levels: plan.fencingLevels.map(({ node, level, devices }) => ({
      node,
      level: `${level}`,
      devices: devices.join(', '),
    })),
    secrets: plan.secrets.map(({ resource, parameter, kind, source }) => ({
      what: `${parameter} of ${resource}`,
      where: `${kind} ${source}`,
    })),
  };
}

function reportStep({ title, instruction, from }: ManualStep): ReportedStep {
  return { title, instruction, places: placesInWords(from) };
}

function leftBehind({ fates }: Plan): ReportView['left'] {
  return (['unknown', 'ignored', 'not-needed'] as const)
    .map((kind) => ({ kind, meaning: fateMeanings[kind], groups: groupFates(fates, kind) }))
    .filter(({ groups }) => groups.length > 0);
}

/** The report is read in terminals too: no text of the configuration may steer one. */
function showAll<T>(value: T): T {
  if (typeof value === 'string') return visibleLine(value) as T;
  if (Array.isArray(value)) return value.map(showAll) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, showAll(field)])) as T;
}
