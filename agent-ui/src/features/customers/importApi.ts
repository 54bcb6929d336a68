import { type ImportState, importState, latestImport } from '@ringdesk/shared/customer-import';
import { useQuery } from '@tanstack/react-query';
import { codeOf, isPassing } from '../../platform/api/failure.ts';
import { ask } from '../../platform/api/request.ts';

const path = '/api/customers/import';
/** The upload alone; the import goes on without us. */
const uploadLimitMs = 5 * 60_000;
const askAgainMs = 400;

/**
 * Sends a CSV file as it is (the server tells its encoding); `dryRun` changes nothing and reports the same.
 * When the answer is lost on the way, or another import runs, it is the import that the server is at.
 * @throws ApiFailure
 */
export async function startImport(
  file: Blob,
  dryRun: boolean,
): Promise<{ state: ImportState; own: boolean }> {
  try {
    const options = { method: 'POST', body: file, contentType: 'text/csv', limitMs: uploadLimitMs } as const;
    return { state: await ask(`${path}?dryRun=${dryRun ? 1 : 0}`, importState, options), own: true };
  } catch (failure) {
    if (codeOf(failure) !== 'conflict' && !isPassing(failure)) throw failure;
    const latest = await ask(path, latestImport).then(
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
    queryFn: ({ signal }) => ask(`${path}/${encodeURIComponent(id ?? '')}`, importState, { signal }),
    enabled: id !== null,
    staleTime: 0,
    retry: (_count, failure) => isPassing(failure),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? askAgainMs : false),
  });
}
