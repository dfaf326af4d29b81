import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';

/** A service that a check or a notify script of the configuration names. */
export interface ServiceMention {
  readonly service: string;
  /** A running check, or a start with the addresses. */
  readonly role: 'checked' | 'started';
  /** The instance that tracks the check, or starts the service. */
  readonly instance: string;
  readonly command: string;
  readonly from: BoundDirective;
}

const name = '([A-Za-z0-9_][A-Za-z0-9_.@-]*?)(?:\\.service)?';
/** The field's ways to ask whether a service runs; the options of pidof and pgrep take no words of their own. */
const checks = [
  new RegExp(`\\b(?:killall|pkill)\\s+-(?:0|s\\s*0)\\s+${name}(?=[\\s;&|)"']|$)`),
  new RegExp(`\\b(?:pidof|pgrep)(?:\\s+-[a-z]+)*\\s+${name}(?=[\\s;&|)"']|$)`),
  new RegExp(
    `\\bsystemctl\\s+(?:-q\\s+|--quiet\\s+)?(?:is-active|status)\\s+(?:-q\\s+|--quiet\\s+)?${name}(?=[\\s;&|)"']|$)`,
  ),
  new RegExp(`\\bservice\\s+${name}\\s+status\\b`),
];
const starts = [
  new RegExp(`\\bsystemctl\\s+(?:start|restart)\\s+${name}(?=[\\s;&|)"']|$)`),
  new RegExp(`\\bservice\\s+${name}\\s+(?:start|restart)\\b`),
];

/** The services that the configurations name, each once for an instance and a role, in the order of the lines. */
export function mentionedServices(configurations: readonly NodeConfiguration[]): ServiceMention[] {
  const found = new Map<string, ServiceMention>();
  for (const mention of configurations.flatMap(mentionsIn)) {
    const key = [mention.service, mention.role, mention.instance].join('\n');
    if (!found.has(key)) found.set(key, mention);
  }
  return [...found.values()];
}

function mentionsIn({ instances, scripts }: NodeConfiguration): ServiceMention[] {
  return instances.flatMap((instance) => [
    ...instance.trackScripts.flatMap((entry) => {
      const script = scripts.find((candidate) => candidate.name === entry.name);
      return script ? mention('checked', checks, instance.name, script.argv, script.directive) : [];
    }),
    ...instance.notifyScripts
      .filter(({ event }) => event === 'master')
      .flatMap(({ argv, from }) => mention('started', starts, instance.name, argv, from)),
  ]);
}

function mention(
  role: ServiceMention['role'],
  forms: readonly RegExp[],
  instance: string,
  argv: readonly string[],
  from: BoundDirective,
): ServiceMention[] {
  const command = argv.join(' ');
  const service = forms.map((form) => form.exec(command)?.[1]).find((word) => word !== undefined);
  return service === undefined ? [] : [{ service, role, instance, command, from }];
}
