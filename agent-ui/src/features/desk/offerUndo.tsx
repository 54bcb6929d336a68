import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { deskApi } from '@ringdesk/shared/desk';
import { call } from '../../platform/api/call.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';

/** So long a pick can be taken back with one click, ms. */
const undoMs = 10_000;

/** Says that the customer was chosen, and offers to take it back. @param texts in the page's language */
export function offerUndo(callId: string, texts: { done: string; undo: string; failed: string }): void {
  const id = `pick ${callId}`;
  notifications.hide(id);
  const takeBack = () => {
    notifications.hide(id);
    call(deskApi.unpick, { params: { callId } }).catch((failure: unknown) =>
      notifyFailure(texts.failed, failure),
    );
  };
  notifications.show({
    id,
    autoClose: undoMs,
    withBorder: true,
    message: (
      <>
        {texts.done}{' '}
        <Button size="compact-sm" variant="light" onClick={takeBack} data-testid="undo-pick">
          {texts.undo}
        </Button>
      </>
    ),
  });
}
