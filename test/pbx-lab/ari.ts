import { get } from 'node:http';

/** ARI, as an application of a site uses it: it gets the channels of its Stasis application and bridges them itself. */
export interface Ari {
  /** One request, e.g. `post('bridges', { type: 'mixing' })`; resolves with the answer. @throws Error with Asterisk's words */
  post(path: string, query?: Record<string, string>): Promise<Record<string, unknown>>;
  remove(path: string): Promise<void>;
  /** The application ends: Asterisk takes no more channels for it. */
  close(): void;
}

/** Registers the application. Asterisk knows it as long as its event socket is open; what comes over it is not read, for AMI tells the same. */
export async function openAri(to: {
  host: string;
  port: number;
  user: string;
  secret: string;
  app: string;
}): Promise<Ari> {
  const authorization = `Basic ${Buffer.from(`${to.user}:${to.secret}`).toString('base64')}`;
  const base = `http://${to.host}:${to.port}/ari`;
  const socket = await new Promise<{ destroy(): void }>((resolve, reject) => {
    const upgrade = get(`${base}/events?app=${to.app}`, {
      headers: {
        authorization,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.from('ringdesk-lab-ari').toString('base64'),
        'sec-websocket-protocol': 'ari',
      },
    });
    upgrade.once('upgrade', (_, opened) => {
      opened.resume();
      resolve(opened);
    });
    upgrade.once('response', ({ statusCode }) => reject(new Error(`ARI answered ${statusCode}`)));
    upgrade.once('error', reject);
  });
  const request = async (method: string, path: string, query: Record<string, string>) => {
    const response = await fetch(`${base}/${path}?${new URLSearchParams(query)}`, {
      method,
      headers: { authorization },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`ARI ${method} ${path}: ${response.status} ${text}`);
    return text;
  };
  return {
    post: async (path, query = {}) => JSON.parse((await request('POST', path, query)) || '{}'),
    remove: async (path) => {
      await request('DELETE', path, {});
    },
    close: () => socket.destroy(),
  };
}
