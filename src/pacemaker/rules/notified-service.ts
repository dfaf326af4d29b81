import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import type { NotifyScript } from '../../keepalived/node-configuration.ts';
import { pacemakerFindings } from '../findings.ts';
import type { NotifiedService, NotifiedServices } from '../notified-services.ts';
import type { ManualStep, Primitive } from '../plan.ts';
import { fatesOf, originOf, placesOf, type Rule, type RuleFate } from '../rule.ts';

export const notifiedServiceRule = 'notified-service';

export const notifiedService: Rule = {
  name: notifiedServiceRule,
  sentence:
    'with --manage-services, notify scripts that only start a service with the addresses and stop it without them become the service, in the group after the addresses',
  apply({ checks }) {
    const { following, left } = checks.notified;
    return {
      resources: following.map(buildService),
      groupMembers: following.map(({ id, group }) => ({
        group,
        place: 'after addresses' as const,
        members: [id],
      })),
      manualSteps: following.map(leaveToTheCluster),
      fates: following.flatMap(fatesOfScripts),
      diagnostics: [...following.map(startedByTheCluster), ...left.map(leftAlone)],
    };
  },
};

/**
 * A failed start or monitor is the cluster's to mend: that is what it is asked for. A stop that fails would otherwise block
 * the addresses, or fence the node, where Keepalived let them go: it is ignored. systemd itself gives a unit 90 s
 * (DefaultTimeoutStartSec and DefaultTimeoutStopSec, systemd-system.conf(5)); an operation may not end before.
 */
function buildService({ id, unit, group, scripts }: NotifiedService): Primitive {
  return {
    kind: 'primitive',
    id,
    agent: `systemd:${unit}`,
    attributes: {},
    operations: [
      { name: 'monitor', options: { interval: '10s', timeout: '20s' } },
      { name: 'start', options: { timeout: '100s' } },
      { name: 'stop', options: { timeout: '100s', 'on-fail': 'ignore' } },
    ],
    meta: {},
    origin: originOf(
      notifiedServiceRule,
      'equivalent',
      `runs ${unit} where the addresses of ${group} are, as its notify scripts did`,
      scripts.map(({ from }) => from),
    ),
  };
}

function fatesOfScripts({ id, unit, group, scripts, stopsInBackup }: NotifiedService): RuleFate[] {
  return scripts.flatMap(({ event, from }) => {
    if (event !== 'master')
      return fatesOf([from], 'equivalent', `The cluster stops ${id} before the addresses of ${group} leave.`);
    const started = `${id} is the service that it started: the cluster starts it after the addresses of ${group}, and again when it fails; after three failures ${group} moves. Keepalived noticed none.`;
    return stopsInBackup
      ? fatesOf([from], 'equivalent', started)
      : fatesOf(
          [from],
          'approximate',
          `${started} Where a node became BACKUP the service went on; the cluster stops it there.`,
          `Nothing needs doing unless it is to go on there. Then take ${unit} out of the notify script and make it a service with \`clone: true\` in the companion file kp2pcm.yaml; or translate without \`--manage-services\`, and the script is run as before.`,
        );
  });
}

/** Twice active, it would be stopped on both nodes and started on one: `multiple-active` of Pacemaker is stop_start. */
function leaveToTheCluster({ unit, scripts }: NotifiedService): ManualStep {
  return {
    title: `Leave ${unit} to the cluster`,
    instruction: `See with \`systemctl is-active ${unit}\` that it runs on the node that holds the addresses and on no other, stop it where it runs beside, and run \`systemctl disable ${unit}\` on every node, without --now: Pacemaker takes over the one that runs, and systemd must not start it beside the cluster. One that runs twice would be restarted when maintenance mode ends. Whoever restarts it otherwise (timers, Restart= in the unit, updates) competes with the cluster.`,
    when: 'before',
    from: placesOf(scripts.map(({ from }) => from)),
  };
}

function startedByTheCluster({ unit, group, scripts, stopsInBackup }: NotifiedService): Diagnostic {
  const differs = stopsInBackup
    ? ''
    : ' In BACKUP the scripts let it go on; the cluster stops it where the addresses leave.';
  return report(pacemakerFindings.serviceFollows, {
    summary: `the notify scripts of ${group} become the service ${unit}`,
    detail: `Pacemaker runs systemd:${unit} in the group, after the addresses. A failure starts it again, after three the group moves, and a move waits until it has stopped; Keepalived only ran the scripts.${differs}`,
    at: scripts[0]?.from.directive.span,
    help: `disable ${unit} in systemd on every node, without stopping it`,
  });
}

function leftAlone({ script, unit, isTaken }: NotifiedServices['left'][number]): Diagnostic {
  return report(pacemakerFindings.notifyStays, {
    summary: `${keyword(script)} goes on starting ${unit}`,
    detail: isTaken
      ? `The companion file has ${unit} already, and a service is one resource.`
      : `Not every node has a script that only stops ${unit}, or other scripts look after it too.`,
    at: script.from.directive.span,
    help: isTaken
      ? `the script starts what the cluster runs: take it out, and what stops ${unit} too`
      : `let notify_backup stop ${unit} on every node, with nothing else in the command, and leave it to one instance`,
  });
}

function keyword({ from }: NotifyScript): string {
  return from.directive.words[0].value;
}
