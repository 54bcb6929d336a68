import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { loadConfig } from '../../server/config/index.ts';
import { callOptions, endOfRecording, replayFile } from '../../server/telephony/link/index.ts';
import { here, interactionsIn } from './replay.ts';
import { summaryOf } from './summary.ts';

/**
 * Streams as they come from houses other than the lab's: rebuilt small, with invented names and numbers, and read as `ringdesk replay` reads them.
 * Beside each stands what it is to give (`sites/<name>.txt`, in the form of `expected/`).
 */

async function recordsOf(file: string): Promise<string[]> {
  const config = loadConfig({});
  const stream = replayFile(path.join(here, 'sites', file), callOptions(config, { name: 'main' }));
  const said = [];
  let first: number | null = null;
  let last = 0;
  for (let next = await stream.next(); ; next = await stream.next()) {
    if (next.done === true) {
      said.push(...endOfRecording(next.value, last));
      return interactionsIn(said).flatMap((record) => summaryOf(record, first ?? 0).split('\n'));
    }
    first ??= next.value.at;
    last = next.value.at ?? last;
    said.push(...next.value.events);
  }
}

test.each(readdirSync(path.join(here, 'sites')).filter((file) => !file.endsWith('.txt')))(
  '%s',
  async (file) => {
    const beside = path.join(here, 'sites', `${path.parse(file).name}.txt`);
    const lines = readFileSync(beside, 'utf8').split('\n');
    expect(await recordsOf(file)).toEqual(lines.filter((line) => line !== '' && !line.startsWith('#')));
  },
);
