import { execFileSync } from 'node:child_process';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emitTarget } from '../../src/emit/target.ts';
import { quoteForAnsible, quoteYaml } from '../../src/emit/yaml-text.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { hostileTexts, samplePlans } from '../emit/sample-plans.ts';
import { fixtureSubjects, named, translationOf } from '../laws/subjects.ts';
import { requireTool } from '../tools.ts';
import { contentOfPlan } from './cib-content.ts';
import { roleVariables } from './ha-cluster-role.ts';

const reader = `
import json, sys, yaml
class Unsafe(str):
    pass
yaml.SafeLoader.add_constructor('!unsafe', lambda loader, node: 'UNSAFE ' + loader.construct_scalar(node))
json.dump(yaml.safe_load(sys.stdin.buffer.read().decode('utf-8')), sys.stdout)
`;

/** What PyYAML reads, which Ansible uses; a text that Ansible would not evaluate begins with UNSAFE. */
function read(yaml: string): unknown {
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', reader], { input: yaml, encoding: 'utf8' }));
}

const ready = requireTool('python3');
const nasty = fc
  .array(fc.constantFrom(...'\'"\\$`<>&;:#-!={}%?*@|\u0085\u2028\ufeff\u007f日é \t\n\r-a'), { maxLength: 12 })
  .map((characters) => characters.join(''));
const texts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), nasty, fc.constantFrom(...hostileTexts)), {
  minLength: 50,
  maxLength: 50,
});

describe.skipIf(!ready)('PyYAML', () => {
  it('reads every text as it was, whatever is in it', () => {
    fc.assert(
      fc.property(texts, (list) => {
        expect(read(list.map((text) => `- ${quoteYaml(text)}\n`).join(''))).toEqual(list);
      }),
      { numRuns: 20 },
    );
  });

  it('finds everything marked that Jinja would evaluate', () => {
    const list = ['{{ x }}', '{% raw %}', '{# x #}', '{ {x} }', '}}', '%}'];
    const marked = list.map((text) => (/\{[{%#]/.test(text) ? `UNSAFE ${text}` : text));
    expect(read(list.map((text) => `- ${quoteForAnsible(text)}\n`).join(''))).toEqual(marked);
  });
});

const validate = new Ajv2020({ allErrors: true, strict: true }).compile(roleVariables);

function variablesOf(plan: Plan): Record<string, never> {
  const { value } = emitTarget(plan, 'ha_cluster.yml');
  if (value === undefined) throw new Error('ha_cluster.yml is not written');
  return read(value) as Record<string, never>;
}

const plans: readonly (readonly [string, Plan])[] = [
  ...Object.entries(samplePlans),
  ...named(fixtureSubjects).flatMap(([name, subject]) => {
    const { plan } = translationOf(subject);
    return plan ? [[name, plan] as const] : [];
  }),
];

describe.skipIf(!ready)('ha_cluster.yml', () => {
  it.each(plans)('has the variables that the role documents, in their shapes: %s', (_, plan) => {
    validate(variablesOf(plan));
    expect(validate.errors ?? []).toEqual([]);
  });

  it.each(plans)('says what the plan says: %s', (_, plan) => {
    expect(contentOfVariables(variablesOf(plan))).toEqual(asTheRoleHasIt(plan));
  });
});

interface Pair {
  readonly name: string;
  readonly value: string;
}
interface Variables {
  readonly ha_cluster_cluster_name: string;
  readonly ha_cluster_totem: { readonly options: readonly Pair[] };
  readonly ha_cluster_cluster_properties: Sets;
  readonly ha_cluster_resource_primitives?: readonly {
    readonly id: string;
    readonly agent: string;
    readonly instance_attrs?: Sets;
    readonly meta_attrs?: Sets;
    readonly operations?: readonly { readonly action: string; readonly attrs: readonly Pair[] }[];
  }[];
  readonly ha_cluster_resource_groups?: readonly {
    readonly id: string;
    readonly resource_ids: readonly string[];
    readonly meta_attrs?: Sets;
  }[];
  readonly ha_cluster_resource_clones?: readonly {
    readonly resource_id: string;
    readonly meta_attrs?: Sets;
  }[];
  readonly ha_cluster_constraints_location?: readonly {
    readonly id: string;
    readonly resource: { readonly id: string };
    readonly node?: string;
    readonly rule?: string;
    readonly options: readonly Pair[];
  }[];
  readonly ha_cluster_constraints_colocation?: readonly {
    readonly id: string;
    readonly resource_follower: { readonly id: string };
    readonly resource_leader: { readonly id: string };
    readonly options: readonly Pair[];
  }[];
  readonly ha_cluster_constraints_order?: readonly {
    readonly id: string;
    readonly resource_first: { readonly id: string; readonly action: string };
    readonly resource_then: { readonly id: string; readonly action: string };
    readonly options: readonly Pair[];
  }[];
  readonly ha_cluster_stonith_levels?: readonly {
    readonly level: string;
    readonly target: string;
    readonly resource_ids: readonly string[];
  }[];
  readonly ha_cluster_alerts?: readonly {
    readonly id: string;
    readonly path: string;
    readonly instance_attrs?: Sets;
    readonly recipients?: readonly { readonly id: string; readonly value: string }[];
  }[];
}
type Sets = readonly { readonly attrs: readonly Pair[] }[];

const safe = (text: string) => text.replace(/^UNSAFE /, '');
const record = (pairs: readonly Pair[] = []) =>
  Object.fromEntries(pairs.map(({ name, value }) => [name, safe(value)]));
const attrs = (sets: Sets = []) => record(sets[0]?.attrs);

const scoreOf = ({ score, 'score-attribute': scoreAttribute }: Record<string, string>) =>
  scoreAttribute === undefined ? { score } : { scoreAttribute };

function contentOfVariables(read: Record<string, never>) {
  const variables = read as unknown as Variables;
  return {
    name: variables.ha_cluster_cluster_name,
    totem: record(variables.ha_cluster_totem.options),
    properties: attrs(variables.ha_cluster_cluster_properties),
    primitives: (variables.ha_cluster_resource_primitives ?? []).map((primitive) => ({
      id: primitive.id,
      agent: primitive.agent,
      attributes: attrs(primitive.instance_attrs),
      meta: attrs(primitive.meta_attrs),
      operations: (primitive.operations ?? []).map((op) => ({ name: op.action, options: record(op.attrs) })),
    })),
    groups: (variables.ha_cluster_resource_groups ?? []).map((group) => ({
      id: group.id,
      members: group.resource_ids,
      meta: attrs(group.meta_attrs),
    })),
    clones: (variables.ha_cluster_resource_clones ?? []).map((clone) => ({
      id: `${clone.resource_id}-clone`,
      meta: attrs(clone.meta_attrs),
    })),
    constraints: (variables.ha_cluster_constraints_location ?? []).map(({ resource, options, ...rest }) => ({
      ...rest,
      resource: resource.id,
      ...scoreOf(record(options)),
    })),
    ...relationsOfVariables(variables),
  };
}

/** Who reads them does not care in which order they stand. */
function inOrder(list: readonly unknown[]): unknown[] {
  return [...list].sort((a, b) => (JSON.stringify(sorted(a)) < JSON.stringify(sorted(b)) ? -1 : 1));
}

const sorted = (value: unknown) => Object.entries(value as object).sort();

function relationsOfVariables(variables: Variables) {
  return {
    colocations: inOrder(
      (variables.ha_cluster_constraints_colocation ?? []).map((entry) => ({
        id: entry.id,
        resource: entry.resource_follower.id,
        with: entry.resource_leader.id,
        score: record(entry.options)['score'],
      })),
    ),
    orders: inOrder(
      (variables.ha_cluster_constraints_order ?? []).map((entry) => {
        const { kind, symmetrical = 'true' } = record(entry.options);
        const { id: first, action } = entry.resource_first;
        const { id: second, action: secondAction } = entry.resource_then;
        expect(secondAction).toBe(action);
        return { id: entry.id, first, second, action, strength: kind, symmetrical: symmetrical === 'true' };
      }),
    ),
    fencingLevels: inOrder(
      (variables.ha_cluster_stonith_levels ?? []).map((entry) => ({
        node: entry.target,
        level: entry.level,
        devices: entry.resource_ids.join(','),
      })),
    ),
    alerts: (variables.ha_cluster_alerts ?? []).map(({ id, path, instance_attrs, recipients = [] }) => ({
      id,
      path,
      options: attrs(instance_attrs),
      recipients: recipients.map((recipient) => ({ id: recipient.id, value: safe(recipient.value) })),
    })),
  };
}

function asTheRoleHasIt(plan: Plan) {
  const { properties, colocations, orders, fencingLevels, alerts } = contentOfPlan(plan);
  const of = <K extends Plan['resources'][number]['kind']>(kind: K) =>
    plan.resources.filter((r): r is Extract<Plan['resources'][number], { kind: K }> => r.kind === kind);
  return {
    name: plan.cluster.name,
    totem: { token: `${plan.cluster.tokenMs}`, token_coefficient: '0' },
    properties,
    primitives: of('primitive').map(({ kind: _, origin: __, attributesOnNodes: ___, ...rest }) => rest),
    groups: of('group').map(({ id, members, meta }) => ({ id, members, meta })),
    clones: of('clone').map(({ id, meta }) => ({ id, meta })),
    constraints: plan.constraints.map((constraint) => {
      const { id, resource } = constraint;
      if (constraint.kind === 'avoids') return { id, resource, node: constraint.node, score: '-INFINITY' };
      if (constraint.kind === 'score-attribute') {
        const { attribute, node } = constraint;
        const there = node === undefined ? [] : ['and', '#uname', 'eq', node];
        return { id, resource, rule: ['defined', attribute, ...there].join(' '), scoreAttribute: attribute };
      }
      const score = `${constraint.score}`;
      if (constraint.kind === 'prefers') return { id, resource, node: constraint.node, score };
      const { attribute, operation, value, node } = constraint;
      const there = node === undefined ? [] : ['and', '#uname', 'eq', node];
      return { id, resource, rule: [attribute, operation, value, ...there].join(' '), score };
    }),
    colocations: inOrder(colocations),
    orders: inOrder(orders),
    fencingLevels: inOrder(fencingLevels),
    alerts,
  };
}
