import type { AmiOptions } from './options.ts';
import { testCertificate } from './testing/certificate.ts';
import { openSession } from './testing/open-session.ts';
import { startScriptedServer } from './testing/scripted-server.ts';

async function firstState(tls: AmiOptions['tls'], secure: boolean) {
  const server = await startScriptedServer(secure ? { tls: testCertificate } : {});
  const link = openSession(server.port, {
    ...(tls === undefined ? {} : { tls }),
    timing: { connectMs: 2000 },
  });
  const state = await Promise.race([link.next('ready'), link.next('down')]);
  await link.session.stop();
  await server.close();
  return state;
}

const ca = testCertificate.cert;

describe('TLS', () => {
  it.each([
    ['a certificate of the configured CA', { ca, servername: 'pbx.test' }],
    ['any certificate, when told so', { rejectUnauthorized: false }],
  ])('takes %s', async (_, tls) => {
    expect(await firstState(tls, true)).toMatchObject({ kind: 'ready' });
  });

  it.each([
    ['a certificate that nobody vouches for', { servername: 'pbx.test' }, 'self-signed certificate'],
    [
      'a certificate of another name',
      { ca, servername: 'other.test' },
      "does not match certificate's altnames",
    ],
    ['a certificate without the address that was dialled', { ca }, "does not match certificate's altnames"],
  ])('refuses %s', async (_, tls, words) => {
    const state = await firstState(tls, true);
    expect(state).toMatchObject({ kind: 'down', reason: 'tls', message: expect.stringContaining(words) });
  });

  it('says so when the port speaks AMI without TLS', async () => {
    expect(await firstState({ ca }, false)).toMatchObject({ kind: 'down', reason: 'tls' });
  });
});
