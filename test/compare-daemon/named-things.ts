import { posix } from 'node:path';
import type { ServerScript, VirtualServer } from '../../src/keepalived/lvs-configuration.ts';
import type { NodeConfiguration, ScriptUser } from '../../src/keepalived/node-configuration.ts';
import { routingFiles } from './routing-files.ts';

/** The user id of the first stand-in user; the others follow. */
export const firstUserId = 3000;

/** The folder in which the daemon finds a program that is named without a path. */
const programFolder = '/usr/bin';

/** The account that scripts run as by default; enable_script_security insists on it. */
const scriptAccount = 'keepalived_script';

/** What a configuration names of the machine that it runs on. */
export interface NamedThings {
  readonly interfaces: readonly string[];
  readonly users: readonly string[];
  /** Absolute paths. */
  readonly programs: readonly string[];
  /** Of files that are tracked. */
  readonly folders: readonly string[];
  /** Files of the host, by path, that names in routes and rules are looked up in. */
  readonly files: ReadonlyMap<string, string>;
  /** There is something for the BFD process to read. */
  readonly hasBfd: boolean;
}

/**
 * Interfaces are guessed from the text (the daemon names those that are still missing); users and programs are those
 * that the project understood. If it misreads one, the daemon misses it and drops the script: a difference.
 */
export function namedThings(text: string, configuration: NodeConfiguration): NamedThings {
  const { startupScript, shutdownScript, notifyFifo, vrrpNotifyFifo } = configuration.globals;
  const fifos = [notifyFifo, vrrpNotifyFifo];
  const ofGlobals = [startupScript, shutdownScript, ...fifos.map(({ script }) => script)];
  const callers = [...configuration.instances, ...configuration.syncGroups];
  const calls = [
    ...configuration.scripts,
    ...callers.flatMap(({ notifyScripts }) => notifyScripts),
    ...ofGlobals.flatMap((script) => script ?? []),
    ...configuration.virtualServers.flatMap(callsOf),
  ];
  const account = /^\s*enable_script_security/m.test(text) ? [scriptAccount] : [];
  const users = [
    configuration.globals.scriptUser?.value,
    ...[...calls, ...fifos].map(({ user }) => user),
  ].flatMap(namesOf);
  return {
    interfaces: [...new Set([...interfacesIn(text), ...settingsOn(configuration)])],
    users: [...new Set([...account, ...users, ...usersIn(text)])].filter(
      (name) => name !== 'root' && /^[^\s:]+$/.test(name),
    ),
    programs: [...new Set(calls.map(({ argv }) => programPath(argv[0] ?? '')))].filter(
      (path) => path.startsWith('/') && path !== '/',
    ),
    folders: [...configuration.trackFiles, ...fifos].flatMap(({ path }) =>
      path === undefined ? [] : posix.dirname(folderPath(path)),
    ),
    files: routingFiles(configuration),
    hasBfd: /^\s*bfd_instance/m.test(text),
  };
}

/** Where the daemon says that a program is: it searches PATH for a bare name, and any other path starts at its folder, /. */
export function programPath(command: string): string {
  return command.includes('/') ? posix.resolve('/', command) : `${programFolder}/${command}`;
}

/** Where a tracked file is to the daemon. */
export function folderPath(path: string): string {
  return posix.resolve('/', path);
}

/** The commands that a virtual server, its real servers and their checkers run. */
function callsOf({
  quorumUp,
  quorumDown,
  realServers,
}: VirtualServer): Pick<ServerScript, 'argv' | 'user'>[] {
  const notified = [
    quorumUp,
    quorumDown,
    ...realServers.flatMap((server) => [server.notifyUp, server.notifyDown]),
  ];
  const checks = realServers.flatMap(({ checkers }) =>
    checkers.filter((checker) => checker.kind === 'MISC_CHECK'),
  );
  return [...notified.filter((script) => script !== undefined), ...checks];
}

function namesOf(user: ScriptUser | undefined): string[] {
  return user ? [user.user, ...(user.group === undefined ? [] : [user.group])] : [];
}

/** The user of a script that names none. */
export function defaultUser(named: NamedThings): string {
  return named.users.includes(scriptAccount) ? scriptAccount : 'root';
}

function usersIn(text: string): string[] {
  return [...text.matchAll(/^(?:user|script_user)[ \t]+(.*)$/gm)].flatMap(([, words = '']) =>
    words.split(/\s+/).map((word) => word.replaceAll('"', '')),
  );
}

function interfacesIn(text: string): string[] {
  const named = [
    ...text.matchAll(/(?:^|\s)(?:interface|dev|[io]if|default_interface|track_interface\n\{)\s+(\S+)/g),
  ];
  // eth0 is the default_interface.
  return usableInterfaces(['eth0', ...named.map(([, name = '']) => name)]);
}

function settingsOn({ linkDelays, linkbeatInterfaces, garpGroups }: NodeConfiguration): string[] {
  const names = [...linkDelays, ...linkbeatInterfaces].map((entry) => entry.interface);
  return usableInterfaces([...names, ...garpGroups.flatMap(({ interfaces }) => interfaces)]);
}

/** Complaints of the daemon about interfaces that do not exist. */
export function missingInterfaces(output: string): string[] {
  const complaints = [
    /interface (\S+) (?:\S+ )*doesn't exist/g,
    /unknown interface (\S+)/gi,
    /Non-existent interface (\S+) /g,
  ];
  return usableInterfaces(
    complaints.flatMap((complaint) => [...output.matchAll(complaint)].map(([, name = '']) => name)),
  );
}

/** No host has an interface whose name is an address. */
function usableInterfaces(names: readonly string[]): string[] {
  const plain = names.map((name) => name.replaceAll('"', ''));
  return [...new Set(plain)].filter(
    (name) =>
      /^[^\s/:"\\#%]{1,15}$/.test(name) &&
      !/^\d+(?:\.\d+){3}$/.test(name) &&
      !['lo', '.', '..', '{', '}'].includes(name),
  );
}
