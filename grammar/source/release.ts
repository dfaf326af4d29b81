/** A release of keepalived, as its own --version writes it: `2.2.7`. */
export type Release = `${number}.${number}.${number}`;

/**
 * The release that stands for each series: its last one. 1.2 stands for 1.2.19 and those before it, which distributions
 * shipped for years: 1.2.20 rewrote the reader, and what came after reads as 1.3 in most ways.
 */
const lastOfSeries = {
  '1.2': '1.2.19',
  '1.3': '1.3.9',
  '1.4': '1.4.5',
  '2.0': '2.0.20',
  '2.1': '2.1.5',
  '2.2': '2.2.8',
  '2.3': '2.3.4',
  '2.4': '2.4.3',
} as const satisfies Readonly<Record<string, Release>>;

export type Series = keyof typeof lastOfSeries;

export const series = Object.keys(lastOfSeries) as readonly Series[];

/** How a configuration is read if nobody says for which release it was written. */
export const defaultRelease: Release = lastOfSeries['2.2'];

/** The release that somebody names: a series, `2.2`, or one of its releases, `2.2.7`; undefined for any other text. */
export function releaseNamed(text: string): Release | undefined {
  const found = /^(\d+\.\d+)(?:\.\d{1,3})?$/.exec(text)?.[1];
  const known = series.find((name) => name === found);
  if (known === undefined) return undefined;
  return text === known ? lastOfSeries[known] : (text as Release);
}

/** The word for --keepalived that reads as this release: its series where that stands for it or for a later one. */
export function optionFor(version: Release): string | undefined {
  const name = series.find((candidate) => version.startsWith(`${candidate}.`));
  if (name === undefined) return undefined;
  return isAtLeast(lastOfSeries[name], version) ? name : version;
}

/** Whether a release is the given one or a later one. */
export function isAtLeast(release: Release, version: Release): boolean {
  return ordinalOf(release) >= ordinalOf(version);
}

const ordinals = new Map<Release, number>();

/** A number that orders releases. */
function ordinalOf(release: Release): number {
  const known = ordinals.get(release);
  if (known !== undefined) return known;
  const [major = 0, minor = 0, patch = 0] = release.split('.').map(Number);
  const ordinal = (major * 1000 + minor) * 1000 + patch;
  ordinals.set(release, ordinal);
  return ordinal;
}
