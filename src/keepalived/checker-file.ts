import type { Directive, Statement, Word } from '../../grammar/ast/nodes.ts';
import { lineOfWords, printConfiguration } from '../../grammar/print.ts';
import type { Release } from '../../grammar/source/release.ts';
import type { BoundDirective } from './bound-directive.ts';
import { checkerGlobals, checkerSurroundings } from './checker-globals.ts';
import type { NodeConfiguration } from './node-configuration.ts';
import { maskedSecret } from './secrets.ts';
import { readSyncDaemon, syncWithoutInstance } from './sync-daemon.ts';

/** Included where the password of a client certificate belongs: no output of kp2pcm may hold one. */
export const checkerSecretFile = '/etc/keepalived/keepalived-checker.secret';

/** A keepalived.conf for a daemon that only checks and balances. */
export interface CheckerFile {
  readonly text: string;
  /** What is in it, as the author wrote it: every line of the blocks too. */
  readonly kept: ReadonlySet<BoundDirective>;
  /** lvs_sync_daemon, where its line is there without the instance. */
  readonly rewritten?: BoundDirective;
  /** The line with the password of a client certificate, in whose place another file is included. */
  readonly password?: BoundDirective;
  /** Lines that belong in it and are not: another one with a password, or with what no line of a file can say. */
  readonly unwritable: readonly BoundDirective[];
}

/**
 * The lines of a configuration that its checkers read, in their order: definitions and conditions are resolved, what the
 * daemon does not know is gone, and so is VRRP. Undefined where there is no virtual server.
 */
export function checkerFile(configuration: NodeConfiguration, release: Release): CheckerFile | undefined {
  if (configuration.virtualServers.length === 0) return undefined;
  return new CheckerFileWriter(configuration, release).write();
}

class CheckerFileWriter {
  private readonly configuration: NodeConfiguration;
  private readonly release: Release;
  private readonly roots: ReadonlySet<BoundDirective>;
  private readonly kept = new Set<BoundDirective>();
  private readonly unwritable: BoundDirective[] = [];
  private rewritten: BoundDirective | undefined;
  private password: BoundDirective | undefined;

  constructor(configuration: NodeConfiguration, release: Release) {
    this.configuration = configuration;
    this.release = release;
    this.roots = new Set(blocksOf(configuration));
  }

  write(): CheckerFile {
    const lines = this.configuration.directives.flatMap((bound) => this.root(bound));
    const statements = this.withSyncOfInstance(lines);
    return {
      text: withInclude(
        printConfiguration({ kind: 'configuration', statements }, { indent: indentFor(statements) }),
      ),
      kept: this.kept,
      ...(this.rewritten && { rewritten: this.rewritten }),
      ...(this.password && { password: this.password }),
      unwritable: this.unwritable,
    };
  }

  private root(bound: BoundDirective): Directive[] {
    const keyword = bound.directive.words[0].value;
    if (bound.verdict) return [];
    if (keyword === 'global_defs') return this.globals(bound);
    return this.roots.has(bound) || checkerSurroundings.has(keyword) ? this.whole(bound) : [];
  }

  private globals(bound: BoundDirective): Directive[] {
    const inside = bound.children.flatMap((line) => {
      const keyword = line.directive.words[0].value;
      if (keyword === 'lvs_sync_daemon') return this.syncDaemon(line, bound);
      return checkerGlobals.has(keyword) ? this.whole(line, bound) : [];
    });
    if (inside.length === 0) return [];
    this.kept.add(bound);
    return [withBlock(bound.directive, inside)];
  }

  private syncDaemon(line: BoundDirective, bound: BoundDirective): Directive[] {
    const daemon = readSyncDaemon(this.configuration);
    if (daemon?.directive !== line) return [];
    if (daemon.instance === undefined) return this.whole(line, bound);
    const words = syncWithoutInstance(daemon, this.configuration, this.release);
    if (!words) return [];
    this.rewritten = line;
    return [lineOf(line.directive, words)];
  }

  /** What an instance says of lvs_sync_daemon, as a global line. */
  private withSyncOfInstance(statements: readonly Directive[]): readonly Directive[] {
    const daemon = readSyncDaemon(this.configuration);
    if (!daemon || daemon.directive.keywords[0] === 'global_defs') return statements;
    const words = syncWithoutInstance(daemon, this.configuration, this.release);
    if (!words) return statements;
    this.rewritten = daemon.directive;
    const { directive } = daemon.directive;
    return [withBlock(lineOf(directive, ['global_defs']), [lineOf(directive, words)]), ...statements];
  }

  /** A line with all that its block has for the daemon. `root` is what it stands in, at the top level. */
  private whole(bound: BoundDirective, root = bound): Directive[] {
    const { directive, kind, spec, children, verdict } = bound;
    // An ignored line may count all the same, for the lines before the one that wins, or as a limit of its value.
    const isBlock = kind === 'keyword' && spec !== undefined && spec.body !== 'nothing';
    if (verdict || (isBlock && this.configuration.ignored.has(bound))) return [];
    const { block: _, ...line } = directive;
    const isSecret = line.words.some(({ value }) => value === maskedSecret);
    if (isSecret && bound.keywords.join('/') === 'SSL/password') {
      this.password = bound;
      return [lineOf(line, [secretPlace])];
    }
    if (isSecret || !isWritable(line, root.directive)) this.unwritable.push(bound);
    else {
      this.kept.add(bound);
      if (!isBlock) return [line];
      return [
        withBlock(
          line,
          children.flatMap((child) => this.whole(child, root)),
        ),
      ];
    }
    return [];
  }
}

/** A word that no daemon knows, so that no line of the author's has it here. */
const secretPlace = 'kp2pcm_secret';

/** The printer writes configurations after includes, and none themselves. */
function withInclude(text: string): string {
  return text.replace(new RegExp(`^( *)${secretPlace}$`, 'm'), `$1include ${checkerSecretFile}`);
}

/** The root blocks that the checkers need. */
function blocksOf(configuration: NodeConfiguration): BoundDirective[] {
  const { virtualServers, virtualServerGroups, sslClient, trackFiles, bfdInstances } = configuration;
  const checkers = virtualServers.flatMap(({ realServers }) =>
    realServers.flatMap((server) => server.checkers),
  );
  const files = new Set(checkers.map((checker) => checker.kind === 'FILE_CHECK' && checker.trackFile));
  const sessions = new Set(checkers.map((checker) => checker.kind === 'BFD_CHECK' && checker.bfdInstance));
  return [
    ...virtualServers,
    ...virtualServerGroups,
    ...(sslClient ? [sslClient] : []),
    ...trackFiles.filter(({ name }) => files.has(name)),
    ...bfdInstances.filter(({ name }) => sessions.has(name)),
  ].map(({ directive }) => directive);
}

function withBlock({ block: _, ...line }: Directive, statements: readonly Statement[]): Directive {
  return { ...line, block: { open: line.span, close: line.span, statements } };
}

function lineOf({ span }: Directive, values: readonly string[]): Directive {
  const [first, ...rest] = values.map((value): Word => ({ value, quoted: false, span }));
  const words: [Word, ...Word[]] = [first ?? { value: '', quoted: true, span }, ...rest];
  return { kind: 'directive', words, text: lineOfWords(words), span };
}

/** What can be written depends on the block at the top level: how often comments are cut in it. */
function isWritable(directive: Directive, root: Directive): boolean {
  try {
    printConfiguration({ kind: 'configuration', statements: [withBlock(root, [directive])] });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The daemon cuts a line at 1023 bytes: one that just fits has no room for blanks. */
function indentFor(statements: readonly Statement[]): string {
  return statements.some((statement) => statement.kind === 'directive' && hasLongLine(statement))
    ? ''
    : '    ';
}

const longLineBytes = 1000;

function hasLongLine({ text, block }: Directive): boolean {
  // No character has more than three bytes for each unit of its text.
  if (text.length * 3 > longLineBytes) return true;
  return block?.statements.some((inner) => inner.kind === 'directive' && hasLongLine(inner)) ?? false;
}
