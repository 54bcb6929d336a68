import { customerImportApi, type ImportField, type ImportState } from '@ringdesk/shared/customer-import';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../platform/api/call.ts';
import { codeOf, isPassing } from '../../platform/api/failure.ts';

/** The upload alone; the import goes on without us. */
const uploadLimitMs = 5 * 60_000;
const askAgainMs = 400;

/** What each column holds; `auto`: their names decide; null: what was said of such a file before, or their names. */
export type SaidColumns = (ImportField | null)[] | 'auto' | null;

/**
 * Sends a file as it is (the server tells what it is, and its encoding); `dryRun` changes nothing and reports the same.
 * When the answer is lost on the way, or another import runs, it is the import that the server is at.
 * @throws ApiFailure
 */
export async function startImport(
  file: Blob,
  dryRun: boolean,
  columns: SaidColumns,
): Promise<{ state: ImportState; own: boolean }> {
  try {
    const said = Array.isArray(columns) ? columns.map((field) => field ?? '').join(',') : columns;
    const query = {
      dryRun: dryRun ? '1' : '0',
      byHand: dryRun ? '1' : '0',
      ...(said === null ? {} : { columns: said }),
    } as const;
    const given = { query, body: file };
    const options = { contentType: 'text/csv', limitMs: uploadLimitMs };
    return { state: await call(customerImportApi.start, given, options), own: true };
  } catch (failure) {
    if (codeOf(failure) !== 'conflict' && !isPassing(failure)) throw failure;
    const latest = await call(customerImportApi.latest, {}).then(
      (answer) => answer.latest,
      () => null,
    );
    if (latest?.state !== 'running') throw failure;
    return { state: latest, own: latest.bytes === file.size && latest.dryRun === dryRun };
  }
}

export const importKey = (id: string | null) => ['import', id];

/** An import as it is now, asked again and again while it runs; a lost connection is waited for. */
export function useImport(id: string | null) {
  return useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => call(customerImportApi.read, { params: { id: id ?? '' } }, { signal }),
    enabled: id !== null,
    staleTime: 0,
    retry: (_count, failure) => isPassing(failure),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? askAgainMs : false),
  });
}

/** The lines that an import did not take, as they stand in the file. @throws ApiFailure */
export function readRejected(id: string) {
  return call(customerImportApi.rejected, { params: { id } });
}
