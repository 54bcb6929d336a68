import { useLocale } from '../platform/i18n/useLocale.ts';
import { useServerNow } from '../platform/live/useServerNow.ts';
import { formatFull, formatWhen } from './format.ts';

/** When something was, as short as it is still clear; in full for whoever points at it. @param at ISO 8601 */
export function When({ at }: { at: string }) {
  const locale = useLocale();
  const now = useServerNow();
  return (
    <time className="num" dateTime={at} title={formatFull(at, locale)}>
      {formatWhen(at, now, locale)}
    </time>
  );
}
