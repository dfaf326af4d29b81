import fc from 'fast-check';
import { expect, it } from 'vitest';
import { virtualServerOf } from '../../src/emit/config-virtual-servers.ts';
import { checkerFile } from '../../src/keepalived/checker-file.ts';
import { ldirectordFiles } from '../../src/pacemaker/ldirectord/ldirectord-file.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { understandText } from './understand-text.ts';

/** What can stand between double quotes on a line. */
const quoted = fc
  .oneof(
    fc
      .array(fc.constantFrom(..."'\\$`<>&;:#!-={}%?*@|[](),+ \té日ax/"), { maxLength: 10 })
      .map((characters) => characters.join('')),
    fc.constantFrom(...hostileTexts),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  .map((text) => text.replace(/["\r\n\0]/g, ''));

const configuration = ([a = '', b = '', c = '', d = '', e = '']: readonly string[]) => `global_defs {
notification_email {
"${a}"
}
notification_email_from "${b}"
smtp_server "${c}"
router_id "${d}"
}
virtual_server 198.51.100.1 80 {
protocol TCP
lb_algo rr
lb_kind NAT
virtualhost "${e}"
smtp_alert
quorum_up "/bin/x ${a}"
real_server 198.51.100.2 80 {
notify_down "/bin/x ${b}"
HTTP_GET {
url {
path "/${c}"
virtualhost "${d}"
regex "${e}"
}
}
}
}
virtual_server 198.51.100.1 81 {
protocol TCP
real_server 198.51.100.2 81 {
MISC_CHECK {
misc_path "/bin/x ${d}"
}
}
}
`;

const texts = fc.array(quoted, { minLength: 5, maxLength: 5 });

it('the file for the checkers is read as what the whole configuration is, or names the line that it lacks', () => {
  let compared = 0;
  fc.assert(
    fc.property(texts, (given) => {
      const whole = understandText(configuration(given)).value;
      const file = checkerFile(whole, '2.2.7');
      if (!file || file.unwritable.length > 0) return;
      compared += whole.virtualServers.length;
      const again = understandText(file.text).value;
      expect(again.virtualServers.map(virtualServerOf)).toEqual(whole.virtualServers.map(virtualServerOf));
    }),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(100);
});

/** ldirectord cuts comments at a # and takes each line for a setting (its read_config). */
it('no text begins a line, a comment or a setting of its own in ldirectord.cf', () => {
  const setting = /^(?:virtual=\S+| {4}[a-z0-9]+=[^#]*)$/;
  fc.assert(
    fc.property(texts, (given) => {
      const { virtualServers, directives } = understandText(configuration(given)).value;
      const { text } = ldirectordFiles(virtualServers, directives);
      const [head = '', ...sections] = text.trimEnd().split('\n\n');
      expect(head.split('\n').slice(1).join('\n')).toMatch(
        /^fork=yes\nautoreload=no(?:\nemailalertfrom=[^\s"#]+)?$/,
      );
      expect(sections).toHaveLength(virtualServers.length);
      for (const line of sections.flatMap((section) => section.split('\n'))) {
        expect(line).toMatch(setting);
        // A value in quotes has none inside.
        for (const value of line.split(/, |= ?/).filter((part) => part.startsWith('"')))
          expect(value.slice(1, -1)).not.toContain('"');
      }
    }),
    { numRuns: 500 },
  );
});
