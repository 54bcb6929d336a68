import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { bearerOf } from '../auth/index.ts';
import { Refusal } from '../errors.ts';

/**
 * Headers that keep the page from running anything but its own scripts. Styles may stand inline: the components set sizes and colours that
 * way. Nothing forces https: many call centres serve the page in their own network without it.
 * @param https whether a proxy in front of us speaks https
 */
export function securityHeaders({ https }: { https: boolean }): RequestHandler {
  const helmeted = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
    strictTransportSecurity: https ? { maxAge: 180 * 24 * 3600 } : false,
    // Browsers take these two over https only, and complain in the console otherwise.
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', permissionsPolicy);
    helmeted(request, response, next);
  };
}

/** What the page never asks a browser for (https://www.w3.org/TR/permissions-policy/): the phone is on the table, and no call goes through the page. */
const permissionsPolicy = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'display-capture',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** What a browser says about where a request comes from. */
export interface Origin {
  method: string;
  /** Sec-Fetch-Site; browsers send it to https and localhost. */
  fetchSite: string | undefined;
  origin: string | undefined;
  /** The host that the request was sent to, with its port. */
  host: string | undefined;
}

/**
 * Whether a request may change something: reads may come from anywhere, changes from our own page, or from a program that is no browser. With
 * the cookie's SameSite=Lax this is the second lock against forged requests.
 * https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
 */
export function isOwnRequest({ method, fetchSite, origin, host }: Origin): boolean {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return true;
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none';
  if (origin === undefined) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

export const sameOriginOnly: RequestHandler = (request, _response, next) => {
  const own = isOwnRequest({
    method: request.method,
    fetchSite: request.get('sec-fetch-site'),
    origin: request.get('origin'),
    // With a trusted proxy this is X-Forwarded-Host.
    host: request.host,
  });
  // No other site's page can bring a token: the browser would ask us first, and we allow none.
  if (own || bearerOf(request) !== null) return next();
  throw new Refusal(
    'forbidden',
    'This request comes from another site. Behind a proxy, let it pass the Host header on, or set TRUST_PROXY and X-Forwarded-Host.',
  );
};

/** Whether a Host header names this machine as only its own browser would. */
export function isLocalName(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i.test(host);
}

export const localNamesOnly: RequestHandler = (request, response, next) => {
  if (isLocalName(request.headers.host ?? '')) return next();
  response.status(421).type('text').send('The demo answers only at localhost and 127.0.0.1.\n');
};
