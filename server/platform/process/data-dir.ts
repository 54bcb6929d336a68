import { DirectoryInUse, lockDirectory } from '../../stand-ins/embedded-store/directory-lock.ts';
import { CannotStart } from './cannot-start.ts';

/**
 * Makes the data directory when it is not there, and takes it for this process alone: two servers that write one journal would ruin it.
 * @returns what gives it free again
 * @throws CannotStart
 */
export function takeDataDir(dir: string): () => void {
  try {
    return lockDirectory(dir).release;
  } catch (error) {
    throw new CannotStart(explain(error, dir), { cause: error });
  }
}

function explain(error: unknown, dir: string): string {
  if (error instanceof DirectoryInUse)
    return `The data directory ${dir} is in use by another Ringdesk (process ${error.pid}). Stop that one, or give this one a directory of its own with DATA_DIR.`;
  const why = String(error).replace(/^Error: /, '');
  return `The data directory ${dir} cannot be written (${why}). Let the user of this process write there, or set DATA_DIR to a directory where it may.`;
}
