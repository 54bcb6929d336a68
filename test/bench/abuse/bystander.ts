import { logIn, type Session } from '../../house/session.ts';
import { pause } from '../machine.ts';

/** Somebody who does the day's work beside a flood, and must not be refused anything. */
export interface Bystander {
  /** What was refused since the last time, and how often; how long an answer took at most, ms. */
  taken(): { asked: number; refused: Record<string, number>; slowestMs: number };
  stop(): Promise<void>;
}

const everyMs = 500;

/** Reads, searches, writes, and logs in once more on a device that was let in before. */
export async function startBystander(options: {
  url: string;
  login: string;
  password: string;
}): Promise<Bystander> {
  const { url, login, password } = options;
  const session = await logIn(url, login, password);
  const device = await deviceCookieOf(options);
  const id = await newCustomer(session, 'Bystander');
  let refused: Record<string, number> = {};
  let asked = 0;
  let slowestMs = 0;
  let goesOn = true;

  async function one(what: string, work: () => Promise<number>): Promise<void> {
    asked += 1;
    const from = performance.now();
    const status = await work().catch(() => 0);
    slowestMs = Math.max(slowestMs, Math.round(performance.now() - from));
    if (status < 200 || status >= 300) refused[`${what} ${status}`] = (refused[`${what} ${status}`] ?? 0) + 1;
  }

  const works: readonly [string, () => Promise<number>][] = [
    ['read', async () => (await session.get('/api/me')).status],
    ['search', async () => (await session.get('/api/customers?q=anna')).status],
    [
      'write',
      async () =>
        (await session.send('PUT', `/api/customers/${id}`, { name: 'Bystander', phones: [] })).status,
    ],
    ['login', async () => (await postLogin({ url, login, password, device })).status],
  ];

  async function work(): Promise<void> {
    for (let at = 0; goesOn; at += 1) {
      const next = works[at % works.length];
      if (next !== undefined) await one(...next);
      await pause(everyMs);
    }
  }
  const working = work();
  return {
    taken() {
      const told = { asked, refused, slowestMs };
      asked = 0;
      slowestMs = 0;
      refused = {};
      return told;
    },
    async stop() {
      goesOn = false;
      await working;
    },
  };
}

function postLogin(who: { url: string; login: string; password: string; device: string }): Promise<Response> {
  return fetch(`${who.url}/api/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie: who.device },
    body: JSON.stringify({ login: who.login, password: who.password }),
    signal: AbortSignal.timeout(15_000),
  });
}

/** What a browser keeps from the first log-in, but for the session. */
async function deviceCookieOf(who: { url: string; login: string; password: string }): Promise<string> {
  const response = await postLogin({ ...who, device: '' });
  const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  return cookies.filter((cookie) => cookie.includes('device')).join('; ');
}

/** The id of a customer that was just made. */
export function idOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
    return body.id;
  throw new Error('A customer without an id');
}

/** Makes a customer. @returns the id */
export async function newCustomer(session: Session, name: string): Promise<string> {
  return idOf((await session.send('POST', '/api/customers', { name, phones: [] })).body);
}
