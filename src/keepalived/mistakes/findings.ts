import type { Finding } from '../../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What people really get wrong: text that the daemon reads in another way than its author meant it. */
export const mistakeFindings = {
  mergeConflict: finding(
    'KP050',
    'warning',
    'an unfinished merge was left in the file',
    'Git puts both versions of a text between <<<<<<<, ======= and >>>>>>>, for a person to choose. The daemon reports the marks as unknown words and reads both versions: of a keyword that stands in both the last line usually counts, entries of lists add up, and a block that opens in both is opened twice. Keep one version and delete the marks.',
  ),
  typographicQuotes: finding(
    'KP051',
    'warning',
    'typographic quotes stand around a value',
    'The daemon knows only the straight double quote ("). “ ” ‘ ’ are letters to it: they become a part of the word, and blanks between them separate words. A command in typographic quotes is a program that does not exist. They come from word processors and web pages: write straight quotes.',
  ),
  hiddenCharacter: finding(
    'KP052',
    'warning',
    'a character that looks like another one spoils a word',
    'Only blank and tab separate words. A no-break space or an ideographic space is a letter to the daemon, so that keyword and value are one unknown word; zero-width characters and full-width letters, colons and braces make another word of one that looks right. They come from web pages, chats and input methods.',
  ),
  foreignPunctuation: finding(
    'KP053',
    'warning',
    'punctuation of another language stands in the line',
    'keepalived.conf has a keyword, blanks, the value and the end of the line. There is no = or : between them, no ; at the end, no comma in lists, no // comment and no dash before an entry: the daemon takes such signs for a part of the word, and then usually cannot use it.',
  ),
  singleQuotes: finding(
    'KP054',
    'warning',
    'single quotes stand around a value',
    'Single quotes group words only inside script strings. Everywhere else they are letters to the daemon and become a part of the value. Use double quotes, or none.',
  ),
  secondNode: finding(
    'KP160',
    'warning',
    'two nodes’ configurations stand in one file',
    'The same vrrp_instance is defined twice, as for a master and for its backup. The daemon keeps the first block and skips the second as a whole, so every node with this file is configured as the first. Each node needs a file of its own: split it, and give both to kp2pcm.',
  ),
  passwordChanged: finding(
    'KP161',
    'note',
    'the password is another one than was written',
    'VRRP has room for 8 bytes: the daemon cuts a longer auth_pass with a message, and what stands behind a blank is not read at all. Quotes other than " belong to the password. Nodes then agree, or fail to, by what is left: two different long passwords with the same first 8 bytes match. Pacemaker does not need the password.',
  ),
  shellSyntax: finding(
    'KP162',
    'warning',
    'a command needs a shell, and there is none',
    "The daemon splits a script string into words and runs the first one with the others as arguments. |, &&, ;, >, $( ) and the like are arguments like any other. Where the program ignores them the check tests something else than was meant; where it does not, the check always fails. Put the line into a script file, or write: /bin/sh -c '…'.",
  ),
  trackedTooEarly: finding(
    'KP163',
    'warning',
    'something is tracked before it is defined',
    'The daemon looks a tracked name up while it reads the track block. A definition further down is not seen: the entry is ignored with a message, and the instance runs unprotected by it. Move the definition above the instance.',
  ),
  trackedNameMisspelt: finding(
    'KP164',
    'warning',
    'a tracked name is not defined, but a similar one is',
    'The daemon ignores an entry whose name it does not find, with a message, and runs the instance unprotected by it. It looks as if the name were misspelt.',
  ),
  scriptSecurity: finding(
    'KP165',
    'note',
    'scripts run without script security',
    'Without enable_script_security the daemon logs `SECURITY VIOLATION - scripts are being executed but script_security not enabled` and runs every script, even one that other users than root can write to. Nothing else changes. In Pacemaker scripts run as root: see that only root can write to them and to their folders.',
  ),
  unicastWithoutPeers: finding(
    'KP166',
    'warning',
    'unicast is configured, but there is no peer',
    'Without an entry in unicast_peer the daemon logs that it uses multicast, and does so. Nodes that have peers do not hear it, nor do networks that carry no multicast, as in most clouds: each node then becomes master.',
  ),
  prefixNotMeant: finding(
    'KP167',
    'warning',
    'an address has another prefix length than was probably meant',
    'An address without /N has all bits: /32 for IPv4, /128 for IPv6. A netmask such as 255.255.255.0 is not understood, neither behind the slash nor as a word: the daemon reports it and uses /32. With /32 the address works, but brings no route to its network.',
  ),
  withoutEffect: finding(
    'KP168',
    'note',
    'a line has no effect',
    'The daemon reads the line and does nothing with it, because of what stands elsewhere. Its message, if it has one, is quoted. Nothing is lost by deleting the line, unless something else was meant by it.',
  ),
} as const;
