import type { Server } from 'node:http';
import { CannotStart } from './cannot-start.ts';

/** @throws CannotStart when the port cannot be had */
export async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CannotStart(explain(error, host, port), { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : port;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `${host}:${port} is in use by another program. Stop that program, or start with PORT=<another port>.`;
    case 'EACCES':
      return `${host}:${port} may not be listened on by this user. Take a port above 1023 with PORT, or give the right.`;
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine. Set HOST to one that is, e.g. 127.0.0.1 or 0.0.0.0.`;
    default:
      return `${host}:${port} cannot be listened on: ${error.message}`;
  }
}
