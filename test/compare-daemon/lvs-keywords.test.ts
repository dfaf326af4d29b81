import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { walkBound } from '../../src/keepalived/bound-directive.ts';
import { placedKeywords } from '../directives/keyword-paths.ts';
import { understandText } from '../keepalived/understand-text.ts';
import { configurationFiles } from './configuration-files.ts';

const folder = fileURLToPath(new URL('configurations', import.meta.url));
const roots = ['virtual_server', 'virtual_server_group', 'SSL'];
/** The daemon that is asked, 2.2.7, does not know them. */
const newer = new Set(['sni_name', 'tls_compliant']);
/** A host of an SMTP_CHECK has the keywords of the checker itself; the checks of one url are those of the other. */
const twin = (path: string) =>
  path.replace(/SMTP_CHECK\/host\/.*/, 'SMTP_CHECK/host').replace('SSL_GET/', 'HTTP_GET/');
/** Connection and repetition keywords are read in one place for all checkers: TCP_CHECK and MISC_CHECK show them. */
const inherited =
  /^virtual_server\/real_server\/(?!TCP_CHECK|MISC_CHECK)\w+\/(?:connect_\w+|bind\w+|fwmark|retry|delay_\w+|warmup|alpha|log_all_failures)$/;

/** The LVS keywords that count, by what the project understands, in the configurations that the daemon reads too. */
function countingKeywords(): Set<string> {
  const files = configurationFiles(folder).filter((file) => file.includes('/lvs-'));
  const paths = files.flatMap((file) => {
    const { value } = understandText(readFileSync(file, 'latin1'));
    const counting = [...walkBound(value.directives)].filter(
      (bound) => bound.kind === 'keyword' && bound.spec && !value.ignored.has(bound),
    );
    return counting.map(({ keywords }) => keywords.join('/'));
  });
  return new Set(paths.map(twin));
}

describe('the configurations that are compared with the daemon', () => {
  it('have every keyword of virtual servers and their checkers in a line that counts', () => {
    const counting = countingKeywords();
    const expected = placedKeywords
      .filter(({ path, spec }) => roots.includes(path[0] ?? '') && !newer.has(spec.keyword))
      .map(({ path }) => path.join('/'))
      // The daemon knows it and never does anything with it.
      .filter((path) => path !== 'virtual_server/hashed' && !inherited.test(path));
    expect(expected.length).toBeGreaterThan(90);
    expect(expected.map(twin).filter((path) => !counting.has(path))).toEqual([]);
  });
});
