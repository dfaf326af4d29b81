import { inNewTerms, logEntries, timestamp } from './old-dumps.ts';

/** An object of the daemon's dump: its fields (`NAME = VALUE` and plain lines) and its lists. */
export interface DumpedObject {
  readonly kind: string;
  readonly name: string;
  readonly fields: ReadonlyMap<string, string>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

export interface Dump {
  readonly objects: readonly DumpedObject[];
  /** Lines below a heading that belong to no object, without their indentation. */
  readonly sections: ReadonlyMap<string, readonly string[]>;
}

/** The line after which a dump holds interfaces only. */
const interfaceHeading = '------< Interfaces >------';

const objectHead = /^ ((?:VRRP |Static |BFD )?(?:Instance|Script|Sync Group|Track \w+)|Name) = (.*)$/s;

/** Takes the dump that `keepalived -d` writes to its log apart. */
export function parseDump(output: string): Dump {
  const objects: DumpedObject[] = [];
  const sections = new Map<string, string[]>();
  let section: string[] = [];
  let fields: Map<string, string> | undefined;
  let lists = new Map<string, string[]>();
  let list: string[] = [];
  for (const text of logEntries(output).map(inNewTerms)) {
    const title = /^------< (.*) >------$/.exec(text)?.[1];
    const head = objectHead.exec(text);
    if (title !== undefined) {
      section = [];
      list = section;
      fields = undefined;
      sections.set(title, section);
    } else if (head?.[1]) {
      fields = new Map();
      lists = new Map();
      objects.push({ kind: head[1], name: head[2] ?? '', fields, lists });
    } else if (text.startsWith('     ')) list.push(text.slice(5));
    else if (text.startsWith('   ') && fields) {
      const [, name = '', value] = /^ {3}(.*?)(?: = (.*))?$/s.exec(text) ?? [];
      const heading = /^(.*?) ?(?:\(\d+\))? ?:$/.exec(name)?.[1];
      list = [];
      // In old dumps a line may be both.
      lists.set(heading ?? name, list);
      if (heading === undefined || value !== undefined) fields.set(name, value ?? '');
    } else if (text.startsWith(' ')) section.push(text.trimStart());
  }
  return { objects, sections };
}

export function hasReachedInterfaces(output: string): boolean {
  return output.includes(interfaceHeading);
}

/** Whether a dump is whole: something else follows its interfaces. Without an instance nothing ever does. */
export function isWhole(output: string): boolean {
  const start = output.indexOf(interfaceHeading);
  if (start < 0) return false;
  if (!output.includes('------< VRRP Topology >------')) return true;
  // The last line may not be there as a whole.
  const lines = output.slice(start).split('\n').slice(1, -1);
  // The parent process may write between its lines, but not of instances or their sockets.
  return lines.some(
    (line) => timestamp.test(line) && /^(?:\(|VRRP sockpool)/.test(line.replace(timestamp, '')),
  );
}

/** Whether the BFD process has said all: it speaks of its sessions only after its dump. */
export function hasSaidSessions(output: string): boolean {
  return /^[^\n]*\d{4}: (?:\(\S+\) |sendto\(\))/m.test(output.split('------< BFD Topology >------')[1] ?? '');
}
