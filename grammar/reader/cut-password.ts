import { type Diagnostic, report } from '../source/diagnostic.ts';
import { readerFindings } from './findings.ts';
import { type MappedText, mappedSpan } from './mapped-text.ts';

/** Offset of the comment sign that cuts the word behind auth_pass off, or that it begins with; undefined if there is none. */
export function cutPassword(line: string): number | undefined {
  const offset = /^[^"#!]*\bauth_pass[ \t]+[^" \t#!\\]*(?=[#!])/.exec(line)?.[0].length;
  if (offset === undefined) return undefined;
  const isComment = /[ \t]/.test(line[offset - 1] ?? '') && /^.(?:[ \t]|$)/.test(line.slice(offset));
  return isComment ? undefined : offset;
}

export function passwordCut(line: MappedText, offset: number): Diagnostic {
  const sign = line.text[offset] ?? '';
  const isWhole = /[ \t]/.test(line.text[offset - 1] ?? '');
  return report(readerFindings.passwordCut, {
    summary: `'${sign}' starts a comment: ${isWhole ? 'there is no password' : 'the password ends before it'}`,
    detail: isWhole
      ? 'The daemon sees auth_pass without its value and exits.'
      : 'The daemon drops the rest, without a message. Passwords that begin alike then match by accident, and the same one in quotes on another node does not.',
    at: mappedSpan(line, offset, offset + 1),
    help: 'Pacemaker needs no password; for Keepalived put it in double quotes, on all nodes at once',
  });
}
