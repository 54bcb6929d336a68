import type { DeviceState } from '@ringdesk/shared/call-events';
import type { Presentation } from '@ringdesk/shared/interaction';
import { plainText } from '@ringdesk/shared/plain-text';

/** A message of AMI, as far as it concerns us: the first value of a field, and all values of one that repeats. */
export interface AmiFields {
  get(name: string): string | undefined;
  all(name: string): readonly string[];
}

/** The value, or null for any of Asterisk's ways to say "none": absent, empty, `<unknown>`, `unknown`. */
export function text(message: AmiFields, name: string): string | null {
  const value = message.get(name);
  return value === undefined || value === '' || value === '<unknown>' || value === 'unknown' ? null : value;
}

/** A whole number, or null. */
export function whole(message: AmiFields, name: string): number | null {
  const value = text(message, name);
  return value !== null && /^-?\d+$/.test(value) ? Number(value) : null;
}

/**
 * A caller's name as a person wrote it. AMI escapes it in the manner of C (`\"`, `\\`), and PJSIP leaves the escapes of SIP's quoted
 * string in it, so quotes and backslashes come escaped twice. Whoever calls chooses it: what cannot be seen in it is taken out.
 */
export function personName(message: AmiFields, name: string): string | null {
  const said = text(message, name);
  if (said === null) return null;
  const value = plainText(said);
  if (!value.includes('\\')) return value.trim() || null;
  const once = value.replace(/\\(.)/g, (_, c: string) => ('abfnrtv'.includes(c) ? ' ' : c));
  return once.replace(/\\(["\\])/g, '$1').trim() || null;
}

/** 2100-01-01: what is later, or has more digits than a time, is none. */
const latestMs = Date.UTC(2100, 0);

/** `1795357080.191769` (seconds) → 1795357080191 (ms), without passing through a floating point fraction; null for what is no time. */
export function timestampMs(value: string | undefined): number | null {
  if (value === undefined || !/^\d{1,11}(\.\d+)?$/.test(value)) return null;
  const dot = value.indexOf('.');
  const seconds = Number(dot < 0 ? value : value.slice(0, dot));
  const ms = seconds * 1000 + (dot < 0 ? 0 : Number(value.slice(dot + 1, dot + 4).padEnd(3, '0')));
  return ms > latestMs ? null : ms;
}

/** `CALLREF` out of `ChanVariable: CALLREF=lab-1.0`; null when it is not there or empty. */
export function channelVariable(message: AmiFields, name: string): string | null {
  for (const line of message.all('ChanVariable')) {
    if (line.startsWith(name) && line[name.length] === '=') return line.slice(name.length + 1) || null;
  }
  return null;
}

/** CALLERID(pres), from channelvars or from NewCallerid; null when Asterisk does not say. */
export function presentationOf(message: AmiFields): Presentation | null {
  const pres = channelVariable(message, 'CALLERID(pres)') ?? message.get('CID-CallingPres') ?? '';
  if (/^prohib|Prohibited/.test(pres)) return 'withheld';
  if (/^unavailable|Unavailable/.test(pres)) return 'unavailable';
  return /^allowed|Allowed/.test(pres) ? 'allowed' : null;
}

/** `00:01:05` (CoreShowChannel's Duration) in ms. */
export function clockMs(value: string | undefined): number {
  const seconds = (value ?? '').split(':').reduce((sum, part) => sum * 60 + (Number(part) || 0), 0);
  return seconds * 1000;
}

const byCode: readonly DeviceState[] = [
  'unknown',
  'idle',
  'in-use',
  'busy',
  'unavailable',
  'unavailable',
  'ringing',
  'in-use',
  'on-hold',
];
/** QueueMember*.Status: a number of Asterisk's ast_device_state (7 is "rings while in use"). */
export function memberState(code: number | null): DeviceState {
  return byCode[code ?? 0] ?? 'unknown';
}

const byWord: Readonly<Record<string, DeviceState>> = {
  NOT_INUSE: 'idle',
  INUSE: 'in-use',
  BUSY: 'busy',
  INVALID: 'unavailable',
  UNAVAILABLE: 'unavailable',
  RINGING: 'ringing',
  RINGINUSE: 'in-use',
  ONHOLD: 'on-hold',
};
/** DeviceStateChange.State. */
export function deviceState(word: string | undefined): DeviceState {
  return byWord[word ?? ''] ?? 'unknown';
}
