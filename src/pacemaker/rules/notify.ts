import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import type { NotifyScript } from '../../keepalived/node-configuration.ts';
import { pacemakerFindings } from '../findings.ts';
import { fatesOf, placesOf, type Rule, type RuleContext } from '../rule.ts';
import { joinArguments } from '../script-arguments.ts';

const name = 'notify';

export const notify: Rule = {
  name,
  sentence: 'a notify script stays with the operator: a resource in the group, or an alert',
  apply(context) {
    const owners = ownersOf(context);
    return {
      manualSteps: owners.map(({ owner, group, scripts }) => ({
        title: `Carry over the notify scripts of ${owner}`,
        instruction: `${callsInWords(scripts)}. ${wayOut(group)}`,
        when: 'before',
        from: placesOf(scripts.map(({ from }) => from)),
      })),
      fates: owners.flatMap(({ scripts, group }) =>
        scripts.flatMap((script) =>
          fatesOf(
            [script.from],
            'manual',
            `Ran ${eventNames[script.event]}; the cluster does not run it by itself. ${wayOut(group)}`,
          ),
        ),
      ),
      diagnostics: owners.map(({ owner, scripts }) => byHand(owner, scripts)),
    };
  },
};

const eventNames: Record<NotifyScript['event'], string> = {
  master: 'when the node became master',
  backup: 'when it became backup',
  fault: 'when it went to fault',
  stop: 'when the daemon stopped',
  deleted: 'when a reload removed the instance',
  any: 'at every change of state',
  master_rx_lower_pri: 'when a master heard a lower priority',
};

/** What ran when; the same call on several nodes is said once. */
function callsInWords(scripts: readonly NotifyScript[]): string {
  const calls = scripts.map(({ event, argv }) => `${eventNames[event]}: ${joinArguments(argv)}`);
  return [...new Set(calls)].join('; ').replace(/^./, (first) => first.toUpperCase());
}

function wayOut(group: string | undefined): string {
  const place = group === undefined ? 'a group' : `the group ${group}`;
  return `A script that starts or stops something becomes a resource in ${place}, after the addresses (systemd:NAME or an ocf agent); one that only informs becomes an alert (\`pcs alert create\`), which runs on every node as the user hacluster. Until then its effect is missing.`;
}

interface Owner {
  readonly owner: string;
  readonly group: string | undefined;
  readonly scripts: readonly NotifyScript[];
}

/** Instances and sync groups with notify scripts; one entry for those of all nodes. */
function ownersOf({ cluster, groups }: RuleContext): Owner[] {
  const ids = new Map(groups.map(({ source, id }) => [source, id]));
  return cluster.groups.flatMap((group) => {
    const id = ids.get(group);
    const instances = group.instances.map(({ name: owner, members }) => ({
      owner,
      group: id,
      scripts: members.flatMap(({ configured }) => configured.notifyScripts),
    }));
    const scripts = group.syncGroups.flatMap(({ configured }) => configured.notifyScripts);
    return [...instances, { owner: group.name, group: id, scripts }].filter(
      (entry) => entry.scripts.length > 0,
    );
  });
}

function byHand(owner: string, scripts: readonly NotifyScript[]): Diagnostic {
  const [first] = scripts;
  return report(pacemakerFindings.notifyByHand, {
    summary: `the notify scripts of ${owner} are not carried over`,
    detail:
      'They may start services, write files or send messages: each kind has its own way into Pacemaker.',
    at: first?.from.directive.span,
    help: 'the report says what to do for each; see what they do before the migration',
  });
}
