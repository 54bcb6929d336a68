import type { CallEvent } from '@ringdesk/shared/call-events';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Config, loadConfig } from '../../config/index.ts';
import { startPlayback } from '../../telephony/ami/index.ts';
import type { CallModelOptions } from '../../telephony/calls/index.ts';
import { callOptions, endOfRecording, type PbxSettings, replayFile } from '../../telephony/link/index.ts';
import { exitCode } from '../exit.ts';
import { teller } from '../teller.ts';

interface ReplayFlags {
  speed: 'real' | 'max';
  serve?: number;
  json?: boolean;
  explain?: boolean;
  pbx?: string;
  trunks?: string[];
  phones?: string[];
  devices?: ReadonlyMap<string, string>;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description(
      'Feeds recorded AMI streams through the client and the call model and prints one interaction a line (JSON).',
    )
    .argument('<file...>', 'raw AMI bytes (.ami, and the journal), or .jsonl with arrival times; .gz too')
    .addOption(
      new Option('--speed <speed>', 'as recorded, or as fast as it goes')
        .choices(['real', 'max'])
        .default('max'),
    )
    .option('--serve <port>', 'act as an AMI server that plays the stream to any client', port)
    .option('--explain', 'tell the calls in plain words, instead of JSON')
    .option('--pbx <name>', "the PBX whose settings are used; default: the only one that is set, else 'main'")
    .option('--trunks <names>', 'instead of PBX_TRUNKS', names)
    .option('--phones <patterns>', 'instead of PBX_PHONES', names)
    .option('--devices <list>', "whose phones are: '1001=PJSIP/anna+PJSIP/991001,1002=SIP/boris'", devices)
    .option('--json', 'print a JSON summary at the end, on standard error')
    .addHelpText(
      'after',
      '\nCalls that are still open when a stream ends are printed with the end "unknown".',
    )
    .action((files: string[], flags: ReplayFlags) =>
      flags.serve === undefined ? replay(files, flags) : serve(files, flags.serve, flags.speed),
    );
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return value;
}

function names(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** @returns device → agent */
function devices(text: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const piece of names(text)) {
    const [agent, list] = piece.split('=');
    if (agent === undefined || agent === '' || list === undefined || !list.includes('/'))
      throw new InvalidArgumentError(
        "say whose each phone is: '1001=PJSIP/anna+PJSIP/991001,1002=SIP/boris'",
      );
    for (const device of list.split('+')) owners.set(device, agent);
  }
  return owners;
}

/** The settings of the PBX as the server has them, and what the command line says instead. Exported for its test. */
export function modelOptions(
  config: Config,
  flags: Pick<ReplayFlags, 'pbx' | 'trunks' | 'phones' | 'devices'>,
): CallModelOptions {
  const name = flags.pbx ?? (config.pbx.length === 1 ? config.pbx[0]?.name : undefined) ?? 'main';
  const settings: PbxSettings = config.pbx.find((pbx) => pbx.name === name) ?? { name };
  const { trunks = settings.trunks, phones = settings.phones } = flags;
  return callOptions(config, { ...settings, trunks, phones }, flags.devices);
}

async function replay(files: readonly string[], flags: ReplayFlags): Promise<void> {
  const config = loadConfig(process.env);
  const total = { files: 0, messages: 0, interactions: 0, rejected: 0 };
  for (const file of files) {
    try {
      const { messages, interactions } = await replayOne(file, flags, config);
      total.files += 1;
      total.messages += messages;
      total.interactions += interactions;
    } catch (error) {
      total.rejected += 1;
      const why = error instanceof Error ? error.message : String(error);
      console.error(why.startsWith(file) ? why : `${file}: ${why}`);
    }
  }
  if (flags.json) console.error(JSON.stringify(total));
  if (total.rejected > 0) process.exitCode = exitCode.rejects;
}

async function replayOne(
  file: string,
  flags: ReplayFlags,
  config: Config,
): Promise<{ messages: number; interactions: number }> {
  const stream = replayFile(
    file,
    modelOptions(config, flags),
    flags.speed === 'real' ? { pace: realTime() } : {},
  );
  let messages = 0;
  let interactions = 0;
  let last = 0;
  const tell = flags.explain === true ? teller() : null;
  const print = (events: readonly CallEvent[]) => {
    for (const event of events) {
      tell?.(event);
      if (event.type !== 'interaction.ended') continue;
      interactions += 1;
      if (tell === null) console.log(JSON.stringify(event.interaction));
    }
  };
  for (;;) {
    const next = await stream.next();
    if (next.done === true) {
      if (messages === 0)
        throw new Error('holds no AMI message; is it a recording, or a segment of the journal?');
      if (last === 0) throw new Error(noTimes(messages));
      print(endOfRecording(next.value, last));
      return { messages, interactions };
    }
    messages += 1;
    last = Math.max(last, next.value.at ?? 0);
    print(next.value.events);
  }
}

/** Without a time there are no durations, and raw bytes do not tell when they came. */
function noTimes(messages: number): string {
  return `none of its ${messages} messages tells its time, so no call can be read: the PBX has timestampevents = no (manager.conf), and raw bytes hold no times of arrival. Record with timestampevents = yes, or as .jsonl with arrival times; a live link takes the times of arrival.`;
}

/** Waits so that the recording takes as long as it took. */
function realTime(): (at: number) => Promise<void> {
  let offset: number | null = null;
  return async (at) => {
    offset ??= Date.now() - at;
    const wait = at + offset - Date.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  };
}

async function serve(files: readonly string[], at: number, speed: 'real' | 'max'): Promise<void> {
  const playback = await startPlayback({ files, port: at, speed });
  console.error(
    `Playing ${files.length === 1 ? files[0] : `${files.length} files`} as an AMI server on 127.0.0.1:${playback.port}; any user may log in. Ctrl+C ends it.`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await playback.stop();
}
