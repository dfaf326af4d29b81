/** Blanks to the eye that separate nothing. */
const blanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
/** Nothing to the eye. */
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const fullWidth = /[\uff01-\uff5e]/;

const names: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u3000': 'an ideographic space',
  '\u200b': 'a zero-width space',
  '\u00ad': 'a soft hyphen',
  '\ufeff': 'a byte order mark',
};

/** What a word with such characters was probably meant to be, and the name of the first; undefined for a word without. */
export function hiddenCharacters(word: string): { name: string; meant: string } | undefined {
  const seen = word.replace(blanks, ' ').replace(invisible, '');
  const narrow = seen.replace(/[\uff01-\uff5e]/g, (character) => character.normalize('NFKC'));
  // Full-width signs are at home in names in Chinese or Japanese: only what is ASCII otherwise is meant to be ASCII.
  const meant = /^[ -~]*$/.test(narrow) ? narrow : seen;
  if (meant === word) return undefined;
  const [character = ''] = /[\u00a0\u1680\u2000-\u200f\u202f\u205f\u3000\u00ad\u2060\ufeff]/.exec(word) ??
    fullWidth.exec(word) ?? [''];
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const kind = fullWidth.test(character)
    ? `the full-width ${character}`
    : character.search(blanks) === 0
      ? 'a space that separates nothing'
      : 'an invisible character';
  return { name: `${names[character] ?? kind} (U+${code})`, meant };
}
