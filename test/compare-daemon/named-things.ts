import { posix } from 'node:path';
import type { ServerScript, VirtualServer } from '../../src/keepalived/lvs-configuration.ts';
import type { NodeConfiguration, ScriptUser } from '../../src/keepalived/node-configuration.ts';

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
}

/**
 * Interfaces are guessed from the text (the daemon names those that are still missing); users and programs are those
 * that the project understood. If it misreads one, the daemon misses it and drops the script: a difference.
 */
export function namedThings(text: string, configuration: NodeConfiguration): NamedThings {
  const callers = [...configuration.instances, ...configuration.syncGroups];
  const calls = [
    ...configuration.scripts,
    ...callers.flatMap(({ notifyScripts }) => notifyScripts),
    ...configuration.virtualServers.flatMap(callsOf),
  ];
  const account = /^\s*enable_script_security/m.test(text) ? [scriptAccount] : [];
  const users = [configuration.globals.scriptUser?.value, ...calls.map(({ user }) => user)].flatMap(namesOf);
  return {
    interfaces: interfacesIn(text),
    users: [...new Set([...account, ...users, ...usersIn(text)])].filter(
      (name) => name !== 'root' && /^[^\s:]+$/.test(name),
    ),
    programs: [...new Set(calls.map(({ argv }) => programPath(argv[0] ?? '')))].filter(
      (path) => path.startsWith('/') && path !== '/',
    ),
  };
}

/** Where the daemon says that a program is: it searches PATH for a bare name, and any other path starts at its folder, /. */
export function programPath(command: string): string {
  return command.includes('/') ? posix.resolve('/', command) : `${programFolder}/${command}`;
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
    ...text.matchAll(/(?:^|\s)(?:interface|dev|default_interface|track_interface\n\{)\s+(\S+)/g),
  ];
  // eth0 is the default_interface.
  return usableInterfaces(['eth0', ...named.map(([, name = '']) => name)]);
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

function usableInterfaces(names: readonly string[]): string[] {
  const plain = names.map((name) => name.replaceAll('"', ''));
  return [...new Set(plain)].filter(
    (name) => /^[^\s/:"'\\#%]{1,15}$/.test(name) && !['lo', '.', '..', '{', '}'].includes(name),
  );
}
