import { deskApi, writingHoldMs } from '@ringdesk/shared/desk';
import { type RefObject, useEffect } from 'react';
import { call } from '../../platform/api/call.ts';
import { isTyping } from '../../ui/typing.ts';
import { useLive } from './live/LiveContext.tsx';

/** A key in the form keeps it open so long, ms. */
const afterKeyMs = 5_000;
const lookMs = 1_000;

/**
 * A form never closes under the hands of who types: while one of its fields has the focus, or a key fell in it a moment ago, the server is asked to
 * leave it open. Only near the end of its time, so that the ordinary wrap-up asks nothing.
 * @param endsAt when it would close (ISO 8601); null: never
 */
export function useKeepOpen(callId: string, endsAt: string | null, form: RefObject<HTMLElement | null>) {
  const live = useLive();
  useEffect(() => {
    const element = form.current;
    if (!live || endsAt === null || element === null) return;
    let lastKey = Number.NEGATIVE_INFINITY;
    let lastAsked = Number.NEGATIVE_INFINITY;
    const onKey = () => {
      lastKey = performance.now();
      look();
    };
    function look() {
      const now = performance.now();
      const left = Date.parse(endsAt ?? '') - (live?.store.serverNow() ?? 0);
      if (left > 2 * writingHoldMs || now - lastAsked < writingHoldMs / 2) return;
      const focus = document.activeElement;
      const inField = document.hasFocus() && isTyping(focus) && element?.contains(focus) === true;
      if (!inField && now - lastKey >= afterKeyMs) return;
      lastAsked = now;
      // Without a connection there is nobody to ask, and nothing to fear: the words stay here, and the form is open when the line is back.
      call(deskApi.writing, { params: { callId } }).catch(() => undefined);
    }
    element.addEventListener('keydown', onKey);
    const timer = setInterval(look, lookMs);
    return () => {
      element.removeEventListener('keydown', onKey);
      clearInterval(timer);
    };
  }, [live, callId, endsAt, form]);
}
