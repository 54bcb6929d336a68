import { createServer } from 'node:http';
import express, { type Request } from 'express';
import { type Member, signedIn } from '../../auth/index.ts';
import { Refusal } from '../../errors.ts';
import { failureHandler } from '../../http/failure.ts';
import { createLog } from '../../log.ts';
import { createApi, type Route } from '../index.ts';

/**
 * A feature's routes behind a real server, as the product serves them, on any free port.
 * @param userOf who a request is from, e.g. by a header of the test
 */
export async function openApi(routes: readonly Route[], userOf: (request: Request) => Member | null) {
  const log = createLog({ level: 'silent', showPersonal: false });
  const app = express();
  const sessions = {
    middleware: (_request: Request, _response: unknown, next: () => void) => next(),
    requireUser: (request: Request, _response: unknown, next: () => void) => {
      const user = userOf(request);
      if (user === null) throw new Refusal('not-logged-in', 'Log in first.');
      signedIn(request, user);
      next();
    },
  };
  app.use('/api', createApi({ routes, sessions, log, onChange: () => undefined }));
  app.use(failureHandler(log));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '',
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
