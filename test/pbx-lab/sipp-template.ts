/** The scenarios in sipp/: what a phone, or a caller from outside, does. */
export type Template =
  | 'agent'
  | 'agent-accepts'
  | 'agent-busy'
  | 'agent-call'
  | 'agent-hold'
  | 'agent-noanswer'
  | 'agent-refer'
  | 'caller'
  | 'caller-cancel'
  | 'caller-dtmf';

/** What a scenario's blanks are filled with; each scenario reads those that concern it. Times in milliseconds. */
export interface TemplateValues {
  ringMs?: number;
  /** Until it hangs up, unless hung up on before. */
  talkMs?: number;
  /** From the answer to the hold or the transfer. */
  beforeMs?: number;
  holdMs?: number;
  /** Keys pressed by the caller, the first after `keysAfterMs`; the one key of a phone that accepts a call with it. */
  keys?: string;
  keysAfterMs?: number;
  keyGapMs?: number;
  /** More SIP headers of the INVITE, one a line. */
  headers?: string;
  to?: string;
  /** The From header's value, e.g. `"Ivan" <sip:79161234567@carrier.invalid>`. */
  from?: string;
  referTo?: string;
  code?: number;
  reason?: string;
  /** With code 302: the extension to ring instead. */
  forwardTo?: string;
  agent?: string;
  secret?: string;
}

/** The blanks by their names in the files. A phone talks an hour unless told. */
export function templateValues(values: TemplateValues): Record<string, string> {
  return {
    RING_MS: String(values.ringMs ?? 800),
    TALK_MS: String(values.talkMs ?? 3_600_000),
    BEFORE_MS: String(values.beforeMs ?? 2000),
    HOLD_MS: String(values.holdMs ?? 2500),
    DIGITS_AFTER_MS: String(values.keysAfterMs ?? 3000),
    KEYS: values.keys ?? '1',
    HEADERS: values.headers ?? '',
    TO: values.to ?? '2000',
    FROM: values.from ?? '"Caller" <sip:79161234567@carrier.invalid>',
    REFER_TO: values.referTo ?? '2001',
    CODE: String(values.code ?? 486),
    REASON: values.reason ?? 'Busy Here',
    CONTACT: `${values.forwardTo ?? '[$user]'}@[local_ip]:[local_port]`,
    AGENT: values.agent ?? '1001',
    SECRET: values.secret ?? '',
  };
}

/**
 * Keys as SIP INFO. (Packets as of RFC 4733 would do for one key: SIPp starts every stream with the same RTP numbers, so that the
 * server sees a second key several times.)
 */
export function keyPresses(keys: string, gapMs: number): string {
  return [...keys]
    .map(
      (key, index) => `  <send retrans="500"><![CDATA[
      INFO [next_url] SIP/2.0
      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
      From: @FROM@;tag=[pid]c[call_number]
      To: <sip:@TO@@[remote_ip]:[remote_port]>[peer_tag_param]
      Call-ID: [call_id]
      CSeq: ${index + 2} INFO
      Max-Forwards: 70
      Content-Type: application/dtmf-relay
      Content-Length: [len]

      Signal=${key}
      Duration=160
  ]]></send>
  <recv response="200"/>
  <pause milliseconds="${gapMs}"/>`,
    )
    .join('\n');
}
