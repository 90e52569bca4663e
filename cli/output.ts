/** A value in a table: a text, a number, or nothing. */
export type Cell = string | number | undefined;

const text = (cell: Cell): string => (cell === undefined ? '–' : String(cell));

/** What somebody else has named may hold control characters, which a terminal would obey. */
const printable = (cell: Cell): string => text(cell).replaceAll(/\p{Cc}/gu, '?');

/** Rows under their headings, in columns; one line that says so where there are none. */
export function table(headings: readonly string[], rows: readonly (readonly Cell[])[], none: string): string {
  if (rows.length === 0) return `${none}\n`;
  const lines = [headings, ...rows].map((row) => row.map(printable));
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Names and their values, one a line. */
export const list = (entries: readonly (readonly [name: string, value: Cell])[]): string => {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}\n`).join('');
};

export const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** RFC 4180. A cell that a spreadsheet would take for a formula is not one. */
export const csvLine = (cells: readonly Cell[]): string =>
  `${cells
    .map((cell) => (cell === undefined ? '' : String(cell)))
    .map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`;
