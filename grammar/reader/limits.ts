/** Guards of the reader: far above any real configuration, low enough to stop a runaway at once. */
export const limits = {
  /** The daemon reads lines into a buffer of 1024 bytes: what is longer continues as a line of its own. */
  lineBytes: 1022,
  nestedBlocks: 64,
  nestedIncludes: 32,
  includedFiles: 4096,
  /** The daemon substitutes until its buffer is full; nothing sensible substitutes this often in one line. */
  substitutionsPerLine: 512,
  expandedLineCharacters: 16_384,
  logicalLines: 800_000,
  logicalCharacters: 128 * 1024 * 1024,
} as const;
