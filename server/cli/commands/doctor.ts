import { Command } from 'commander';
import { type Config, loadConfig } from '../../config/index.ts';
import type { Finding } from '../doctor/index.ts';
import { exitCode, Failure } from '../exit.ts';
import { teller } from '../teller.ts';

interface DoctorFlags {
  json?: boolean;
  watch?: string | true;
}

const signs: Record<Finding['verdict'], string> = { ok: '  ok  ', warning: ' warn ', failed: ' FAIL ' };

export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Checks configuration, disk, port, database, and each PBX: logins, rights, clock. Says what to change where.',
    )
    .option('--watch [pbx]', 'then explain the next call step by step, of this PBX or the only one')
    .option('--json', 'one JSON object a finding and line')
    .action(async (flags: DoctorFlags) => {
      const { examine } = await import('../doctor/index.ts');
      const config = loadConfig(process.env);
      let bad = false;
      for await (const finding of examine(config)) {
        bad ||= finding.verdict === 'failed';
        print(finding, flags);
      }
      if (bad) process.exitCode = exitCode.rejects;
      if (flags.watch !== undefined) await watch(config, flags);
    });
}

function print(finding: Finding, { json }: DoctorFlags): void {
  const { verdict, about, text, fix } = finding;
  if (json) console.log(JSON.stringify(finding));
  else console.log(`[${signs[verdict]}] ${about}: ${text}${fix === null ? '' : `\n         → ${fix}`}`);
}

/** Listens as the server does and tells the next call in plain words. Ctrl+C ends it. */
async function watch(config: Config, flags: DoctorFlags): Promise<void> {
  const named = config.pbx.filter(({ name }) => flags.watch === true || name === flags.watch);
  const [pbx, another] = named;
  if (pbx === undefined || another !== undefined)
    throw new Failure(
      exitCode.wrongUse,
      `Say which PBX to watch: ${config.pbx.map(({ name }) => name).join(', ') || 'none is configured'}.`,
    );
  const { watchNextCall } = await import('../doctor/watch.ts');
  const { callOptions } = await import('../../telephony/link/index.ts');
  const ended = new AbortController();
  process.once('SIGINT', () => ended.abort());
  let why: (device: string) => string | null = () => null;
  const tell = teller(console.log, { whyPhone: (device) => why(device) });
  const finding = await watchNextCall(pbx, callOptions(config, pbx), {
    onEvents: (events, whyPhone) => {
      why = whyPhone;
      events.forEach(tell);
    },
    onReady: () =>
      console.log(`Listening to PBX ${pbx.name}: make a call now, and see it told. Ctrl+C ends it.`),
    signal: ended.signal,
  });
  if (finding !== null) {
    print(finding, flags);
    process.exitCode = exitCode.rejects;
  }
}
