import type { Interaction } from '@ringdesk/shared/interaction';

/** What a finished call lets one suspect of the configuration: a hint to look, never a verdict. */
export function adviceOn(record: Interaction): string[] {
  const { direction, legs, entries, numberRaw, presentation, outcome, recording } = record;
  const hints: string[] = [];
  if (direction === 'inbound' && legs.length === 0)
    hints.push(
      'no phone of ours took part. If one rang all the same, Ringdesk does not know it: see "Phones and trunks" in docs/asterisk/freepbx.md.',
    );
  if (direction === 'internal' && /^\+?\d{7,}$/.test(numberRaw ?? ''))
    hints.push(
      `it counts as a call inside the house, from ${numberRaw}. If that is somebody outside, name the line in PBX_TRUNKS.`,
    );
  if (direction === 'inbound' && presentation === 'unavailable')
    hints.push('the line told no number: look at the caller ID settings of the trunk.');
  if (entries.some((entry) => entry.outcome === 'timeout' || entry.outcome === 'unknown'))
    hints.push(
      'why the queue let the caller go is a guess. UserEvent(QueueResult,...) after Queue() settles it (docs/asterisk).',
    );
  if (outcome === 'answered' && recording === null)
    hints.push(
      'no recording was named. If the call was recorded, channelvars of manager.conf lacks MIXMONITOR_FILENAME.',
    );
  return hints;
}
