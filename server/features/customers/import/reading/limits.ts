/** What a file may have at most. Whatever is above is told by its limit, and by where it stands. */
export const limits = {
  columns: 200,
  /** Without the line of column names. */
  lines: 1_000_000,
  /** Letters of a record with all its cells. A forgotten quote would else swallow the rest of the file. */
  recordLetters: 200_000,
  /** Cells of a record, also where nobody takes it for a table: the parser itself has no limit. */
  recordCells: 20_000,
  cellLetters: 10_000,
  /** Lines of one file with the same name: beyond, it is a placeholder and no name. */
  linesOfOneName: 20_000,
  /** A workbook unpacked, bytes: a small archive can hold terabytes. */
  unpackedBytes: 120 * 1024 * 1024,
  archiveEntries: 2000,
} as const;
