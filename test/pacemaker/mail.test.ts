import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { codesOf, translateAlone, translateNodes } from '../memory-tree.ts';

interface Parts {
  readonly to?: readonly string[];
  readonly globals?: string;
  readonly alert?: string;
  readonly priority?: number;
}

function node({
  to = ['ops@x.com'],
  globals = '',
  alert = 'smtp_alert',
  priority = 100,
}: Parts = {}): string {
  return `global_defs {\nnotification_email {\n${to.join('\n')}\n}\nsmtp_server 192.0.2.25\n${globals}\n}
vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\npriority ${priority}\n${alert}\nvirtual_ipaddress {\n10.0.0.5/24\n}\n}\n`;
}

function translated(first: Parts, second: Parts) {
  const translation = translateNodes({ n1: node({ priority: 150, ...first }), n2: node(second) });
  const { plan } = translation;
  if (!plan) throw new Error(`no plan: ${JSON.stringify(translation.diagnostics)}`);
  return { plan, codes: codesOf(translation) };
}

/** `file word: fate` of everything that is about mail. */
function mailFates({ fates }: Plan): string[] {
  return fates
    .filter(({ path }) => /smtp|notification_email|no_email_faults|router_id$/.test(path))
    .filter(({ path }) => !/virtual_router_id/.test(path))
    .map(({ file, path, fate }) => `${file.replace('.conf', '')} ${path.split(/ ?[/>] ?/).at(-1)}: ${fate}`);
}

describe('recipients of mail', () => {
  it.each(["o'brien@x.com", 'müller@x.com', 'a@x.com;b@y', '"Ops <ops@x.com>"'])(
    'are not said to be kept where the only one, %s, cannot be',
    (address) => {
      const { plan, codes } = translated({ to: [address] }, { to: [address] });
      expect(plan.alerts).toEqual([]);
      expect(codes).toContain('KP326');
      expect(new Set(mailFates(plan).map((fate) => fate.split(': ')[1]))).toEqual(new Set(['manual']));
    },
  );

  it('have each a fate of its own', () => {
    const to = ['ops@x.com', "o'brien@x.com"];
    const { plan, codes } = translated({ to }, { to });
    expect(plan.alerts[0]?.recipients.map(({ value }) => value)).toEqual(['ops@x.com']);
    expect(codes.filter((code) => code === 'KP326')).toHaveLength(1);
    const fates = plan.fates.filter(({ path }) => path.includes('notification_email'));
    const ofNode = ['approximate', 'equivalent', 'manual'];
    expect(fates.map(({ fate }) => fate)).toEqual([...ofNode, ...ofNode]);
  });

  it('are those of each node', () => {
    const { plan } = translated({ to: ['a@x.com', 'b@x.com'] }, { to: ['b@x.com', 'c@x.com'] });
    expect(plan.alerts[0]?.options['spared']).toBe('n1 c@x.com n2 a@x.com');
  });
});

describe('what differs between nodes', () => {
  it('is in the alert under the names of the nodes', () => {
    const { plan, codes } = translated(
      { globals: 'notification_email_from ka@lb1.x\nsmtp_helo_name lb1.x\nno_email_faults' },
      { globals: 'notification_email_from ka@lb2.x\nsmtp_server 192.0.2.26 2525' },
    );
    expect(plan.alerts[0]?.options).toMatchObject({
      sender: 'ka@lb1.x',
      sender_of_nodes: 'n2 ka@lb2.x',
      server: '192.0.2.25',
      server_of_nodes: "n2 '192.0.2.26 2525'",
      helo: 'lb1.x',
      helo_of_nodes: "n2 ''",
      no_email_faults: 'true',
      no_email_faults_of_nodes: "n2 ''",
    });
    expect(plan.alerts[0]?.options).not.toHaveProperty('spared');
    expect(codes).not.toContain('KP333');
  });

  it('is silence, where a node asks for no mail', () => {
    const { plan } = translated({}, { alert: '' });
    expect(plan.alerts[0]?.options['silent']).toBe('n2 INSTANCE VI_1');
  });

  it('is lost on a node without a sure name, and said to be', () => {
    const translation = translateAlone(node({ globals: 'router_id other' }));
    expect(codesOf(translation)).toContain('KP333');
    const fates = translation.plan?.fates.filter(({ path }) => path.endsWith('router_id'));
    expect(fates?.map(({ fate }) => fate)).toContain('approximate');
  });
});

it('sends none about an instance without addresses, and says so', () => {
  const bare = 'vrrp_instance VI_2 {\ninterface eth0\nvirtual_router_id 52\nsmtp_alert\n}\n';
  const { plan, codes } = translated({ alert: '', globals: `}\n${bare}global_defs {` }, { alert: '' });
  expect(plan.alerts).toEqual([]);
  expect(codes).toContain('KP334');
  const fates = plan.fates.filter(
    ({ path, file }) => file === 'n1.conf' && /smtp_alert|smtp_server/.test(path),
  );
  expect(fates.map(({ fate }) => fate)).toEqual(['manual', 'manual']);
});
