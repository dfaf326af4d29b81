import { announcementGap } from './announcement.ts';
import { daemonDispositions, globalDaemonDispositions } from './daemon.ts';
import { type BlockDisposition, type DispositionTable, equivalent, notNeeded } from './disposition.ts';
import { instanceDispositions, virtualRouter } from './instance.ts';
import { balancedService, checkerSetting, virtualServerDispositions } from './lvs.ts';
import { globalNotificationDispositions, mailOnChange, stateLines, stateScripts } from './notification.ts';
import { staticEntryDispositions } from './static-entries.ts';
import {
  scriptCheck,
  trackedFile,
  trackedInterface,
  trackedProcess,
  trackedScript,
  trackedSession,
  vrrpScriptDispositions,
} from './tracking.ts';
import { vrrpDefaultDispositions } from './vrrp-defaults.ts';

const globalDefs: BlockDisposition = {
  own: notNeeded('It only holds the settings that follow, each of which has its own entry.'),
  inside: { ...globalNotificationDispositions, ...vrrpDefaultDispositions, ...globalDaemonDispositions },
};

const floatingPriorities = equivalent(
  'It let weighted checks of member instances change their priority. The location rules of these checks count for the group of all members.',
);

const syncGroup: BlockDisposition = {
  own: equivalent(
    'Its instances changed state together. One Pacemaker group holds the addresses of all of them and moves as a whole.',
  ),
  inside: {
    group: equivalent('It named the instances whose addresses share one Pacemaker group.'),
    track_interface: trackedInterface,
    track_script: trackedScript,
    track_file: trackedFile,
    track_process: trackedProcess,
    track_bfd: trackedSession,
    ...stateScripts,
    smtp_alert: mailOnChange,
    global_tracking: floatingPriorities,
    sync_group_tracking_weight: floatingPriorities,
    notify_priority_changes: stateLines,
  },
};

/** Everything that may stand outside a block. */
export const rootDispositions: DispositionTable = {
  ...daemonDispositions,
  ...staticEntryDispositions,
  global_defs: globalDefs,
  vrrp_sync_group: syncGroup,
  garp_group: announcementGap,
  vrrp_instance: { own: virtualRouter, inside: instanceDispositions },
  vrrp_script: { own: scriptCheck, inside: vrrpScriptDispositions },
  vrrp_track_process: trackedProcess,
  track_file: trackedFile,
  vrrp_track_file: trackedFile,
  bfd_instance: trackedSession,
  SSL: checkerSetting,
  virtual_server_group: balancedService,
  virtual_server: { own: balancedService, inside: virtualServerDispositions },
};
