import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import proxyAddr from 'proxy-addr';

/**
 * Whether a connection comes from a proxy of ours.
 * @param proxies addresses, networks, or `loopback`, `linklocal`, `uniquelocal`
 */
export function fromProxy(proxies: readonly string[]): (socket: Socket) => boolean {
  const trusts = proxyAddr.compile([...proxies]);
  return ({ remoteAddress }) => remoteAddress !== undefined && trusts(remoteAddress, 0);
}

/** A proxy before us speaks https unless it says that it does not: many are set up without X-Forwarded-Proto, and cookies must be secure all the same. */
export function httpsUnlessSaid(proxies: readonly string[]): RequestHandler {
  const isProxy = fromProxy(proxies);
  return (request, _response, next) => {
    if (isProxy(request.socket)) request.headers['x-forwarded-proto'] ??= 'https';
    next();
  };
}
