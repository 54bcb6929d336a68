import type { Interaction, Leg, QueueEntry } from '@ringdesk/shared/interaction';

/**
 * An interaction as some lines of text, to be read and compared by people: moments are seconds since the stream's first event, durations are
 * milliseconds, what is null or usual is left out.
 */
export function summaryOf(interaction: Interaction, start: number): string {
  const at = (time: string | null) => (time === null ? '…' : ((Date.parse(time) - start) / 1000).toFixed(3));
  const lines = [
    head(interaction, at),
    ...interaction.entries.map((entry) => entryLine(entry, at)),
    ...interaction.legs.map((leg) => legLine(leg, at)),
    ...interaction.transfers.map((t) => {
      const goal = [t.to, t.toQueue === null ? null : `queue ${t.toQueue}`].filter(Boolean).join(' in ');
      return `  transfer ${t.kind} by ${t.by} to ${goal || 'nobody'} at ${at(t.at)}`;
    }),
    ...choices(interaction, at),
  ];
  if (interaction.survey !== null) lines.push(`  survey ${interaction.survey.score}`);
  if (interaction.callbackRequested) lines.push('  callback requested');
  if (interaction.recording !== null) lines.push(`  recording ${interaction.recording}`);
  return lines.join('\n');
}

type At = (time: string | null) => string;

function head(i: Interaction, at: At): string {
  const shown = i.presentation === 'allowed' ? '' : ` (${i.presentation})`;
  const who = `${i.number ?? i.numberRaw ?? 'no number'}${shown}${i.name === null ? '' : ` "${i.name}"`}`;
  const did = i.did === null ? '' : ` for ${i.did}`;
  const answered = i.answeredAt === null ? '' : `, answered ${at(i.answeredAt)}`;
  const ivr = i.ivrMs === 0 ? '' : `, menu ${i.ivrMs}`;
  const sure = i.confidence === 'live' ? '' : ` [${i.confidence}]`;
  const end = i.endedAt === null ? 'goes on' : `${i.outcome}, ended by ${i.end}`;
  return `${i.id} ${i.direction} ${who}${did}: ${at(i.startedAt)}–${at(i.endedAt)}${answered}${ivr}: ${end}${sure}`;
}

function entryLine(e: QueueEntry, at: At): string {
  const wait = e.waitMs === null ? '' : ` wait ${e.waitMs}`;
  const position = e.position === null ? '' : ` at ${e.position}`;
  const by = e.agent === null ? '' : ` by ${e.agent}`;
  const ours = e.consultation ? ' (consultation)' : '';
  return `  queue ${e.queue}${ours} ${at(e.enteredAt)}–${at(e.leftAt)}${position}${wait}: ${e.outcome ?? 'waits'}${by}`;
}

function legLine(l: Leg, at: At): string {
  const ours = l.consultation ? ' (consultation)' : '';
  const queue = l.queue === null ? '' : ` queue ${l.queue}`;
  const device = l.device === `PJSIP/${l.agent}` ? '' : ` on ${l.device}`;
  const answered = l.answeredAt === null ? '' : `, answered ${at(l.answeredAt)}`;
  const talk = l.talkMs === null ? '' : `, talk ${l.talkMs} hold ${l.holdMs}`;
  const by = l.endedBy === null ? '' : `, ended by ${l.endedBy}`;
  return `  agent ${l.agent}${device}${queue}${ours} ${at(l.offeredAt)}–${at(l.endedAt)} ring ${l.ringMs}${answered}${talk}: ${l.outcome ?? 'goes on'}${by}`;
}

function choices(i: Interaction, at: At): string[] {
  const told = ['ivr.choice', 'voicemail.left', 'survey.started'];
  return i.timeline
    .filter((item) => told.includes(item.what))
    .map(
      (item) => `  ${item.what}${item['choice'] === undefined ? '' : ` ${item['choice']}`} ${at(item.at)}`,
    );
}
