import { type Dialog, openSipClient, random, type SipAccount } from './sip-client.ts';
import { header, methodOf, statusOf, tagOf, uriOf } from './sip-message.ts';

/** A phone with two lines, without sound: what one SIPp scenario cannot be. It answers by itself. */
export interface DeskPhone {
  /** The next call that it answers from now on. */
  answered(): Promise<Dialog>;
  /** The next call that rings here from now on. */
  rings(): Promise<Dialog>;
  /** Calls; resolves when answered. */
  call(extension: string): Promise<Dialog>;
  /** Calls; resolves when it rings there. What becomes of it afterwards is not told. */
  dial(extension: string): Promise<Dialog>;
  /** Takes the call that rings at another phone (INVITE with Replaces). */
  pickUp(ringing: Dialog, extension: string): Promise<Dialog>;
  hold(line: Dialog): Promise<void>;
  /** Takes the far end back. */
  resume(line: Dialog): Promise<void>;
  /** Attended transfer: connects the far ends of both lines and leaves (REFER with Replaces). */
  connect(first: Dialog, second: Dialog, extension: string): Promise<void>;
  /** Blind transfer (REFER). */
  refer(line: Dialog, extension: string): Promise<void>;
  hangUp(line: Dialog): Promise<void>;
  close(): void;
}

interface Line extends Dialog {
  tag: string;
  invite: string;
  answered: boolean;
  timer?: NodeJS.Timeout;
}

/** Registers the phone. It rings `ringMs` before it answers. */
export async function openDeskPhone(account: SipAccount, ringMs = 500): Promise<DeskPhone> {
  const { user, host, server } = account;
  const lines = new Map<string, Line>();
  const onAnswer: ((line: Dialog) => void)[] = [];
  const onRing: ((line: Dialog) => void)[] = [];
  const sip = await openSipClient(account, receive);
  await sip.register(`sip:${user}@${host}:${sip.port}`, 3600);

  const session = (direction: string, version: number) =>
    [
      ...['v=0', `o=- 1 ${version} IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0'],
      // The port need not be open: nothing is sent, and what comes is lost.
      ...[`m=audio ${sip.port} RTP/AVP 0`, 'a=rtpmap:0 PCMU/8000', `a=${direction}`, ''],
    ].join('\r\n');

  function receive(request: string): void {
    const line = lines.get(header(request, 'Call-ID'));
    switch (methodOf(request)) {
      case 'ACK':
        return;
      case 'INVITE':
        if (!line) ring(request);
        else if (line.answered) sip.reply(request, '200 OK', { tag: line.tag, body: session('sendrecv', 2) });
        return;
      case 'CANCEL':
        sip.reply(request, '200 OK', line);
        if (!line) return;
        clearTimeout(line.timer);
        sip.reply(line.invite, '487 Request Terminated', line);
        return;
      case 'BYE':
        lines.delete(header(request, 'Call-ID'));
    }
    sip.reply(request, '200 OK', { tag: line?.tag ?? random() });
  }

  function ring(invite: string): void {
    const tag = random();
    const line: Line = {
      callId: header(invite, 'Call-ID'),
      from: `${header(invite, 'To')};tag=${tag}`,
      to: header(invite, 'From'),
      target: uriOf(header(invite, 'Contact')),
      cseq: 1,
      tag,
      invite,
      answered: false,
    };
    lines.set(line.callId, line);
    sip.reply(invite, '180 Ringing', { tag });
    onRing.shift()?.(line);
    line.timer = setTimeout(() => {
      line.answered = true;
      sip.reply(invite, '200 OK', { tag, body: session('sendrecv', 1) });
      onAnswer.shift()?.(line);
    }, ringMs);
  }

  const expect = async (what: string, status: number, answer: Promise<string>): Promise<string> => {
    const message = await answer;
    if (statusOf(message) !== status) throw new Error(`${what} of ${user}: ${message.split('\r\n')[0]}`);
    return message;
  };
  const referTo = (line: Dialog, to: string) =>
    expect(
      'REFER',
      202,
      sip.request('REFER', line, {
        headers: [`Refer-To: <${to}>`, `Referred-By: <sip:${user}@${server.host}>`],
      }),
    );

  const offer = async (line: Dialog, what: string, direction: string) => {
    const body = session(direction, line.cseq + 2);
    await expect(what, 200, sip.request('INVITE', line, { body }));
    sip.acknowledge(line);
  };

  async function call(
    extension: string,
    more: { headers?: string[]; onRinging?: (line: Dialog) => void } = {},
  ): Promise<Dialog> {
    const target = `sip:${extension}@${server.host}:${server.port}`;
    const line: Dialog = {
      callId: `${random(12)}@${host}`,
      from: `<sip:${user}@${server.host}>;tag=${random()}`,
      to: `<${target}>`,
      target,
      cseq: 0,
    };
    const answer = await expect(
      'INVITE',
      200,
      sip.request('INVITE', line, {
        headers: more.headers ?? [],
        body: session('sendrecv', 1),
        onRinging: (response) => more.onRinging?.({ ...line, to: header(response, 'To') }),
      }),
    );
    line.to = header(answer, 'To');
    line.target = uriOf(header(answer, 'Contact'));
    sip.acknowledge(line);
    lines.set(line.callId, { ...line, tag: '', invite: '', answered: true });
    return line;
  }

  return {
    answered: () => new Promise((resolve) => onAnswer.push(resolve)),
    rings: () => new Promise((resolve) => onRing.push(resolve)),
    call: (extension) => call(extension),
    dial: (extension) =>
      new Promise((resolve, reject) => {
        call(extension, { onRinging: resolve }).catch(reject);
      }),
    pickUp: (ringing, extension) =>
      call(extension, { headers: ['Require: replaces', `Replaces: ${replaces(ringing)}`] }),
    hold: (line) => offer(line, 'hold', 'sendonly'),
    resume: (line) => offer(line, 'resume', 'sendrecv'),
    connect: async (first, second, extension) => {
      const to = `sip:${extension}@${server.host}:${server.port}?Replaces=${encodeURIComponent(replaces(second))}`;
      await referTo(first, to);
    },
    refer: async (line, extension) => {
      await referTo(line, `sip:${extension}@${server.host}:${server.port}`);
    },
    hangUp: async (line) => {
      lines.delete(line.callId);
      await sip.request('BYE', line);
    },
    close: () => {
      for (const line of lines.values()) clearTimeout(line.timer);
      sip.close();
    },
  };
}

/** A dialog as the server knows it: its own tag is that of the far end. */
function replaces(dialog: Dialog): string {
  return `${dialog.callId};to-tag=${tagOf(dialog.to)};from-tag=${tagOf(dialog.from)}`;
}
