import { Button, Textarea } from '@mantine/core';
import type { Card, WrapUpDraft } from '@ringdesk/shared/desk';
import { memo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ariaKeys, ShortcutKeys } from '../../ui/Keys.tsx';
import { useShortcut } from '../../ui/useShortcut.tsx';
import { useDeskSettings } from '../interactions/index.ts';
import { choosableDispositions, choosableReasons } from './choosable.ts';
import { DispositionChoice } from './DispositionChoice.tsx';
import { DraftState } from './DraftState.tsx';
import { useDraft, useLive, useOutboxItem } from './live/LiveContext.tsx';
import { isOver } from './phase.ts';
import { ReasonTree } from './ReasonTree.tsx';
import { useKeepOpen } from './useKeepOpen.ts';
import styles from './WrapUpForm.module.css';
import { WrapUpLimit } from './WrapUpLimit.tsx';

const isEmpty = ({ disposition, reason, note }: WrapUpDraft) =>
  disposition === null && reason === null && note.trim() === '';

/** What the call was about and how it ended; it can be begun while talking, and is saved when the call is over. */
export const WrapUpForm = memo(function WrapUpForm({ card }: { card: Card }) {
  const { t } = useTranslation('desk');
  const { callId } = card;
  const live = useLive();
  const settings = useDeskSettings();
  const kept = useDraft(callId);
  const posted = useOutboxItem(callId);
  const [missing, setMissing] = useState(false);
  const note = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const draft = kept?.draft ?? card.wrapUp;
  const results = settings ? choosableDispositions(settings, card, draft.disposition) : [];
  const over = isOver(card);
  // Nobody spoke: there is nothing that must be said, and the form goes by itself.
  const optional = card.phase === 'unanswered';
  const onItsWay = posted?.state === 'sending' || posted?.state === 'waiting';

  function save() {
    if (!over || onItsWay) return false;
    if (!optional && draft.disposition === null && results.length > 0) {
      setMissing(true);
      form.current?.querySelector<HTMLInputElement>('input[type="radio"]')?.focus();
      return true;
    }
    const { disposition, reason, note: text } = draft;
    live?.drafts.hold(callId);
    live?.outbox.post(callId, { disposition, reason, note: text });
    return true;
  }
  useKeepOpen(callId, over ? card.wrapUpEndsAt : null, form);
  useShortcut('save', save);
  useShortcut('note', () => {
    note.current?.focus();
    return true;
  });

  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <header className={styles.top}>
        <h2>{t(optional ? 'wrapUp.optional' : 'wrapUp.title')}</h2>
        {card.phase === 'unfinished' && <span className={styles.expired}>{t('wrapUp.expired')}</span>}
      </header>
      {over && card.wrapUpEndsAt !== null && <WrapUpLimit callId={callId} endsAt={card.wrapUpEndsAt} />}
      <fieldset className={styles.fields} disabled={onItsWay}>
        <DispositionChoice
          callId={callId}
          choices={results}
          value={draft.disposition}
          digits={card.phase !== 'ringing' && card.match.kind !== 'several'}
          missing={missing && draft.disposition === null}
          onChange={(disposition) => live?.drafts.change(callId, { disposition })}
        />
        <ReasonTree
          tree={choosableReasons(settings?.reasons ?? [])}
          known={settings?.reasons ?? []}
          value={draft.reason}
          onChange={(reason) => live?.drafts.change(callId, { reason })}
        />
        <Textarea
          ref={note}
          label={t('wrapUp.note')}
          rightSection={<ShortcutKeys of="note" />}
          rightSectionWidth={64}
          rightSectionProps={{ className: styles.noteKeys ?? '' }}
          rows={4}
          classNames={{ input: styles.note ?? '' }}
          maxLength={8_000}
          value={draft.note}
          onChange={(event) => live?.drafts.change(callId, { note: event.currentTarget.value })}
          aria-keyshortcuts={ariaKeys('note')}
          data-testid="note"
        />
      </fieldset>
      <footer className={styles.bottom}>
        <DraftState kept={kept} posted={posted} over={over} />
        <Button
          type="submit"
          disabled={!over || posted?.state === 'waiting'}
          loading={posted?.state === 'sending'}
          rightSection={<ShortcutKeys of="save" />}
          aria-keyshortcuts={ariaKeys('save')}
          data-testid="wrapup-save"
        >
          {t(optional && isEmpty(draft) ? 'wrapUp.close' : 'wrapUp.save')}
        </Button>
      </footer>
    </form>
  );
});
