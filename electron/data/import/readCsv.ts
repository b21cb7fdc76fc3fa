import Papa from 'papaparse';
import type { RowError } from '../../../shared/domain/errors.ts';

/** One line of a file, by our column names, with where it stands. Cells are trimmed; formulas stay the text they are. */
export type CsvRow = Readonly<{ file: string; row: number; cells: Readonly<Record<string, string>> }>;
export type CsvTable = Readonly<{ rows: readonly CsvRow[]; errors: readonly RowError[] }>;

const BYTE_ORDER_MARK = '\uFEFF';
const ROWS_MAX = 1_000_000;

function delimiterOf(header: string): string {
  return (header.match(/;/g) ?? []).length > (header.match(/,/g) ?? []).length ? ';' : ',';
}

/**
 * Reads comma or semicolon separated text with a header row, any column order.
 *
 * @param mapping our column → the header in the file, for national headers.
 */
export function readCsv(
  file: string,
  content: string,
  columns: readonly string[],
  required: readonly string[],
  mapping: Readonly<Record<string, string>> = {},
): CsvTable {
  const text = content.startsWith(BYTE_ORDER_MARK) ? content.slice(1) : content;
  const parsed = Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text.split('\n', 1)[0] ?? ''),
    skipEmptyLines: 'greedy',
    preview: ROWS_MAX,
  });
  const [header = [], ...lines] = parsed.data;
  const at = new Map(header.map((name, index) => [name.trim(), index]));
  const errors: RowError[] = [];
  const problem = (row: number, column: string, value: string, message: string) => errors.push({ file, row, column, value, message });
  for (const name of required) if (!at.has(mapping[name] ?? name)) problem(1, name, '', 'this column is missing');
  const expected = new Set(columns.map((name) => mapping[name] ?? name));
  for (const name of at.keys())
    if (name !== '' && !expected.has(name)) problem(1, name, name, 'this column is not known; map it or remove it');
  for (const fault of parsed.errors) if (fault.type === 'Quotes') problem((fault.row ?? 0) + 1, '', '', 'the quotation marks do not close');
  const rows = lines.map((line, index) => {
    if (line.length > header.length) problem(index + 2, '', line.slice(header.length).join(' '), 'more cells than columns');
    const cells = Object.fromEntries(
      columns.map((name) => [name, (line[at.get(mapping[name] ?? name) ?? -1] ?? '').trim().normalize('NFC')]),
    );
    return { file, row: index + 2, cells };
  });
  return { rows, errors };
}
