import type { Config } from '../../config/index.ts';
import { createLog } from '../../platform/log.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { weaknesses } from '../../platform/process/weaknesses.ts';
import { openStore } from '../../platform/store/index.ts';
import { type Finding, failed, ok, warning } from './finding.ts';
import { checkDataDir, checkPort } from './machine.ts';
import { checkNames, checkPbx } from './pbx.ts';
import { checkPhones } from './phones.ts';
import { seatedUsers } from './users.ts';

export type { Finding } from './finding.ts';

/** Looks at everything that Ringdesk stands on, one thing after the other, and says what to change where. */
export async function* examine(config: Config): AsyncGenerator<Finding> {
  yield ok(
    'configuration',
    `read; ${config.pbx.length === 0 ? 'no PBX is set: only the demo can serve' : `${config.pbx.length} PBX`}`,
  );
  yield* checkDataDir(config.dataDir);
  for (const { what, hint } of weaknesses(config, 'look')) yield warning('safety', what, `${hint}.`);
  yield await checkPort(config.host, config.port);
  yield await checkStore(config);
  const users = config.pbx.length === 0 ? null : await seatedUsers(config);
  const checked = [];
  for (const pbx of config.pbx) {
    const { findings, systemName } = await checkPbx(pbx);
    yield* findings;
    if (!findings.some(({ verdict }) => verdict === 'failed')) yield* await checkPhones(config, pbx, users);
    checked.push({ pbx, systemName });
  }
  yield* checkNames(checked);
}

async function checkStore({ mongoUrl, dataDir }: Config): Promise<Finding> {
  const log = createLog({ level: 'silent', showPersonal: false });
  const what = mongoUrl === null ? 'the embedded store' : 'MongoDB';
  try {
    const store = await openStore({ mongoUrl, dataDir, log, metrics: createMetrics() });
    try {
      if (store.state() === 'up') return ok('database', `${what} answers`);
      return failed(
        'database',
        `${what} does not answer`,
        'Check that it runs, and the host, the login and the network in MONGODB_URL.',
      );
    } finally {
      await store.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed(
      'database',
      `${what} cannot be opened: ${why}`,
      mongoUrl === null
        ? 'If Ringdesk runs on this data directory, that is why; else see the message.'
        : 'Correct MONGODB_URL.',
    );
  }
}
