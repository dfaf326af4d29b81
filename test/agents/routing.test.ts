import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route, RoutingRule } from '../../src/keepalived/routing-configuration.ts';
import { routeParameters } from '../../src/pacemaker/route-words.ts';
import { ruleParameters } from '../../src/pacemaker/rule-words.ts';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { understandText } from '../keepalived/understand-text.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { hostRoutes, leftOver, refusedRoutes, routeEntries, ruleEntries } from './routing-entries.ts';
import { RoutingHost } from './routing-host.ts';

const success = 0;
const failed = 1;
const notConfigured = 6;
const notRunning = 7;
const isPossible = requireTool('ip') && requireRoot('routes are added in a network namespace');

let host: RoutingHost;
beforeAll(async () => {
  if (isPossible) host = await RoutingHost.open();
});
afterAll(() => host?.close());

function configurationOf(routes: readonly string[], rules: readonly string[]): string {
  return `vrrp_instance VI_1 {
  state MASTER
  interface eth0
  virtual_router_id 51
  priority 255
  virtual_ipaddress {
    192.0.2.10/24
  }
  virtual_routes {
    ${routes.join('\n')}
  }
  virtual_rules {
    ${rules.join('\n')}
  }
}
`;
}

function readEntries(routes: readonly string[], rules: readonly string[]) {
  const [instance] = understandText(configurationOf(routes, rules)).value.instances;
  if (instance?.virtualRoutes.length !== routes.length || instance.virtualRules.length !== rules.length)
    throw new Error('an entry is not read');
  return instance;
}

/** One of the shipped agents with what it takes for an entry. */
interface Resource {
  readonly agent: 'route' | 'rule';
  readonly id: string;
  readonly entry: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const routeResource = (route: Route, index: number): Resource => ({
  agent: 'route',
  id: `route-${index}`,
  entry: route.from.directive.words.map(({ value }) => value).join(' '),
  parameters: routeParameters(route),
});

const ruleResource = (rule: RoutingRule, index: number): Resource => ({
  agent: 'rule',
  id: `rule-${index}`,
  entry: rule.from.directive.words.map(({ value }) => value).join(' '),
  parameters: ruleParameters(rule),
});

/** What each agent answers, by entry. */
function callAll(action: string, resources: readonly Resource[]): Record<string, number | null> {
  return Object.fromEntries(
    resources.map(({ agent, id, entry, parameters }) => [
      entry,
      host.call(agent, action, id, parameters).status,
    ]),
  );
}

const allAnswer = (resources: readonly Resource[], status: number) =>
  Object.fromEntries(resources.map(({ entry }) => [entry, status]));

const oneRoute = {
  destination: '198.51.100.0/24',
  options: 'via 192.0.2.254 dev eth0 proto 18 scope global',
};
const oneRule = { rule: 'from 192.0.2.7 priority 50 table 100' };

describe.skipIf(!isPossible)('the agents ocf:kp2pcm:route and ocf:kp2pcm:rule', () => {
  it.each([
    ['route', oneRoute, 'route del 198.51.100.0/24', 'route add 198.51.100.0/24 via 192.0.2.9'],
    [
      'rule',
      oneRule,
      'rule del from 192.0.2.7 priority 50',
      'rule add from 192.0.2.7 iif eth0 priority 50 table 9',
    ],
  ])('%s notices that what it added is gone, and adds it again', (agent, parameters, deletion, other) => {
    const answer = (action: string) => host.call(agent, action, 'deleted', parameters).status;
    expect(answer('start')).toBe(success);
    host.ip([deletion, other]);
    expect(answer('monitor')).toBe(notRunning);
    expect(answer('stop')).toBe(success);
    expect(answer('start')).toBe(success);
    expect(answer('monitor')).toBe(success);
    expect(answer('stop')).toBe(success);
    // What somebody else has added is still there.
    host.ip([other.replace(' add ', ' del ')]);
  });

  it.each([
    ['route', { ...oneRoute, destination: '' }],
    ['route', { ...oneRoute, family: 'inet' }],
    ['route', { ...oneRoute, placement: 'replace' }],
    ['route', { ...oneRoute, options: "via 'x" }],
    ['rule', { ...oneRule, family: '4' }],
    ['rule', { rule: '' }],
    ['rule', { rule: "from 'x" }],
  ])('%s says what it cannot use: %j', (agent, parameters) => {
    const { status, log } = host.call(agent, 'validate-all', 'invalid', parameters);
    expect(status).toBe(notConfigured);
    expect(log).not.toBe('');
    expect(host.call(agent, 'stop', 'invalid', parameters).status).toBe(success);
  });

  it('hand every word to ip as it is', () => {
    writeFileSync(join(host.folder, 'ip'), `#!/bin/sh\nprintf '%s\\0' "$@" >>${host.folder}/words\n`, {
      mode: 0o755,
    });
    const words = [...hostileTexts, ''];
    const options = joinArguments(words);
    const path = { PATH: `${host.folder}:${process.env['PATH']}` };
    const start = (agent: string, parameters: Record<string, string>) => {
      host.call(agent, 'start', 'hostile', parameters, path);
      const seen = readFileSync(join(host.folder, 'words'), 'utf8').split('\0');
      rmSync(join(host.folder, 'words'));
      return seen;
    };
    for (const text of hostileTexts.filter((text) => text !== '')) {
      const seen = start('route', { destination: '192.0.2.0/24', table: text, type: text, options });
      expect(seen.join('\0')).toContain(
        ['-4', 'route', 'prepend', text, '192.0.2.0/24', 'table', text, ...words, ''].join('\0'),
      );
    }
    expect(start('rule', { rule: options }).join('\0')).toContain(
      ['-4', 'rule', 'add', ...words, ''].join('\0'),
    );
    expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
  });

  it.each(['ocf-tester'].filter((tool) => requireTool(tool)).flatMap(() => ['route', 'rule']))(
    '%s passes ocf-tester',
    (agent) => {
      const parameters = Object.entries(agent === 'route' ? oneRoute : oneRule);
      const options = parameters.flatMap(([key, value]) => ['-o', `${key}=${value}`]);
      const path = fileURLToPath(new URL(`../../templates/agents/${agent}`, import.meta.url));
      const { output } = host.run(['ocf-tester', '-n', 'kp2pcm_test', ...options, path]);
      expect(output).toMatch(/passed all tests/);
    },
  );
});

describe.skipIf(!isPossible || !requireTool('keepalived'))(
  'the agents beside a daemon that is master',
  () => {
    it('put into the kernel what it puts there, of every option and kind, and take it away again', {
      timeout: 400_000,
    }, async () => {
      const { virtualRoutes, virtualRules } = readEntries([...routeEntries, ...refusedRoutes], ruleEntries);
      const resources = [...virtualRoutes.map(routeResource), ...virtualRules.map(ruleResource)];
      const [refused, taken] = [
        resources.slice(routeEntries.length, virtualRoutes.length),
        resources.filter((_, index) => index < routeEntries.length || index >= virtualRoutes.length),
      ];
      host.ip(hostRoutes);
      const before = host.routing();

      host.ip([leftOver]);
      await host.startDaemon(configurationOf([...routeEntries, ...refusedRoutes], ruleEntries));
      const withDaemon = host.routing();
      await host.stopDaemon();
      expect(host.routing()).toEqual(before);
      expect(withDaemon.length - before.length).toBeGreaterThan(80);

      host.ip(['address add 192.0.2.10/24 dev eth0', leftOver]);
      const few = taken.filter((_, index) => index % 12 === 0);
      expect(callAll('monitor', few)).toEqual(allAnswer(few, notRunning));
      expect(callAll('start', taken)).toEqual(allAnswer(taken, success));
      expect(callAll('start', refused)).toEqual(allAnswer(refused, failed));
      expect(host.routing()).toEqual(withDaemon);
      expect(callAll('monitor', resources)).toEqual(allAnswer(resources, success));
      expect(callAll('start', few)).toEqual(allAnswer(few, success));
      expect(host.routing()).toEqual(withDaemon);

      expect(callAll('stop', resources.toReversed())).toEqual(allAnswer(resources, success));
      expect(host.routing()).toEqual(before);
      expect(callAll('monitor', few)).toEqual(allAnswer(few, notRunning));
      expect(callAll('stop', few)).toEqual(allAnswer(few, success));
    });
  },
);
