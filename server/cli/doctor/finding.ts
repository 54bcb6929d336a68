/** One thing that was looked at. `fix` says what to change where; null when all is well. */
export interface Finding {
  about: string;
  verdict: 'ok' | 'warning' | 'failed';
  text: string;
  fix: string | null;
}

export const ok = (about: string, text: string): Finding => ({ about, verdict: 'ok', text, fix: null });
export const warning = (about: string, text: string, fix: string): Finding => ({
  about,
  verdict: 'warning',
  text,
  fix,
});
export const failed = (about: string, text: string, fix: string): Finding => ({
  about,
  verdict: 'failed',
  text,
  fix,
});
