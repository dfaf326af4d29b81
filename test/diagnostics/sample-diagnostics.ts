import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import type { ShownSource } from '../../src/translation.ts';

export const sources: readonly ShownSource[] = [
  {
    name: 'lb1.conf',
    lines: ['vrrp_instance VI_1 {', '    interface eth0', '    prioritty 150', '}'],
  },
  { name: 'lb2.conf', lines: ['vrrp_instance VI_1 {', '    priority 100', '}'] },
];

const at = (file: string, line: number, column: number, endColumn: number) => ({
  file,
  line,
  column,
  endLine: line,
  endColumn,
});

/** A diagnostic with everything that one can have. */
export const misspelt: Diagnostic = {
  code: 'KP101',
  severity: 'warning',
  summary: "unknown keyword 'prioritty'",
  detail: 'The daemon ignores the line.',
  at: at('lb1.conf', 3, 5, 14),
  notes: [{ text: 'the other node has it right', at: at('lb2.conf', 2, 5, 17) }, { text: 'a remark' }],
  help: "did you mean 'priority'?",
  suggestion: { at: at('lb1.conf', 3, 5, 14), text: 'priority' },
};

export const plain: Diagnostic = {
  code: 'KP402',
  severity: 'error',
  summary: 'two files for lb1',
  notes: [],
};

/** The same finding, with a number in it. */
export function flood(count: number, severity: Diagnostic['severity']): Diagnostic[] {
  return Array.from({ length: count }, (_, index) => ({
    code: 'KP105',
    severity,
    summary: `finding ${index + 1}`,
    at: at('lb1.conf', 1, 1, 5),
    notes: [],
  }));
}
