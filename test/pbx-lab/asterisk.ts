import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { LabPorts } from './ports.ts';

/** One Asterisk of the lab. It ends with this process, whatever becomes of it. */
export interface Asterisk {
  /** Changes when it is started again. */
  readonly pid: number;
  /** Its root folder: logs, recordings, configuration. */
  readonly rootfs: string;
  /** One command of Asterisk's console; resolves with what it prints. */
  cli(command: string): Promise<string>;
  /** As a power cut: SIGKILL. */
  kill(): Promise<void>;
  /** After `kill`, with the same files. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface AsteriskOptions {
  /** The folder of the lab (`asterisk-lab` lives there). */
  labFolder: string;
  /** A folder that does not exist yet; removed at the end. */
  directory: string;
  host: string;
  trunk: string;
  secret: string;
  ports: LabPorts;
}

/** Unpacks Asterisk when that has not been done on this machine, and starts it. Resolves when it is fully booted. */
export async function startAsterisk(options: AsteriskOptions): Promise<Asterisk> {
  const script = `${options.labFolder}/asterisk-lab`;
  await promisify(execFile)(script, ['install'], { timeout: 240_000 });
  const { ports } = options;
  const child = spawn(script, ['run', options.directory], {
    env: {
      ...process.env,
      LAB_HOST: options.host,
      LAB_TRUNK: options.trunk,
      LAB_SECRET: options.secret,
      LAB_AMI_PORT: String(ports.ami),
      LAB_SIP_PORT: String(ports.sip),
      LAB_HTTP_PORT: String(ports.http),
      LAB_PSTN_PORT: String(ports.outside),
      LAB_LOAD_PORT: String(ports.load),
      LAB_RTP_START: String(ports.rtp[0]),
      LAB_RTP_END: String(ports.rtp[1]),
    },
  });
  const says = answers(child);
  let pid = readyPid(await says('ready'));
  const order = (word: string, answer: string) => {
    const heard = says(answer);
    child.stdin.write(`${word}\n`);
    return heard;
  };
  return {
    get pid() {
      return pid;
    },
    rootfs: `${options.directory}/rootfs`,
    cli: async (command) => (await promisify(execFile)(script, ['cli', options.directory, command])).stdout,
    kill: async () => {
      await order('kill', 'killed');
    },
    start: async () => {
      pid = readyPid(await order('start', 'ready'));
    },
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once('close', () => resolve());
        child.stdin.end();
      }),
  };
}

const readyPid = (line: string) => Number(line.split(' ')[1]);

/** Waits for the script's answers by their first word; rejects with its complaints when it ends before. */
function answers(child: ChildProcessWithoutNullStreams): (word: string) => Promise<string> {
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4000);
  });
  const lines = createInterface(child.stdout);
  return (word) =>
    new Promise((resolve, reject) => {
      const onLine = (line: string) => {
        if (!line.startsWith(word)) return;
        lines.off('line', onLine);
        child.off('close', onClose);
        resolve(line);
      };
      const onClose = () => reject(new Error(`Asterisk did not say "${word}": ${complaints}`));
      lines.on('line', onLine);
      child.once('close', onClose);
    });
}
