/** What a check's command looks after, where it does nothing else. */
export type Idiom =
  /** Whether a service runs: by its unit, or by the name of a process, of which the unit is a guess. */
  | { readonly kind: 'service'; readonly unit: string; readonly isGuess: boolean }
  /** Whether a host answers. */
  | { readonly kind: 'ping'; readonly host: string; readonly source?: string };

/**
 * Recognises the usual ways to look after a service or a neighbour: `killall -0 X`, `pidof X`, `pgrep X`,
 * `systemctl is-active X`, `service X status`, `ping -c1 HOST`, with or without folders and `sh -c`. Undefined for anything
 * that may do more.
 */
export function idiomOf(argv: readonly string[]): Idiom | undefined {
  const [program = '', ...rest] = withoutShell(argv) ?? [];
  const name = programNamed(program);
  if (name !== undefined && idioms.has(name)) return idioms.get(name)?.(rest);
  const script = initScript(program);
  return script !== undefined && rest.join(' ') === 'status' ? serviceOf(script) : undefined;
}

/** What a script does to one service, where it does nothing else. */
export interface ServiceCall {
  readonly verb: 'start' | 'stop';
  readonly unit: string;
}

/**
 * Recognises `systemctl start X`, `service X stop` and `/etc/init.d/X start`, with or without folders and `sh -c`. A restart
 * is a start: the service runs afterwards, begun after the addresses came. Undefined for anything that may do more.
 */
export function serviceCallOf(argv: readonly string[]): ServiceCall | undefined {
  const [program = '', ...rest] = withoutShell(argv) ?? [];
  const [first, second, ...more] = operandsOfCall(programNamed(program), initScript(program), rest);
  const verb = callVerbs.get(first ?? '');
  const unit = second === undefined || more.length > 0 ? undefined : unitNamed(second);
  return verb === undefined || unit === undefined ? undefined : { verb, unit };
}

const callVerbs: ReadonlyMap<string, ServiceCall['verb']> = new Map([
  ['start', 'start'],
  ['restart', 'start'],
  ['stop', 'stop'],
]);

/** Verb and service, whatever their order in the call. */
function operandsOfCall(
  program: string | undefined,
  script: string | undefined,
  rest: readonly string[],
): readonly string[] {
  if (script !== undefined) return rest.length === 1 ? [...rest, script] : [];
  if (program === 'service') return rest.length === 2 ? [...rest].reverse() : [];
  if (program !== 'systemctl') return [];
  const { options, operands } = split(rest);
  const isPlain = options.every((option) =>
    /^-q$|^--(?:quiet|no-block|no-pager|no-ask-password)$/.test(option),
  );
  return isPlain ? operands : [];
}

/** A program in one of the system's folders, or without one. */
function programNamed(program: string): string | undefined {
  return /^(?:\/(?:usr\/)?s?bin\/)?([a-z]+[0-9]?)$/.exec(program)?.[1];
}

/** The script of System V says the same as `service`. */
function initScript(program: string): string | undefined {
  return /^\/etc\/(?:rc\.d\/)?init\.d\/([\w.@-]+)$/.exec(program)?.[1];
}

const idioms: ReadonlyMap<string, (rest: readonly string[]) => Idiom | undefined> = new Map(
  Object.entries({
    killall: (rest) => {
      const { options, operands } = split(rest, ['s', 'signal']);
      const asks = options.some((option) => ['-0', '-s 0', '--signal 0'].includes(option));
      const others = options.filter(
        (option) => !/^(?:-0|-s 0|--signal 0|-q|--quiet|-e|--exact)$/.test(option),
      );
      return asks && others.length === 0 ? processNamed(operands) : undefined;
    },
    pidof: (rest) => {
      const { options, operands } = split(rest);
      return options.every((option) => /^-[sxq]+$/.test(option)) ? processNamed(operands) : undefined;
    },
    // Without -x a part of a name is enough; nobody means that.
    pgrep: (rest) => {
      const { options, operands } = split(rest);
      return options.every((option) => /^-[xcl]+$|^--exact$/.test(option))
        ? processNamed(operands)
        : undefined;
    },
    systemctl: (rest) => {
      const { options, operands } = split(rest);
      const [verb, unit, ...more] = operands;
      const quiet = options.every((option) => /^-q$|^--quiet$|^--no-pager$/.test(option));
      const asks = verb === 'is-active' || verb === 'status';
      return quiet && asks && unit !== undefined && more.length === 0 ? serviceOf(unit) : undefined;
    },
    service: (rest) => (rest.length === 2 && rest[1] === 'status' ? serviceOf(rest[0] ?? '') : undefined),
    ping: pingOf,
    ping6: pingOf,
  } satisfies Record<string, (rest: readonly string[]) => Idiom | undefined>),
);

/** `sh -c` around words that a shell does nothing with but throw their output away. */
function withoutShell(argv: readonly string[]): readonly string[] | undefined {
  const [shell = '', option, text, ...more] = argv;
  if (!/^(?:\/(?:usr\/)?bin\/)?(?:ba|da)?sh$/.test(shell)) return argv;
  if (option !== '-c' || text === undefined || more.length > 0) return undefined;
  const bare = text
    .trim()
    .replace(/(?:\s*(?:&>|[12]?>>?)\s*(?:\/dev\/null|&[12]))+$/, '')
    .replace(/^exec\s+/, '');
  return /^[\w\s./@:+,=-]+$/.test(bare) ? bare.split(/\s+/) : undefined;
}

/** Options and operands; an option of which a value follows has it behind a blank. */
function split(words: readonly string[], valued: readonly string[] = []) {
  const options: string[] = [];
  const operands: string[] = [];
  const waiting = [...words];
  for (let word = waiting.shift(); word !== undefined; word = waiting.shift()) {
    if (!word.startsWith('-')) operands.push(word);
    else if (valued.includes(word.replace(/^--?/, ''))) options.push(`${word} ${waiting.shift() ?? ''}`);
    else options.push(word);
  }
  return { options, operands };
}

function serviceOf(text: string): Idiom | undefined {
  const unit = unitNamed(text);
  return unit === undefined ? undefined : { kind: 'service', unit, isGuess: false };
}

/** A service, not a mount or a socket; a word that begins with a dash is an option. */
function unitNamed(text: string): string | undefined {
  const unit = text.replace(/\.service$/, '');
  return /^[\w:@][\w:@-]*$/.test(unit) ? unit : undefined;
}

/** Names of processes whose unit has another one. */
const units: ReadonlyMap<string, string> = new Map([
  ['postmaster', 'postgresql'],
  ['postgres', 'postgresql'],
  ['mysqld', 'mysql'],
  ['mariadbd', 'mariadb'],
  ['redis-server', 'redis'],
  ['memcached', 'memcached'],
  ['master', 'postfix'],
  ['rpc.nfsd', 'nfs-server'],
  ['slapd', 'slapd'],
]);

/** The unit that is guessed for a process; a name of its own for anything else. */
export function unitOfProcess(name: string): string {
  return units.get(name) ?? name;
}

/** @param operands one name, or nothing is recognised: several processes are several services */
export function processNamed(operands: readonly string[]): Idiom | undefined {
  const [path = '', ...more] = operands;
  const name = path.replace(/^\/(?:\S*\/)?/, '');
  if (more.length > 0 || !/^[A-Za-z][\w.+@-]*$/.test(name)) return undefined;
  return { kind: 'service', unit: unitOfProcess(name), isGuess: true };
}

/** `-c 1 -W 2 -q HOST`: what it asks of a host besides is not kept. */
function pingOf(rest: readonly string[]): Idiom | undefined {
  const waiting = rest.flatMap((word) => {
    const joined = /^-([cWwiIstn])(\S+)$/.exec(word);
    return joined ? [`-${joined[1]}`, joined[2] ?? ''] : [word];
  });
  const { options, operands } = split(waiting, ['c', 'W', 'w', 'i', 'I', 's', 't']);
  const [host, ...more] = operands;
  const isKnown = options.every((option) => /^-[cWwiIst] \S+$|^-[46qn]+$/.test(option));
  const asksOnce = options.some((option) => /^-c \d+$/.test(option));
  if (!isKnown || !asksOnce || host === undefined || more.length > 0 || !/^[\w.:%-]+$/.test(host))
    return undefined;
  const source = options.find((option) => option.startsWith('-I '))?.slice(3);
  return { kind: 'ping', host, ...(source !== undefined && { source }) };
}
