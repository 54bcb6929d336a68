/**
 * Plays scenarios on a real Asterisk and keeps what it said, for test/streams:
 *   npx tsx test/pbx-lab/record.ts DIR [scenario...]      all of them when none is named
 * Writes NAME.ami (the raw stream, as the shipped events user sees it) and NAME.queue_log, and NAME.MOMENT.ami where the scenario asks for a
 * look at the PBX's state (the answers that a client gets at a login then).
 */
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProbe } from './ami-probe.ts';
import { type Lab, startLab } from './lab.ts';
import { play, scenarios } from './scenarios/index.ts';

/** What the shipped events user is told at a login: the PBX's clock, its channels, bridges and queues. */
async function stateNow(lab: Lab): Promise<Buffer> {
  const { host, port, eventsUser: user, eventsSecret: secret } = lab.ami;
  const chunks: Buffer[] = [];
  const onBytes = (chunk: Buffer) => chunks.push(chunk);
  const probe = await openProbe({ host, port, user, secret, events: 'off', onBytes });
  for (const action of ['Ping', 'CoreShowChannels', 'BridgeList', 'QueueStatus'])
    await probe.action({ Action: action });
  await probe.close();
  return Buffer.concat(chunks);
}

async function main([directory, ...names]: string[]): Promise<void> {
  const chosen = names.length === 0 ? scenarios : scenarios.filter(({ name }) => names.includes(name));
  if (directory === undefined || chosen.length === 0) {
    console.error('usage: npx tsx test/pbx-lab/record.ts DIR [scenario...]');
    for (const { name, what } of scenarios) console.error(`  ${name.padEnd(32)}${what}`);
    process.exitCode = 2;
    return;
  }
  mkdirSync(directory, { recursive: true });
  const lab = await startLab();
  const ami = await lab.probe();
  const { host, port, eventsUser: user, eventsSecret: secret } = lab.ami;
  for (const scenario of chosen) {
    await lab.clear();
    const before = readFileSync(lab.queueLogFile).length;
    const stream = createWriteStream(join(directory, `${scenario.name}.ami`));
    const moment = async (name: string) =>
      writeFileSync(join(directory, `${scenario.name}.${name}.ami`), await stateNow(lab));
    const began = Date.now();
    const recorder = await openProbe({ host, port, user, secret, onBytes: (chunk) => stream.write(chunk) });
    if (scenario.hints) await recorder.action({ Action: 'ExtensionStateList' });
    const failure = await play(scenario, { lab, ami, moment }).then(
      () => '',
      (error: unknown) => ` FAILED: ${error}`,
    );
    await recorder.close();
    stream.end();
    writeFileSync(
      join(directory, `${scenario.name}.queue_log`),
      readFileSync(lab.queueLogFile).subarray(before),
    );
    console.log(`${scenario.name.padEnd(32)}${((Date.now() - began) / 1000).toFixed(1)} s${failure}`);
    if (failure) process.exitCode = 1;
  }
  await ami.close();
  await lab.stop();
}

void main(process.argv.slice(2));
