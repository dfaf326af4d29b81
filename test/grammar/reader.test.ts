import { describe, expect, it } from 'vitest';
import { readNode } from '../../grammar/reader/read-node.ts';
import { memoryTree } from '../memory-tree.ts';

function read(files: Record<string, string>, configId = 'lb1') {
  const outcome = readNode({ path: 'keepalived.conf', configId, files: memoryTree(files) });
  return {
    lines: outcome.value.logical.lines.map(({ text }) => text),
    codes: outcome.diagnostics.map(({ code }) => code),
    diagnostics: outcome.diagnostics,
    readerLines: outcome.value.readerLines,
  };
}

function linesOf(text: string, configId?: string): string[] {
  return read({ 'keepalived.conf': text }, configId).lines;
}

describe('comments', () => {
  it.each([
    ['# all of it', []],
    ['! all of it', []],
    ['state MASTER # here', ['state MASTER']],
    ['state MASTER!here', ['state MASTER']],
    ['auth_pass pa#ss', ['auth_pass pa']],
    ['script "a # b ! c" # d', ['script "a # b ! c"']],
    ["script 'a # b'", ["script 'a"]],
    ['vrrp_instance a\\#b', ['vrrp_instance a']],
    ['debug 1 # x \\', ['debug 1\\']],
    ['   \t', []],
  ])('%j is read as %j', (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });

  it('keeps an escaped comment sign in global_defs, which is stripped only once', () => {
    expect(linesOf('global_defs {\n router_id a\\#b\n}')).toContain('router_id a#b');
  });

  it('warns about a comment sign that cuts a word, without showing the word', () => {
    const { diagnostics } = read({ 'keepalived.conf': 'router_id secret#word\nauth_pass secret#word' });
    expect(diagnostics.map(({ code }) => code)).toEqual(['KP035', 'KP056']);
    expect(JSON.stringify(diagnostics)).not.toContain('secret');
  });
});

describe('braces', () => {
  const block = ['a', '{', 'b', '}', 'c', '{', '}'];
  it.each([
    'a {\nb\n}\nc {\n}',
    'a{b}c{}',
    'a\n\n# x\n{ b\n} c { }',
    'a { b } c\r\n{\r\n}\r\n',
    '\ta\t{\tb\t}\tc\t{\t}',
  ])('%j is one reading', (text) => {
    expect(linesOf(text)).toEqual(block);
  });

  it('are plain text inside double quotes', () => {
    expect(linesOf('script "awk {print}"')).toEqual(['script "awk {print}"']);
  });

  it('stop the reader when thousands of them nest, with one error', () => {
    const { codes } = read({ 'keepalived.conf': 'a {\n'.repeat(10_000) });
    expect(codes).toEqual(['KP030']);
  });
});

describe('definitions', () => {
  it.each([
    ['$A=66\npriority $A', ['priority 66']],
    ['$A=66\npriority ${A}', ['priority 66']],
    ['$A=b\nx "${A}c"', ['x "bc"']],
    ['$A=$B\n$B=5\np $A', ['p 5']],
    ['$A=1\np $A\n$A=2\np $A', ['p 1', 'p 2']],
    ['$A=1\n$A/24', ['$A/24']],
    ['p $A\n$A=1', ['p $A']],
    ['$A=\\\nx 1 \\\ny 2\n$A', ['x 1', 'y 2']],
    ['$A=\\\nx {\\\ny 2 }\\\n\nb\n$A', ['b', 'x', '{', 'y 2', '}']],
    ['p ${_INSTANCE} ${_PWD}', ['p lb1 /etc/keepalived']],
    ['p "a${_HASH}b${_BANG}"', ['p "a#b!"']],
    ['p a${_HASH}b', ['p a']],
    ['$A = 1', ['$A = 1']],
  ])('%j is read as %j', (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });

  it.each(['$A=${A}2\np $A', '$A=${B}\n$B=${A}\np ${A}', '$A=${B}${B}\n$B=${A}\np $A'])(
    '%j ends in an error',
    (text) => {
      expect(read({ 'keepalived.conf': text }).codes).toEqual(['KP020']);
    },
  );

  it('that are named but not substituted are pointed out', () => {
    const { codes, lines } = read({ 'keepalived.conf': '$IP=10.0.0.1\nv {\n$IP/24\n}' });
    expect(codes).toEqual(['KP021']);
    expect(lines).toContain('$IP/24');
  });
});

describe('sequences', () => {
  it.each([
    ['~SEQ(I,3) a${I}', ['a1', 'a2', 'a3']],
    ['~SEQ(I,0) a${I}', ['a1', 'a0']],
    ['~SEQ(I,5,3) a${I}', ['a5', 'a4', 'a3']],
    ['~SEQ(I,1,3,9) a${I}', ['a1', 'a4', 'a7']],
    ['~SEQx(I,9,11) a${I}', ['a9', 'aa', 'ab']],
    ['~SEQ(I,2) ~SEQ(J,2) a${I}${J}', ['a11', 'a12', 'a21', 'a22']],
    ['$N=2\n~SEQ(I,$N) a${I}', ['a1', 'a2']],
    ['~LST(N,x,y) a${N}', ['ax', 'ay']],
    ['~LST({A,B},{1,2},{3}) a${A}b${B}', ['a1b2', 'a3b']],
    ['~LST({A,B},1,{}) a${A}b${B}', ['a1b', 'ab']],
    ['~LST(A,1,,3) a${A}', ['a1', 'a', 'a3']],
    ['~SEQ(1,2) a', ['a', 'a']],
    ['~SEQ(I,) a${I}', ['a1', 'a0']],
  ])('%j is read as %j', (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });

  it.each([
    '~SEQ(I,1,0,5) a${I}',
    '~SEQ(I,3x) a',
    '~SEQ I,2 a',
    '~SEQ(I) a',
    '~LST(A) a',
    '~LST(A,b c,d) a',
    '~LST(A,1,{2,3}) a',
  ])('%j is reported and dropped', (text) => {
    expect(read({ 'keepalived.conf': text })).toMatchObject({ lines: [], codes: ['KP024'] });
  });
});

describe('conditions', () => {
  const text = '@lb1 a 1\n@lb2 b 2\n@^lb1 c 3\n@^lb2 d 4\n@lb1\n@lb1 @lb1 e';
  it('hold on the node of that name', () => {
    expect(linesOf(text, 'lb1')).toEqual(['a 1', 'd 4', '@lb1 e']);
    expect(linesOf(text, 'lb2')).toEqual(['b 2', 'c 3']);
  });

  it('that hold on no node are told to whoever counts directives', () => {
    const { readerLines } = read({ 'keepalived.conf': '@lb3 priority 1' });
    expect(readerLines).toMatchObject([{ kind: 'condition', label: '@lb3', effective: false }]);
  });
});

describe('includes that are not first on their line', () => {
  const files = (text: string) => ({
    'keepalived.conf': text,
    'a.conf': 'a1\na2',
    'b.conf': 'b1',
    'sub/a.conf': 'sub a',
    'sub/b.conf': 'sub b',
    'nested.conf': 'n {\ninclude a.conf\n}',
  });
  const words = (text: string) => read(files(text)).lines.join(' ');

  it.each([
    ['behind a brace', 'k { include a.conf\n}', 'k { a1 a2 a1 a2 }'],
    ['behind a condition', '@lb1 include b.conf', 'b1 b1'],
    ['behind a definition', '$I=include\n$I b.conf', 'b1 b1'],
    ['with an include of its own', '@lb1 include nested.conf', 'n { a1 a2 } n { a1 a2 }'],
    ['in a sequence: the last file first', '~LST(f,a,b) include ${f}.conf\nend', 'b1 a1 a2 b1 a1 a2 end'],
  ])('are read twice, %s', (_, text, expected) => {
    expect(words(text)).toBe(expected);
    expect(read(files(text)).codes).toContain('KP014');
  });

  it.each([
    ['one that a definition completes', '$F=b\ninclude ${F}.conf', 'b1'],
    ['in a block of the parent process', 'global_defs { include b.conf\n}', 'global_defs { b1 }'],
    ['in a definition of several lines', '$T=\\\ninclude a.conf\\\ninclude b.conf\n$T', 'b1 a1 a2'],
  ])('are read once: %s', (_, text, expected) => {
    expect(words(text)).toBe(expected);
    expect(read(files(text)).codes).not.toContain('KP014');
  });

  it('looks the file of a round up from the folder of the file before', () => {
    const { lines, codes } = read(files('~LST(f,a,b) include sub/${f}.conf'));
    expect(lines).toEqual(['sub a', 'sub a']);
    expect(codes).toEqual(['KP014', 'KP015', 'KP010']);
  });

  it('says once that files of a sequence come in the reverse order, and nothing of a single one', () => {
    expect(read(files('~LST(f,a,b,a,b) include ${f}.conf')).codes).toEqual(['KP014', 'KP015']);
    expect(read(files('~LST(f,a) include ${f}.conf')).codes).toEqual(['KP014']);
  });

  it.each([
    ['2.1.5', 'k { b1 }', []],
    ['2.2.8', 'k { b1 b1 }', ['KP014']],
    ['2.4.0', 'k { b1 }', ['KP014']],
  ] as const)('keepalived %s reads %s', (release, expected, codes) => {
    const tree = memoryTree(files('k { include b.conf\n}'));
    const outcome = readNode({ path: 'keepalived.conf', configId: 'lb1', files: tree, release });
    expect(outcome.value.logical.lines.map(({ text }) => text).join(' ')).toBe(expected);
    expect(outcome.diagnostics.map(({ code }) => code)).toEqual(codes);
  });

  it('warns of a comment that makes the daemon crash', () => {
    const tree = { 'keepalived.conf': '@lb1 include a.conf', 'a.conf': '# comment\nb' };
    expect(read(tree).diagnostics[0]?.detail).toContain('crash');
    expect(read({ ...tree, 'a.conf': ' # comment\nb' }).diagnostics[0]?.detail).not.toContain('crash');
  });
});

describe('includes', () => {
  it('are read in place, relative to the including file, with wildcards, at any depth', () => {
    const files = {
      'keepalived.conf': 'a {\ninclude conf.d/*.conf\n}',
      'conf.d/1.conf': 'b\ninclude more/x.conf',
      'conf.d/2.conf': 'c',
      'conf.d/more/x.conf': 'd',
    };
    expect(read(files).lines).toEqual(['a', '{', 'b', 'd', 'c', '}']);
  });

  it('may close a block that another file opened', () => {
    expect(read({ 'keepalived.conf': 'a {\ninclude end.conf', 'end.conf': 'b }' }).lines).toEqual([
      'a',
      '{',
      'b',
      '}',
    ]);
  });

  it.each([
    ['include missing.conf', ['KP010']],
    ['include folder', ['KP010']],
    ['include none/*.conf', ['KP011']],
    ['includem missing.conf', ['KP013']],
    ['includew none/*.conf', ['KP013']],
    ['includem none/*.conf', ['KP013']],
    ['includem folder/*.conf', ['KP011']],
    ['includeb none/*.conf', ['KP011']],
    ['includeb {end,none}.conf', ['KP013']],
    ['includeb {folder,none}/*.conf', ['KP013']],
    ['includeb {end,none*}.conf', []],
    ['includea {end,none}.conf', ['KP013']],
    ['includew {end,none}.conf', []],
    ['include {end,none}.conf', []],
    ['includer missing.conf', ['KP010']],
    ['include keepalived.conf', ['KP012']],
  ])('%j gives %j', (text, codes) => {
    const files = { 'keepalived.conf': text, folder: 'directory', 'end.conf': '' } as const;
    expect(read(files).codes).toEqual(codes);
  });

  it('of two files that include each other end in one error', () => {
    const files = { 'keepalived.conf': 'include a.conf', 'a.conf': 'include keepalived.conf' };
    expect(read(files).codes).toEqual(['KP012']);
  });
});

describe('places', () => {
  it('lead back to file, line and column through includes, definitions and braces', () => {
    const files = { 'keepalived.conf': '$A=7\nx {\n  include y.conf\n} z', 'y.conf': '  b $A c { d }' };
    const { value } = readNode({ path: 'keepalived.conf', configId: 'lb1', files: memoryTree(files) });
    const shown = value.logical.lines.map((line) => {
      const place = line.runs[0]?.place;
      return `${line.text} ${place?.file}:${place?.line}:${place?.column}`;
    });
    expect(shown).toEqual([
      'x keepalived.conf:2:1',
      '{ keepalived.conf:2:3',
      'b 7 c y.conf:1:3',
      '{ y.conf:1:10',
      'd y.conf:1:12',
      '} y.conf:1:14',
      '} keepalived.conf:4:1',
      'z keepalived.conf:4:3',
    ]);
  });
});

it('a line longer than the daemon’s buffer goes on as a line of its own', () => {
  const { lines } = read({ 'keepalived.conf': `# ${'x'.repeat(1021)}priority 7\nstate MASTER` });
  expect(lines).toEqual(['priority 7', 'state MASTER']);
});

it('a byte order mark sticks to the first word, as in the daemon', () => {
  const { lines, codes } = read({ 'keepalived.conf': '\uFEFFglobal_defs {\n}' });
  expect(lines[0]).toBe('\uFEFFglobal_defs');
  expect(codes).toEqual(['KP003']);
});
