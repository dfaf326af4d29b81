import { type BoundDirective, walkBound } from '../../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../../keepalived/node-configuration.ts';
import type { PlanFile } from '../plan.ts';
import { fatesOf, placesOf, type Rule } from '../rule.ts';
import { staticScript, staticScriptPath, staticUnit, staticUnitPath } from '../static-network.ts';

const name = 'static-entries';

const keywords: readonly string[] = ['static_ipaddress', 'static_routes', 'static_rules'];

export const staticEntries: Rule = {
  name,
  sentence:
    'static addresses, routes and rules become a script of `ip` commands and a systemd unit, which the operator enables',
  apply({ cluster }) {
    const scripts = cluster.configurations.flatMap((configuration) => {
      const content = staticScript(configuration);
      return content === undefined
        ? []
        : [{ node: configuration.node, content, lines: linesOf(configuration) }];
    });
    if (scripts.length === 0) return {};
    const lines = scripts.flatMap((script) => script.lines);
    const nodes = scripts.map(({ node }) => node).join(', ');
    const reason =
      'Keepalived kept the static addresses, routes and rules while it ran, and removes them when it stops. A script and a unit for them are installed.';
    const wayOut = `On ${nodes}, right after Keepalived has stopped there: \`systemctl daemon-reload\` and \`systemctl enable --now kp2pcm-static-network.service\`; later put them into the host's own network configuration, and disable the unit.`;
    return {
      files: scripts.flatMap(({ node, content }) => filesOf(node, content)),
      manualSteps: [
        {
          title: 'Enable the static addresses, routes and rules',
          instruction: `${reason} ${wayOut}`,
          when: 'after',
          from: placesOf(lines),
        },
      ],
      fates: fatesOf(lines, 'manual', reason, wayOut),
    };
  },
};

function filesOf(node: string, content: string): PlanFile[] {
  return [
    {
      path: staticScriptPath,
      mode: '0755',
      content,
      why: 'adds the static addresses, routes and rules',
      node,
    },
    { path: staticUnitPath, mode: '0644', content: staticUnit, why: 'unit that calls it', node },
  ];
}

function linesOf({ directives }: NodeConfiguration): BoundDirective[] {
  const blocks = directives.filter(({ directive }) => keywords.includes(directive.words[0].value));
  return [...walkBound(blocks)].filter(({ verdict }) => !verdict);
}
