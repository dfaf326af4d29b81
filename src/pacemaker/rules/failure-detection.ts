import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { childrenNamed } from '../../keepalived/bound-directive.ts';
import { tokenWayOut } from '../dispositions/vrrp-defaults.ts';
import {
  expectedFailoverMs,
  keepalivedFailoverMs,
  shortestFailoverMs,
  shortestTokenMs,
  tokenFor,
} from '../failover-times.ts';
import { pacemakerFindings } from '../findings.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';

const name = 'failure-detection';

export const failureDetection: Rule = {
  name,
  sentence: 'advert_int and down_timer_adverts become Corosync’s token: failover is not slower than it was',
  apply(context) {
    const failoverMs = Math.min(...context.groups.map(keepalivedFailoverMs));
    const told = context.options.companion?.cluster.tokenMs;
    const tokenMs = told?.value ?? tokenFor(failoverMs);
    const afterMs = expectedFailoverMs(tokenMs, context.groups);
    const lines = timerLines(context);
    const slower = told
      ? failoverMs < shortestFailoverMs(told.value)
      : failoverMs < shortestFailoverMs(shortestTokenMs);
    const fidelity = slower ? 'approximate' : 'equivalent';
    const chosen = told ? `as ${context.options.companion?.file} has it; ` : '';
    const why = `${chosen}Keepalived took ${inSeconds(failoverMs)} s to notice a silent death; with this token its addresses are up elsewhere after about ${inSeconds(afterMs)} s`;
    return {
      cluster: { tokenMs, failoverMs: afterMs, origins: { token: originOf(name, fidelity, why, lines) } },
      fates: timerFates(context, fidelity, tokenMs),
      diagnostics: slower && !told ? [slowerThanBefore(failoverMs, afterMs, lines[0])] : [],
    };
  },
};

function inSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

function timerLines({ groups }: RuleContext) {
  return groups.flatMap(({ source }) =>
    source.instances.flatMap(({ members }) =>
      members.flatMap(({ configured }) => configured.advertIntervalMs.from ?? configured.directive),
    ),
  );
}

function timerFates(
  { cluster }: RuleContext,
  fidelity: 'equivalent' | 'approximate',
  tokenMs: number,
): RuleFate[] {
  const reason = `Part of the time after which a silent node counts as dead: now Corosync's token of ${tokenMs} ms, one for the whole cluster.`;
  return cluster.configurations.flatMap(({ instances, globals }) => [
    ...instances.flatMap(({ advertIntervalMs, downTimerAdverts, version, directive }) => [
      ...fatesOf([advertIntervalMs.from], fidelity, reason, tokenWayOut),
      // The global value, when inherited, is spoken for below.
      ...fatesOf(
        [downTimerAdverts.from].filter(
          (line) => line && childrenNamed(directive, 'down_timer_adverts').includes(line),
        ),
        fidelity,
        reason,
        tokenWayOut,
      ),
      ...fatesOf([version.from], 'not-needed', 'A version of the VRRP protocol, which is no longer spoken.'),
    ]),
    ...fatesOf([globals.downTimerAdverts.from], fidelity, reason, tokenWayOut),
    ...fatesOf(
      [globals.vrrpVersion.from],
      'not-needed',
      'A version of the VRRP protocol, which is no longer spoken.',
    ),
  ]);
}

function slowerThanBefore(
  beforeMs: number,
  afterMs: number,
  line: ReturnType<typeof timerLines>[number] | undefined,
): Diagnostic {
  return report(pacemakerFindings.fasterThanCorosync, {
    summary: `failover after a silent death takes about ${inSeconds(afterMs)} s instead of ${inSeconds(beforeMs)} s`,
    detail: `Corosync's token stays at ${shortestTokenMs} ms or more: shorter ones declare nodes dead that only pause.`,
    at: line?.directive.span,
    help: 'if that is too slow, lower the token in migrate.sh and watch for false alarms',
  });
}
