import type { Rule } from '../rule.ts';
import { failureDetection } from './failure-detection.ts';
import { fencing } from './fencing.ts';
import { instance } from './instance.ts';
import { mail } from './mail.ts';
import { notify } from './notify.ts';
import { preemption } from './preemption.ts';
import { priority } from './priority.ts';
import { quorum } from './quorum.ts';
import { syncGroup } from './sync-group.ts';
import { trackInterface } from './track-interface.ts';
import { trackScript } from './track-script.ts';
import { transport } from './transport.ts';
import { virtualAddress } from './virtual-address.ts';

/** In the order in which their elements stand in the plan. */
export const rules: readonly Rule[] = [
  fencing,
  quorum,
  transport,
  failureDetection,
  virtualAddress,
  instance,
  syncGroup,
  trackScript,
  trackInterface,
  priority,
  preemption,
  notify,
  mail,
];
