/** A `~SEQ` or `~LST` line: its text is read once for each round, with the round's definitions in force. */
export interface Sequence {
  readonly rounds: readonly Round[];
  /** Offset in the line at which the repeated text starts. */
  readonly textStart: number;
}

export type Round = readonly { readonly name: string; readonly value: string }[];

/** More rounds than the logical text may have lines make no sense. */
const maxRounds = 1_000_000;

export function isSequence(line: string): boolean {
  return /^~(?:SEQ|LST)/.test(line);
}

/**
 * Reads the head of a `~SEQ(VAR, …)`, `~SEQx(VAR, …)` or `~LST(VAR, …)` line.
 * Returns the reason when the daemon would report and drop the line.
 */
export function parseSequence(line: string): Sequence | { readonly problem: string } {
  const head = /^~(SEQx?|LST)[ \t]*\(/.exec(line);
  if (!head) return { problem: 'not a sequence' };
  const close = line.indexOf(')', head[0].length);
  if (close < 0) return { problem: 'the closing parenthesis is missing' };
  const parameters = line.slice(head[0].length, close);
  const textStart = close + 1 + (/^[ \t]*/.exec(line.slice(close + 1))?.[0].length ?? 0);
  const rounds = head[1] === 'LST' ? listRounds(parameters) : numberRounds(parameters, head[1] === 'SEQx');
  return 'problem' in rounds ? rounds : { rounds: rounds.rounds, textStart };
}

type Rounds = { readonly rounds: readonly Round[] } | { readonly problem: string };

function numberRounds(parameters: string, hexadecimal: boolean): Rounds {
  const [name = '', ...bounds] = parameters.split(',').map((part) => part.trim());
  if (name === '') return { problem: 'a name must come first' };
  const numbers = bounds.map(parseInteger);
  if (numbers.length < 1 || numbers.length > 3 || numbers.some((value) => value === undefined)) {
    return { problem: 'one to three whole numbers must follow the name' };
  }
  const [first = 0, second, third] = numbers as number[];
  const start = second === undefined ? (first < 0 ? -1 : 1) : first;
  const end = third ?? second ?? first;
  const step = third === undefined ? (start <= end ? 1 : -1) : (second ?? 0);
  if (step === 0 || (end - start) * step < 0) return { problem: `step ${step} never reaches ${end}` };
  if (Math.abs((end - start) / step) > maxRounds) return { problem: 'too many rounds' };
  if (hexadecimal && (start < 0 || end < 0)) return { problem: '~SEQx takes no negative numbers' };
  const rounds: Round[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) {
    rounds.push([{ name, value: hexadecimal ? value.toString(16) : String(value) }]);
  }
  return { rounds };
}

function listRounds(parameters: string): Rounds {
  const items = splitItems(parameters);
  const [names, ...values] = items?.map(membersOf) ?? [];
  if (!names || values.length === 0)
    return { problem: 'names and values must follow, with commas between them' };
  const rounds: Round[] = [];
  for (const members of values) {
    const broken = members.find((member) => /[ \t]/.test(member));
    if (broken !== undefined) return { problem: `the value '${broken}' holds a blank` };
    if (members.length > names.length)
      return { problem: `'${members.join(',')}' has more values than names` };
    rounds.push(names.map((name, index) => ({ name, value: members[index] ?? '' })));
  }
  return { rounds };
}

/** Cuts at the commas outside braces; undefined where a brace stands in the wrong place. An item may be empty. */
function splitItems(parameters: string): string[] | undefined {
  const items: string[] = [];
  let rest = parameters;
  for (;;) {
    const item = /^[ \t]*(\{[^{}]*\}|[^,{}]*)/.exec(rest);
    items.push((item?.[1] ?? '').trim());
    rest = rest.slice(item?.[0].length ?? 0).trimStart();
    if (rest === '') return items;
    if (!rest.startsWith(',')) return undefined;
    rest = rest.slice(1);
  }
}

function membersOf(item: string): string[] {
  const inner = /^\{(.*)\}$/s.exec(item)?.[1];
  return inner === undefined ? [item] : inner.split(',').map((member) => member.trim());
}

/** Decimal, 0x… or 0… (octal), as C's strtol with base 0; nothing at all is 0. */
function parseInteger(text: string): number | undefined {
  if (text === '') return 0;
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/.exec(text);
  if (!match?.[2]) return undefined;
  const octal = /^0[0-7]+$/.test(match[2]);
  const value = octal ? Number.parseInt(match[2], 8) : Number(match[2]);
  return match[1] === '-' ? -value : value;
}
