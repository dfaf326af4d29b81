import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import { fixtureSubjects, named, translationOf } from './subjects.ts';

/** Where the nodes contradict each other the first one decides, so that their order counts; the messages say so. */
const contradictory: Readonly<Record<string, string>> = {
  'pairs/differing-addresses': 'one address has two prefix lengths: the first node’s is used',
  'pairs/differing-names': 'the instance has two names: the group gets the first node’s',
};

const severalNodes = named(
  fixtureSubjects.filter(({ name, input }) => input.nodes.length > 1 && contradictory[name] === undefined),
);

/** What the cluster is to be, as sets: listings follow the order in which the nodes are given. */
function contentOf({ resources, constraints, properties, cluster, instances, fates }: Plan) {
  const sorted = (list: readonly unknown[]) =>
    list.map((entry) => JSON.stringify(withoutOrigin(entry))).sort();
  return {
    resources: sorted(
      resources.map((r) => {
        if (r.kind === 'group') return { ...r, members: [...r.members].sort() };
        if (r.kind !== 'primitive' || !r.attributesOnNodes) return r;
        return { ...r, attributesOnNodes: sorted(r.attributesOnNodes) };
      }),
    ),
    constraints: sorted(constraints),
    properties: sorted(properties),
    token: [cluster.tokenMs, cluster.failoverMs, cluster.quorumPolicy],
    instances: sorted(instances.map(({ group, preempts, failoverMs }) => ({ group, preempts, failoverMs }))),
    fates: sorted(fates.map(({ file, line, path, fate }) => ({ file, line, path, fate }))),
  };
}

function withoutOrigin(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  const { origin: _origin, ...rest } = entry as Record<string, unknown>;
  return Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('the order in which the nodes are given', () => {
  it.each(severalNodes)('decides nothing but the order of listings: %s', (_name, subject) => {
    const { plan } = translationOf(subject);
    const nodes = subject.input.nodes.toReversed();
    const reversed = translate({ ...subject.input, nodes }).plan;
    expect(reversed && contentOf(reversed)).toEqual(plan && contentOf(plan));
  });

  it.each(Object.keys(contradictory))('is spoken of where it decides: %s', (name) => {
    const subject = fixtureSubjects.find((candidate) => candidate.name === name);
    const codes = subject ? translationOf(subject).diagnostics.map(({ code }) => code) : [];
    expect(codes.some((code) => ['KP212', 'KP217'].includes(code))).toBe(true);
  });
});
