import type { DirectiveTable } from './spec.ts';
import { addressKeywords } from './vrrp-instance/addresses.ts';
import { electionKeywords } from './vrrp-instance/election.ts';
import { stateNotificationKeywords } from './vrrp-instance/notification.ts';
import { transportKeywords } from './vrrp-instance/transport.ts';

/** vrrp_instance { } */
export const vrrpInstanceKeywords: DirectiveTable = [
  ...electionKeywords,
  ...transportKeywords,
  ...addressKeywords,
  ...stateNotificationKeywords,
];
