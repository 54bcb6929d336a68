import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { header, headerLines, statusOf, tagOf, uriOf } from './sip-message.ts';

export interface SipAccount {
  user: string;
  password: string;
  host: string;
  server: { host: string; port: number };
}

/** What makes a request one of a dialog. `cseq` is the last one used. */
export interface Dialog {
  callId: string;
  from: string;
  to: string;
  target: string;
  cseq: number;
}

/** SIP over UDP for one phone: requests with digest authentication, and replies. */
export interface SipClient {
  readonly port: number;
  /** Sends, again with credentials when asked for them, and resolves with the final response. Rejects after 20 s. */
  request(
    method: string,
    dialog: Dialog,
    more?: { headers?: string[]; body?: string; onRinging?: (response: string) => void },
  ): Promise<string>;
  acknowledge(dialog: Dialog): void;
  reply(request: string, status: string, options?: { tag?: string; body?: string }): void;
  /** Where the account is rung from now on: at `contact`, a SIP URI, for so many seconds (0: nowhere). */
  register(contact: string, seconds: number): Promise<void>;
  close(): void;
}

export const random = (bytes = 6): string => randomBytes(bytes).toString('hex');

/** @param onRequest gets each request of the server as text */
export async function openSipClient(
  account: SipAccount,
  onRequest: (request: string) => void = () => undefined,
): Promise<SipClient> {
  const { user, host, server } = account;
  const socket: Socket = createSocket('udp4');
  const waiting = new Map<string, (response: string) => void>();
  const ringing = new Map<string, (response: string) => void>();
  socket.bind(0, host);
  await once(socket, 'listening');
  const { port } = socket.address();
  const contact = `Contact: <sip:${user}@${host}:${port}>`;
  const via = () => `Via: SIP/2.0/UDP ${host}:${port};rport;branch=z9hG4bK${random()}`;

  const send = (lines: string[], body = '') => {
    const type = body ? ['Content-Type: application/sdp'] : [];
    const head = [...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`];
    socket.send(`${head.join('\r\n')}\r\n\r\n${body}`, server.port, server.host);
  };
  socket.on('message', (bytes) => {
    const message = bytes.toString();
    const status = statusOf(message);
    const request = `${header(message, 'CSeq')} ${header(message, 'Call-ID')}`;
    if (status === 0) onRequest(message);
    else if (status >= 200) waiting.get(request)?.(message);
    else if (status > 100) ringing.get(request)?.(message);
  });
  const response = (key: string) =>
    new Promise<string>((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(key);
        reject(new Error(`${user}: no final response to ${key}`));
      }, 20_000);
      waiting.set(key, (message) => {
        waiting.delete(key);
        clearTimeout(timer);
        resolve(message);
      });
    });

  const client: SipClient = {
    port,
    request: async (method, dialog, { headers = [], body = '', onRinging } = {}) => {
      let credentials: string[] = [];
      for (;;) {
        dialog.cseq++;
        const first = via();
        const same = [`From: ${dialog.from}`, `Call-ID: ${dialog.callId}`, 'Max-Forwards: 70'];
        const key = `${dialog.cseq} ${method} ${dialog.callId}`;
        const answer = response(key);
        if (onRinging !== undefined) ringing.set(key, onRinging);
        send(
          [
            ...[`${method} ${dialog.target} SIP/2.0`, first, `To: ${dialog.to}`, ...same],
            ...[`CSeq: ${dialog.cseq} ${method}`, ...(method === 'REGISTER' ? [] : [contact])],
            ...[...headers, ...credentials],
          ],
          body,
        );
        const message = await answer;
        ringing.delete(key);
        const status = statusOf(message);
        if (method === 'INVITE' && status >= 300) {
          const to = `To: ${header(message, 'To')}`;
          send([`ACK ${dialog.target} SIP/2.0`, first, to, ...same, `CSeq: ${dialog.cseq} ACK`]);
        }
        if (status !== 401 || credentials.length > 0) return message;
        credentials = [authorization(account, method, dialog.target, header(message, 'WWW-Authenticate'))];
      }
    },
    acknowledge: (dialog) => {
      const lines = [via(), `From: ${dialog.from}`, `To: ${dialog.to}`, `Call-ID: ${dialog.callId}`];
      send([`ACK ${dialog.target} SIP/2.0`, ...lines, `CSeq: ${dialog.cseq} ACK`, 'Max-Forwards: 70']);
    },
    reply: (request, status, { tag, body = '' } = {}) => {
      const to = header(request, 'To');
      const tagged = tag && !tagOf(to) ? `${to};tag=${tag}` : to;
      const same = ['From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(request, name)}`);
      send([`SIP/2.0 ${status}`, ...headerLines(request, 'Via'), `To: ${tagged}`, ...same, contact], body);
    },
    register: async (where, seconds) => {
      const me = `<sip:${user}@${server.host}>`;
      const dialog = {
        callId: random(12),
        from: `${me};tag=${random()}`,
        to: me,
        target: `sip:${server.host}:${server.port}`,
        cseq: 0,
      };
      const headers = seconds > 0 ? [`Contact: <${uriOf(where)}>`] : ['Contact: *'];
      const answer = await client.request('REGISTER', dialog, {
        headers: [...headers, `Expires: ${seconds}`],
      });
      if (statusOf(answer) !== 200) throw new Error(`REGISTER of ${user}: ${answer.split('\r\n')[0]}`);
    },
    close: () => socket.close(),
  };
  return client;
}

function authorization(
  { user, password }: SipAccount,
  method: string,
  uri: string,
  challenge: string,
): string {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const given = (key: string) => new RegExp(`${key}="?([^",]+)`).exec(challenge)?.[1] ?? '';
  const cnonce = random();
  const secret = md5(`${user}:${given('realm')}:${password}`);
  const digest = md5(`${secret}:${given('nonce')}:00000001:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  return (
    `Authorization: Digest username="${user}", realm="${given('realm')}", nonce="${given('nonce')}", uri="${uri}", ` +
    `response="${digest}", algorithm=MD5, qop=auth, nc=00000001, cnonce="${cnonce}", opaque="${given('opaque')}"`
  );
}
