import type { ErrorCode } from 'yaml';

interface Words {
  readonly summary: string;
  readonly help?: string;
}

const quoteIt: Words = {
  summary: 'a value cannot begin like this',
  help: 'put the value into quotes',
};

const lineUp: Words = {
  summary: 'this line does not line up with those around it',
  help: 'indent with blanks, and keys of one place by the same number of them',
};

const notKey: Words = {
  summary: 'there is a second colon where one value is expected',
  help: 'put a value with `: ` in it into quotes, or start a new line',
};

/** What the parser found, in words without the text itself, which may be a secret. */
const words: Partial<Record<ErrorCode, Words>> = {
  TAB_AS_INDENT: { summary: 'a tab cannot indent a line of YAML', help: 'indent with blanks' },
  BAD_INDENT: lineUp,
  BAD_SCALAR_START: quoteIt,
  BLOCK_AS_IMPLICIT_KEY: notKey,
  MULTILINE_IMPLICIT_KEY: { summary: 'a key is not ended by a colon', help: 'write KEY: VALUE' },
  MISSING_CHAR: { summary: 'something is not closed: a quote, a bracket, or a key without its colon' },
  MULTIPLE_DOCS: {
    summary: 'a second document (---) is not read',
    help: 'write everything into one document',
  },
  UNEXPECTED_TOKEN: {
    summary: 'this cannot stand here',
    help: 'look for a missing comma, quote or blank before it',
  },
  BAD_DQ_ESCAPE: {
    summary: 'double quotes do not know this backslash sequence',
    help: 'write a backslash twice, or use single quotes',
  },
  BLOCK_IN_FLOW: {
    summary: 'a list in lines cannot stand within brackets',
    help: 'write its items with commas',
  },
};

export function syntaxInWords(code: ErrorCode): Words {
  return words[code] ?? { summary: `the line is not YAML (${code})` };
}
