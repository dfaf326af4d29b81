const text = { type: 'string' };
const list = (items: object) => ({ type: 'array', items, minItems: 1 });
const fields = (
  properties: Record<string, object>,
  required: readonly string[] = Object.keys(properties),
) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const pairs = list(fields({ name: text, value: text }));
const sets = { type: 'array', items: fields({ attrs: pairs }), minItems: 1, maxItems: 1 };

/**
 * The variables of the role ha_cluster that are used, in the shapes that its README documents (linux-system-roles).
 * A location constraint is for a node or has a rule.
 */
export const roleVariables = fields(
  {
    ha_cluster_cluster_name: text,
    ha_cluster_node_options: list(
      fields({ node_name: text, pcs_address: text, corosync_addresses: list(text) }, ['node_name']),
    ),
    ha_cluster_totem: fields({ options: pairs }),
    ha_cluster_cluster_properties: sets,
    ha_cluster_resource_primitives: list(
      fields(
        {
          id: text,
          agent: text,
          instance_attrs: sets,
          meta_attrs: sets,
          operations: list(fields({ action: text, attrs: pairs })),
        },
        ['id', 'agent'],
      ),
    ),
    ha_cluster_resource_groups: list(
      fields({ id: text, resource_ids: list(text), meta_attrs: sets }, ['id', 'resource_ids']),
    ),
    ha_cluster_resource_clones: list(fields({ resource_id: text, meta_attrs: sets }, ['resource_id'])),
    ha_cluster_constraints_location: list({
      oneOf: [
        fields({ resource: fields({ id: text }), node: text, id: text, options: pairs }),
        fields({ resource: fields({ id: text }), rule: text, id: text, options: pairs }),
      ],
    }),
    ha_cluster_constraints_colocation: list(
      fields({
        resource_follower: fields({ id: text }),
        resource_leader: fields({ id: text }),
        id: text,
        options: pairs,
      }),
    ),
    ha_cluster_constraints_order: list(
      fields({
        resource_first: fields({ id: text, action: text }),
        resource_then: fields({ id: text, action: text }),
        id: text,
        options: pairs,
      }),
    ),
    ha_cluster_stonith_levels: list(fields({ level: text, target: text, resource_ids: list(text) })),
    ha_cluster_alerts: list(
      fields(
        {
          id: text,
          path: text,
          instance_attrs: sets,
          recipients: list(fields({ value: text, id: text })),
        },
        ['id', 'path'],
      ),
    ),
  },
  ['ha_cluster_cluster_name', 'ha_cluster_totem', 'ha_cluster_resource_primitives'],
);
