import type { Rule } from '../rule.ts';
import { announcement } from './announcement.ts';
import { coveredCheck } from './covered-check.ts';
import { failureDetection } from './failure-detection.ts';
import { fencing } from './fencing.ts';
import { instance } from './instance.ts';
import { ldirectord } from './ldirectord.ts';
import { mail } from './mail.ts';
import { managedService } from './managed-service.ts';
import { notifiedService } from './notified-service.ts';
import { notify } from './notify.ts';
import { notifyFifo } from './notify-fifo.ts';
import { pingScript } from './ping-script.ts';
import { preemptDelay } from './preempt-delay.ts';
import { preemption } from './preemption.ts';
import { priority } from './priority.ts';
import { processScripts } from './process-scripts.ts';
import { quorum } from './quorum.ts';
import { service } from './service.ts';
import { staticEntries } from './static-entries.ts';
import { syncDaemon } from './sync-daemon.ts';
import { syncGroup } from './sync-group.ts';
import { trackBfd } from './track-bfd.ts';
import { trackFile } from './track-file.ts';
import { trackInterface } from './track-interface.ts';
import { trackProcess } from './track-process.ts';
import { trackScript } from './track-script.ts';
import { transport } from './transport.ts';
import { virtualAddress } from './virtual-address.ts';
import { virtualRoute } from './virtual-route.ts';
import { virtualRule } from './virtual-rule.ts';
import { virtualServer } from './virtual-server.ts';
import { vmac } from './vmac.ts';

/** In the order in which their elements stand in the plan. */
export const rules: readonly Rule[] = [
  fencing,
  quorum,
  transport,
  failureDetection,
  vmac,
  virtualAddress,
  announcement,
  virtualRoute,
  virtualRule,
  instance,
  syncGroup,
  trackScript,
  trackInterface,
  trackFile,
  trackProcess,
  trackBfd,
  pingScript,
  managedService,
  coveredCheck,
  notifiedService,
  priority,
  preemption,
  // These read the constraints that the rules above have made.
  notify,
  notifyFifo,
  mail,
  // After those that tell of priorities and FAULT: a node that waits has its priority.
  preemptDelay,
  service,
  staticEntries,
  virtualServer,
  ldirectord,
  syncDaemon,
  processScripts,
];
