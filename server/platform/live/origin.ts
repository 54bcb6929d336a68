import type { IncomingMessage } from 'node:http';

/**
 * Whether a websocket comes from our own page, or from a program that is no browser. Browsers let any page open a websocket to any server and
 * send the cookies along, so the server has to look at Origin itself.
 * https://cheatsheetseries.owasp.org/cheatsheets/WebSocket_Security_Cheat_Sheet.html
 * @param byProxy it comes from a proxy of ours: the host is then what that says that it was asked for
 */
export function isOwnOrigin(request: Pick<IncomingMessage, 'headers'>, byProxy: boolean): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const forwarded = byProxy ? request.headers['x-forwarded-host'] : undefined;
  const asked = typeof forwarded === 'string' ? forwarded.split(',')[0]?.trim() : host;
  return URL.canParse(origin) && new URL(origin).host === asked;
}
