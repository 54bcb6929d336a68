import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { useDeskSettings } from './choices.ts';
import { nameOfChoice, reasonName } from './reasons.ts';

/** Names, in the page's language, of what was chosen at some time. */
export function useChoiceNames() {
  const language = useLanguage();
  const settings = useDeskSettings();
  return {
    disposition: (id: string) => nameOfChoice(id, settings?.dispositions ?? [], language),
    reason: (path: string) => reasonName(path, settings?.reasons ?? [], language),
  };
}
