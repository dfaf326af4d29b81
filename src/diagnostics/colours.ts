import type { Severity } from '../../grammar/source/diagnostic.ts';

/** Paints text for a terminal, or leaves it alone. */
export interface Colours {
  severity(severity: Severity, text: string): string;
  bold(text: string): string;
  faint(text: string): string;
  added(text: string): string;
  removed(text: string): string;
  changed(text: string): string;
}

const paint = (code: string) => (text: string) => `\x1b[${code}m${text}\x1b[0m`;
const leave = (text: string) => text;
const severityCode: Record<Severity, string> = { error: '1;31', warning: '1;33', note: '1;36' };

export const noColours: Colours = {
  severity: (_severity, text) => text,
  bold: leave,
  faint: leave,
  added: leave,
  removed: leave,
  changed: leave,
};

export const terminalColours: Colours = {
  severity: (severity, text) => paint(severityCode[severity])(text),
  bold: paint('1'),
  faint: paint('34'),
  added: paint('32'),
  removed: paint('31'),
  changed: paint('33'),
};
