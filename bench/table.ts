/** What one measurement found: a Markdown table under its title. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export const render = ({ title, columns, rows }: Table): string =>
  [`### ${title}`, '', ...[columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)].join(
    '\n',
  );

/** Prints a Markdown table. */
export function printTable(title: string, columns: Table['columns'], rows: Table['rows']): void {
  console.log(`\n${render({ title, columns, rows })}`);
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

export const thousands = (value: number): string => Math.round(value).toLocaleString('en');
export const ratio = (value: number): string => `${value.toPrecision(3)}x`;
