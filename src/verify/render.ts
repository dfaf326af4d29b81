import type { ReportedDifference, ToolVersions, VerificationReport } from './report.ts';

export const verifyFormats = ['text', 'json', 'junit'] as const;
export type VerifyFormat = (typeof verifyFormats)[number];

const renderers: Readonly<Record<VerifyFormat, (report: VerificationReport) => string>> = {
  text: renderText,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  junit: renderJunit,
};

/** The report of a verification in the wanted format. */
export function renderVerification(report: VerificationReport, format: VerifyFormat): string {
  return renderers[format](report);
}

function renderText(report: VerificationReport): string {
  const { scenarios, pairsLeftOut, compared, tools, differences, agrees, leftOut } = report;
  const unannounced = differences.filter(({ announced }) => !announced);
  const announced = differences.filter((difference) => difference.announced);
  const verdict = agrees
    ? announced.length > 0
      ? 'they differ only where the translation says so'
      : 'Keepalived and Pacemaker hold the addresses on the same nodes'
    : `${inNumbers(unannounced.length, 'difference')} that no message announces`;
  const lines = [
    `${inNumbers(scenarios, 'scenario')}, ${inNumbers(compared, 'state')} compared: ${verdict} (${versions(tools)})`,
  ];
  if (pairsLeftOut > 0)
    lines.push(
      `not played: ${inNumbers(pairsLeftOut, 'sequence')} of two events; --scenarios ${scenarios + pairsLeftOut} plays all`,
    );
  if (leftOut.length > 0)
    lines.push(`not compared, since other groups hold their addresses: ${leftOut.join(', ')}`);
  for (const difference of unannounced) lines.push('', ...differenceLines(difference));
  if (announced.length > 0)
    lines.push('', `announced by the translation: ${inNumbers(announced.length, 'difference')}`);
  for (const difference of announced) lines.push('', ...differenceLines(difference));
  return `${lines.join('\n')}\n`;
}

/** Lines of the source that are shown at most; a group's elections may depend on many. */
const mostLines = 12;

function differenceLines({
  sentence,
  announced,
  codes,
  lines,
  fates,
  scenarios,
}: ReportedDifference): string[] {
  const title = announced ? `announced (${codes.join(', ')})` : 'UNANNOUNCED';
  const places = lines.slice(0, mostLines).map(({ file, line }) => `${file}:${line}`);
  const more = lines.length > mostLines ? ` and ${lines.length - mostLines} more` : '';
  return [
    `${title}: ${sentence}`,
    `   seen in ${inNumbers(scenarios, 'scenario')}; this is the shortest`,
    ...(places.length > 0
      ? [`   ${announced ? 'announced at' : 'decided by'} ${places.join(', ')}${more}`]
      : []),
    ...fates.slice(0, 3).map(({ path, fate, reason }) => `   ${fate}: ${path}: ${reason}`),
  ];
}

function versions(tools: ToolVersions): string {
  return Object.entries(tools)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function inNumbers(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** One test case for each difference, or a single one that passed. Announced differences pass, and tell of themselves. */
function renderJunit({ differences, scenarios, compared, tools }: VerificationReport): string {
  const failures = differences.filter(({ announced }) => !announced).length;
  const summary = `${inNumbers(scenarios, 'scenario')}, ${inNumbers(compared, 'state')} compared, ${versions(tools)}`;
  const agreement = failures === 0 ? [{ name: summary, body: '' }] : [];
  const cases = differences.map(({ sentence, announced, codes, lines }) => {
    const places = lines.map(({ file, line }) => `${file}:${line}`).join(' ');
    const body = announced
      ? `<system-out>announced by ${escaped(codes.join(', '))}</system-out>`
      : `<failure message="${escaped(sentence)}">${escaped(places)}</failure>`;
    return { name: sentence, body };
  });
  const shown = [...agreement, ...cases].map(
    ({ name, body }) => `    <testcase classname="kp2pcm verify" name="${escaped(name)}">${body}</testcase>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${shown.length}" failures="${failures}">`,
    `  <testsuite name="kp2pcm verify" tests="${shown.length}" failures="${failures}">`,
    ...shown,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function escaped(text: string): string {
  // XML knows no control characters, whatever their spelling.
  const allowed = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
  return allowed.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
