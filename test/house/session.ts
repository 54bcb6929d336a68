/** Somebody who is logged in, without a browser. */
export interface Session {
  readonly url: string;
  readonly cookie: string;
  get(path: string): Promise<Answer>;
  send(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Answer>;
  /** The same cookie at the server's next address. */
  at(url: string): Session;
}

export interface Answer {
  status: number;
  /** Parsed JSON, or the text. */
  body: unknown;
}

export async function ask(url: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(15_000) });
  const text = await response.text();
  return { status: response.status, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export async function logIn(url: string, login: string, password: string): Promise<Session> {
  const response = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password }),
    signal: AbortSignal.timeout(15_000),
  });
  if (response.status !== 200)
    throw new Error(`${login} cannot log in: ${response.status} ${await response.text()}`);
  const [cookie = ''] = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
  return sessionOf(url, cookie);
}

function sessionOf(url: string, cookie: string): Session {
  return {
    url,
    cookie,
    get: (path) => ask(url, path, { headers: { cookie } }),
    send: (method, path, body) =>
      ask(url, path, {
        method,
        headers: { cookie, 'Content-Type': typeof body === 'string' ? 'text/csv' : 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    at: (next) => sessionOf(next, cookie),
  };
}
