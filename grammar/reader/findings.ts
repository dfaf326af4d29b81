import type { Finding } from '../source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said while the text is read, before any keyword is understood. */
export const readerFindings = {
  unreadableFile: finding(
    'KP001',
    'error',
    'the configuration file cannot be read',
    'The main file is missing, is a directory, is not text, may not be read, or is larger than any configuration. The daemon would not start with it either. Give the path of a keepalived.conf.',
  ),
  notUtf8: finding(
    'KP002',
    'note',
    'the file is not UTF-8',
    'The daemon reads bytes and does not mind. kp2pcm reads the file as Latin-1, so that every byte survives; names with such bytes may look odd in the scripts.',
  ),
  byteOrderMark: finding(
    'KP003',
    'warning',
    'the file starts with a byte order mark',
    'The daemon does not skip a byte order mark: it becomes part of the first word, so the first keyword is unknown to it and, if it opens a block, that block is lost. kp2pcm reads it in the same way. Save the file without a byte order mark.',
  ),
  includeNotRead: finding(
    'KP010',
    'warning',
    'an included file cannot be read',
    'The daemon logs a message and goes on without the file. The translation then misses what the file holds on the production host. Make the included files available under the same paths relative to the including file, or remove the line.',
  ),
  includeMatchesNothing: finding(
    'KP011',
    'note',
    'an include pattern matches no file',
    'The daemon is silent about a pattern without matches. If the files exist on the production host, translate there or copy them beside the configuration.',
  ),
  includeLoop: finding(
    'KP012',
    'error',
    'a file includes itself',
    'The daemon reads such a file again and again until it runs out of file descriptors. There is no sensible reading of it.',
  ),
  strictIncludeFails: finding(
    'KP013',
    'error',
    'a strict include fails',
    'The letters after include (r, m, w, b, a) make a missing or unreadable file fatal: the daemon exits with code 6.',
  ),
  includeReadTwice: finding(
    'KP014',
    'warning',
    'an included file is read twice',
    'From 2.2.0 on the daemon’s processes share a copy of what was read. An include behind a brace (virtual_ipaddress { include x), an @id, a ~SEQ or a definition stays in that copy beside the lines of its file, so that the VRRP and LVS processes read both. kp2pcm reads it in the same way for 2.2: what the file holds is there twice, and a block with a name is skipped the second time. 2.3.3 and 2.3.4 never come to the end; 2.4 drops the second of two equal addresses. kp2pcm reads the file once for these. Put the include on a line of its own.',
  ),
  filesInReverse: finding(
    'KP015',
    'warning',
    'included files are read in the reverse order',
    'A ~SEQ or ~LST that repeats an include, or a definition of several lines with includes, opens all the files before it reads a line of them. The file opened last is read first, and what one file defines is not known to the one before it. kp2pcm reads them in the same order. The path of a round is looked up from the folder of the file that the round before has opened: with a folder in the path only the first file is found.',
  ),
  definitionLoop: finding(
    'KP020',
    'error',
    'a definition refers to itself',
    'Definitions are expanded when they are used. One that contains itself expands until the daemon’s buffer is full and garbles the line, or never ends.',
  ),
  definitionNotSubstituted: finding(
    'KP021',
    'warning',
    'a definition is named but not substituted',
    'The daemon recognises $NAME only before a blank, a comma, a closing parenthesis or the end of the line; $IP/24 stays as it is, without a message. ${NAME} works everywhere.',
  ),
  undefinedDefinition: finding(
    'KP022',
    'warning',
    'a definition is used that does not exist here',
    'An undefined ${NAME} outside quotes is cut at its braces and wrecks the block structure; in the daemon, definitions hold from their line on.',
  ),
  randomValue: finding(
    'KP023',
    'warning',
    'a random value cannot be translated',
    'The daemon puts another number here at each start. kp2pcm reads the lowest possible one, so that its output depends on its input alone.',
  ),
  badSequence: finding(
    'KP024',
    'warning',
    'a ~SEQ or ~LST line cannot be expanded',
    'The daemon reports the line and drops it.',
  ),
  nestedTooDeep: finding(
    'KP030',
    'error',
    'blocks are nested too deep',
    'No keyword of keepalived.conf nests more than a handful of levels. The text is not a keepalived.conf, or braces are missing.',
  ),
  lineTooLong: finding(
    'KP031',
    'warning',
    'a line is longer than the daemon’s buffer',
    'The daemon reads 1023 bytes at a time: the rest of a longer line becomes a line of its own, and a keyword if it starts with a word. kp2pcm reads it in the same way.',
  ),
  expansionTooLarge: finding(
    'KP032',
    'error',
    'the text grows beyond bounds while it is expanded',
    'Includes, definitions, ~SEQ and ~LST made more text than any configuration needs.',
  ),
  commentInsideWord: finding(
    'KP035',
    'warning',
    'a comment sign inside a word cuts it',
    'From 1.3 on the daemon starts a comment at every # and ! outside double quotes, also inside a word, without a message. A password pa#ss is pa. Put the value in double quotes if the sign belongs to it: both programs then read it whole, but then every node must agree.',
  ),
  passwordCut: finding(
    'KP056',
    'warning',
    'a comment sign cuts a password',
    'From 1.3 on the daemon starts a comment at every # and ! outside double quotes, without a message: the password ends there. Nodes agree as long as what stands before the sign is the same. A node where the password stands in quotes, or one with a release before 1.3, has another one; and different passwords with the same beginning match by accident. A password that begins with the sign is none, and the daemon exits. Pacemaker does not need the password.',
  ),
  nulByte: finding(
    'KP039',
    'warning',
    'a line holds a NUL byte',
    'The daemon reads lines as C strings: up to 2.3 what follows a NUL on its line is lost, without a message; from 2.4 on the line is reported and dropped. kp2pcm reads it in the same way. Such a byte is left behind by a broken disk or a wrong conversion.',
  ),
  formNotKnown: finding(
    'KP036',
    'warning',
    'this release of the daemon does not read a form of the text',
    'Definitions, sequences, conditions, strict includes and braces anywhere in a line came with different releases. An older daemon reads such a line as something else, mostly as an unknown keyword. It is said once for each form. Say with --keepalived which release the host runs (keepalived --version); without it a file is read as 2.2 reads it.',
  ),
  environmentValue: finding(
    'KP037',
    'warning',
    'the value of an environment variable is not known here',
    'From 2.4 on ${_ENV NAME} is the variable’s value in the environment of the daemon, or nothing if it is not set. kp2pcm reads nothing, since its output depends on its input alone. Write the value in place of it before you translate.',
  ),
  lineDropped: finding(
    'KP038',
    'warning',
    'a line is too long and its beginning is dropped',
    'From 2.4 on the daemon reports a line of more than 1022 bytes, drops what fits into its buffer, and still reads the rest as a line of its own. kp2pcm reads it in the same way.',
  ),
} as const;

/** What can be said about the structure of the text. */
export const parserFindings = {
  strayClose: finding(
    'KP040',
    'error',
    'there is a } too many',
    'The daemon ignores a } that closes nothing and goes on. But a } too many usually closed a block earlier than its author meant, so that the lines after it belong to another block or to none; kp2pcm does not guess which. Remove the } or add the { that it belongs to.',
  ),
  unclosedBlock: finding(
    'KP041',
    'warning',
    'a block is not closed',
    'The daemon logs the missing } at the end of the file and keeps the block as if it were complete. Everything after the opening brace was read as a part of it.',
  ),
  strayOpen: finding(
    'KP042',
    'warning',
    'a { follows no keyword',
    'The daemon reports and ignores the {; the matching } then closes the block around it.',
  ),
  unterminatedQuote: finding(
    'KP043',
    'warning',
    'a quote is opened and not closed',
    'The daemon keeps the words before the quote and drops the rest of the line. If the keyword then lacks its value, the daemon exits.',
  ),
} as const;
