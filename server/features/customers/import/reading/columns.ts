import type { ImportColumn, ImportField } from '@ringdesk/shared/customer-import';
import { isKind, isTier } from './choices.ts';
import { isOrganisationBeside, type Named, namedBy } from './headers.ts';

/** Of these a file may have several columns; the cells of a line are put together. */
const several: ReadonlySet<ImportField> = new Set<ImportField>(['phone', 'email', 'note', 'tags']);
/** Of these, one must be there. */
export const nameFields: ReadonlySet<ImportField | null> = new Set<ImportField | null>([
  'name',
  'lastName',
  'firstName',
  'company',
]);

/** A numbered column (`name 2`) is another thing than the column, but for those of which there are several. */
function byName(header: string, all: readonly string[]): Named | null {
  if (isOrganisationBeside(header, all)) return { field: 'company', sure: true };
  const named = namedBy(header);
  const isFurther = /[02-9]|1\d/.test(header.replace(/^\P{L}+/u, ''));
  return named !== null && isFurther && !several.has(named.field) ? null : named;
}

/** How a line of column names is understood. A second column of the same kind is left out, but for those of which there may be many. */
export function namedColumns(headers: readonly string[]): (Named | null)[] {
  const taken = new Set<ImportField>();
  return headers.map((header) => {
    const named = byName(header, headers);
    if (named === null || (taken.has(named.field) && !several.has(named.field))) return null;
    taken.add(named.field);
    return named;
  });
}

/** Whether these may be column names: one of them names customers. */
export function namesCustomers(headers: readonly string[]): boolean {
  return namedColumns(headers).some((named) => named !== null && nameFields.has(named.field));
}

const shownExamples = 3;
const exampleLetters = 80;

/** Collects what the columns hold, line by line: examples to show, and whether an unsure name is right. */
export function watchColumns(headers: readonly string[]) {
  const named = namedColumns(headers);
  const columns = headers.map((header) => ({ header, examples: [] as string[], filled: 0, fitting: 0 }));
  return {
    see(cells: readonly string[]): void {
      for (const [at, column] of columns.entries()) {
        const cell = cells[at]?.trim() ?? '';
        if (cell === '') continue;
        column.filled += 1;
        if (fits(cell, named[at]?.field)) column.fitting += 1;
        if (
          column.examples.length < shownExamples &&
          !column.examples.includes(cell.slice(0, exampleLetters))
        )
          column.examples.push(cell.slice(0, exampleLetters));
      }
    },
    /** @param given what somebody said each column holds; null: the names decide */
    columns(given: readonly (ImportField | null)[] | null): ImportColumn[] {
      return columns.map(({ header, examples, filled, fitting }, at) => {
        const byItsName = named[at] ?? null;
        const isRight = byItsName !== null && (byItsName.sure || filled === 0 || fitting > 0);
        const field = given === null ? (isRight ? byItsName.field : null) : (given[at] ?? null);
        return { header: header.slice(0, 200), field, examples };
      });
    },
  };
}

function fits(cell: string, field: ImportField | undefined): boolean {
  if (field === 'phone') return cell.replace(/\D/g, '').length >= 7;
  if (field === 'email') return cell.includes('@');
  if (field === 'kind') return isKind(cell);
  if (field === 'tier') return isTier(cell);
  return true;
}
