import { fileKeywords } from './global-defs/files.ts';
import { lvsKeywords } from './global-defs/lvs.ts';
import { notificationKeywords } from './global-defs/notification.ts';
import { processKeywords } from './global-defs/process.ts';
import { vrrpDefaultKeywords } from './global-defs/vrrp-defaults.ts';
import type { DirectiveTable } from './spec.ts';

/** global_defs { } */
export const globalDefsKeywords: DirectiveTable = [
  ...notificationKeywords,
  ...vrrpDefaultKeywords,
  ...lvsKeywords,
  ...processKeywords,
  ...fileKeywords,
];
