/**
 * The id that pcs gives the constraint of `pcs constraint location RESOURCE prefers NODE=SCORE`, the same in every
 * version from 0.10 to 0.12. `avoids NODE` has the score `-INFINITY`.
 *
 * pcs replaces a constraint whose id it derives again: two pairs of resource and node must not share one
 * (`a-b` on `c`, `a` on `b-c`).
 */
export function locationId(resource: string, node: string, score: number | string): string {
  // As pcs does it: what an XML id cannot hold is left out.
  return `location-${resource}-${node}-${score}`.replace(/[^A-Za-z0-9_.-]/g, '');
}
