import { Refusal } from '../../platform/errors.ts';

export interface DialSettings {
  /** Dialled before an outside number, `9` for `9<number>`; may be empty. */
  outboundPrefix: string;
  /** The longest number that is an extension of our own, in digits. */
  extensionDigits: number;
  /** The extension that leads into each queue, by the queue's name. */
  queueExtensions: Readonly<Record<string, string>>;
}

export interface Target {
  exten: string;
  kind: 'queue' | 'extension' | 'outside';
}

/**
 * What is dialled in the agents' context to reach `to`: a queue by its name, a colleague or a service by its extension, anybody else by the
 * number. Nothing but digits, `*` and `#` ever gets into a dialplan.
 * @throws Refusal `bad-input` for what is none of these
 */
export function targetOf(to: string, settings: DialSettings): Target {
  const name = to.trim();
  const queue = Object.entries(settings.queueExtensions).find(([queueName]) => queueName === name);
  if (queue !== undefined) return { exten: queue[1], kind: 'queue' };
  const number = name.replace(/[\s().\-\u00a0]/g, '');
  if (!/^\+?[0-9*#]{1,30}$/.test(number)) throw wrongTarget(name);
  const international = number.startsWith('+');
  const dialled = international ? number.slice(1) : number;
  const own = !international && (dialled.length <= settings.extensionDigits || /^[*#]/.test(dialled));
  if (own) return { exten: dialled, kind: 'extension' };
  return { exten: settings.outboundPrefix + dialled, kind: 'outside' };
}

/** The number itself is personal and stays out of the message. */
function wrongTarget(name: string): Refusal {
  const looksLikeQueue = /^\p{L}/u.test(name);
  const message = looksLikeQueue
    ? 'There is no way to this queue: give its extension in the setting queueExtensions, or dial a number.'
    : 'This is no number: use digits, * and #, with a + in front of a country code.';
  return new Refusal('bad-input', message, { fields: [{ path: 'to', message }] });
}
