import { useTranslation } from 'react-i18next';
import { codeOf } from '../api/failure.ts';

/** What went wrong, in the page's language. */
export function useFailureText(): (failure: unknown) => string {
  const { t } = useTranslation('errors');
  return (failure) => t(codeOf(failure));
}
