import type { FuzzInput } from './check-input.ts';

/**
 * The smallest input found that still fails: whole texts go, then lines, then characters (Zeller's delta debugging).
 *
 * @param fails whether an input shows the fault that is looked for
 */
export async function minimise(
  input: FuzzInput,
  fails: (candidate: FuzzInput) => boolean | Promise<boolean>,
): Promise<FuzzInput> {
  let smallest = input;
  for (const name of Object.keys(input)) {
    const { [name]: _gone, ...rest } = smallest;
    if (Object.keys(rest).some((other) => other !== 'extra.conf') && (await fails(rest))) smallest = rest;
  }
  for (const separator of ['\n', '']) {
    for (const name of Object.keys(smallest)) {
      const parts = (smallest[name] ?? '').split(separator);
      const kept = await fewest(parts, (some) => fails({ ...smallest, [name]: some.join(separator) }));
      smallest = { ...smallest, [name]: kept.join(separator) };
    }
  }
  return smallest;
}

/** Takes away stretches, large ones first, as long as the rest still fails. */
async function fewest(
  all: readonly string[],
  fails: (some: readonly string[]) => boolean | Promise<boolean>,
): Promise<readonly string[]> {
  let kept = all;
  for (
    let length = Math.ceil(kept.length / 2);
    length >= 1;
    length = length === 1 ? 0 : Math.ceil(length / 2)
  ) {
    for (let start = 0; start < kept.length; ) {
      const rest = [...kept.slice(0, start), ...kept.slice(start + length)];
      if (await fails(rest)) kept = rest;
      else start += length;
    }
  }
  return kept;
}
