import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readCompanion } from '../../src/companion/read-companion.ts';
import { shownCompanion } from '../../src/companion/shown-companion.ts';
import { fullCompanion } from './full-companion.ts';

const read = (text: string) => readCompanion(text, 'kp2pcm.yaml');
const said = (text: string) => read(text).diagnostics.map(({ code, summary }) => `${code} ${summary}`);

/** A device with one more line. */
const device = (line: string) =>
  `fencing:\n  devices:\n    d:\n      kind: ipmi\n      nodes: lb1\n      ${line}\n`;

describe('a companion file', () => {
  it('is read into what the rules ask for', () => {
    const { value } = read(stringify(fullCompanion));
    expect(value).toMatchObject({
      cluster: { tokenMs: { value: 1500, at: { line: 3, column: 10 } }, quorum: { value: 'stop' } },
      nodes: [{ name: { value: 'lb1' }, addresses: [{ value: '10.0.0.1' }, { value: 'fd00::1' }] }, {}],
      fencing: {
        kind: 'devices',
        devices: [
          {
            name: { value: 'ipmi-lb1' },
            kind: 'ipmi',
            nodes: [{ node: { value: 'lb1' } }],
            parameters: [
              { name: 'ip', value: '10.9.0.1' },
              { name: 'lanplus', value: 'true' },
              { name: 'cipher', value: '17' },
              { name: 'password', value: { kind: 'file', path: '/root/ipmi-lb1' } },
            ],
            delay: { value: '5s' },
            monitor: '120',
          },
          { nodes: [{ node: { value: 'lb1' }, plug: '3' }, { plug: 'outlet-4' }] },
          { parameters: [{ value: { kind: 'environment', variable: 'PDU' } }] },
        ],
        levels: [{ node: { value: 'lb1' }, levels: [[{ value: 'ipmi-lb1' }], [{ value: 'pdu-a' }, {}]] }, {}],
      },
      services: [
        { name: { value: 'web' }, what: { kind: 'nginx' }, place: { kind: 'follows', start: 'after' } },
        { what: { kind: 'filesystem' }, place: { start: 'before' } },
        { what: { kind: 'nfs', nfs: { exports: [{ fsid: '7' }] } }, place: { start: 'before' } },
        { place: { kind: 'clone', after: [], neededBy: [] } },
        {
          place: {
            after: [{ value: 'VI_1' }, { value: 'httpd' }],
            neededBy: [{ score: 'INFINITY' }, { score: 60 }],
          },
          operations: [
            { name: 'monitor', interval: '15s' },
            { name: 'monitor', interval: '60s', checkLevel: 10, onFail: 'restart' },
            { name: 'start', timeout: '60s', onFail: 'stop' },
            { name: 'stop', timeout: '60s' },
          ],
        },
      ],
    });
  });

  it('says `fencing: none` where that is a decision', () => {
    expect(read('fencing: none\n').value?.fencing).toMatchObject({
      kind: 'none',
      at: { line: 1, column: 10 },
    });
  });

  it.each([
    ['a key that is misspelt', 'clusters:\n  name: web\n', "KP432 the companion file has no key 'clusters'"],
    ['a node without addresses', 'nodes:\n  lb1: {}\n', "KP434 nodes.lb1 has no 'addresses'"],
    ['a list for keys', 'nodes: [lb1]\n', 'KP433 nodes takes keys with values, not a list'],
    ['nothing at all', 'services:\n', 'KP433 services takes keys with values, not nothing'],
    [
      'an odd time',
      device('delay: soon'),
      "KP433 fencing.devices.d.delay takes a time such as 10s, 500ms or 2min, not 'soon'",
    ],
    [
      'a number for a text',
      'cluster:\n  name: 5\n',
      'KP433 cluster.name takes 1 to 32 letters, digits, `_` and `-`, no `-` first, and 5 without quotes is none',
    ],
    [
      'a name that is no id',
      'services:\n  1st: {agent: "systemd:x", clone: true}\n',
      "KP433 '1st' is not a name of letters, digits, `_`, `-` and `.`, with a letter or `_` first",
    ],
    [
      'a parameter that pcs would cut',
      device('parameters: {"a=b": c}'),
      "KP433 'a=b' is not the name of a parameter: letters, digits, `_`, `-` and `.`",
    ],
    [
      'neither kind nor agent',
      'fencing: {devices: {d: {nodes: lb1}}}\n',
      'KP434 fencing.devices.d needs one of kind, agent',
    ],
    [
      'a service that goes both ways',
      'services: {s: {agent: "systemd:x", clone: true, follows: A}}\n',
      'KP434 follows and clone do not go together: choose one',
    ],
    [
      'a key that another one rules out',
      'services: {s: {agent: "systemd:x", follows: A, after: B}}\n',
      "KP434 'after' does not go together with 'follows'",
    ],
  ])('with %s is refused in words', (_what, text, message) => {
    expect(said(text)).toEqual([message]);
  });

  it('reports every mistake at once', () => {
    const text = 'cluster:\n  nmae: x\n  token: 1\nfencing: off\nservices: []\n';
    expect(read(text).diagnostics.map(({ code, at }) => `${code} ${at?.line}`)).toEqual([
      ...['KP432 2', 'KP433 3', 'KP433 4', 'KP433 5'],
    ]);
  });
});

const secret = 'hunter2-Pa55';

describe('a secret in a companion file', () => {
  const written = [
    device(`parameters: {ip: 10.0.0.1, password: ${secret}}`),
    device(`parameters: {ip: 10.0.0.1, password: "${secret}"}`),
    device(`parameters:\n        passwd: ${secret}`),
    device(`parameters:\n        "snmp_priv_passwd": '${secret}'`),
    device(`parameters:\n        secret_key: |\n          ${secret}`),
    device(`parameters:\n        password:\n          ${secret}`),
    device(`parameters:\n        password:\n          - ${secret}`),
    device(`parameters:\n        password: [${secret}]`),
    device(`parameters:\n        password: {text: ${secret}}`),
    device(`password: ${secret}`),
    device(`parameters: {password: &p ${secret}}`),
    `services: {db: {agent: "ocf:heartbeat:mysql", follows: A, parameters: {test_passwd: ${secret}}}}\n`,
  ];

  it.each(written)('is refused and in no message or frame: %j', (text) => {
    const { value, diagnostics } = read(text);
    expect(value).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(JSON.stringify(diagnostics)).not.toContain(secret);
    expect(shownCompanion(text).join('\n')).not.toContain(secret);
  });

  it.each([
    device(`password: ${secret}\n  bad`),
    device(`parameters:\n\tpassword: ${secret}`),
    device(`parameters: {password: "${secret}`),
    device(`parameters:\n        passwrod: ${secret}`),
    device(`parameters:\n        Password: @${secret}`),
  ])('is in no message or frame of a text that is no companion file: %j', (text) => {
    const { diagnostics } = read(text);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(JSON.stringify(diagnostics)).not.toContain(secret);
    expect(shownCompanion(text).join('\n')).not.toContain(secret);
  });

  it('is no secret where a file, a program or a time stands', () => {
    const text = [
      device('parameters:\n        password_script: /usr/local/sbin/p\n        identity_file: /root/key'),
      'cluster:\n  token: 1500ms\n',
    ];
    for (const each of text) {
      expect(said(each)).toEqual([]);
      expect(shownCompanion(each).join('\n')).toBe(each);
    }
  });

  it('is shown as a reference where it is one', () => {
    const text = device(
      'parameters:\n        password:\n          file: /root/x\n        passwd: { environment: X }',
    );
    expect(said(text)).toEqual([]);
    expect(shownCompanion(text).join('\n')).toBe(text);
  });
});
