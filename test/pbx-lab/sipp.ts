import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import type { LabPorts } from './ports.ts';
import { keyPresses, type Template, type TemplateValues, templateValues } from './sipp-template.ts';

/** A SIPp process that plays one side of calls. */
export interface Sipp {
  readonly port: number;
  /** Resolves when it ends by itself: 0 means that every call went as the scenario says. */
  readonly done: Promise<{ code: number | null; errorFile: string }>;
  stop(): Promise<void>;
}

export interface SippOptions {
  /** The address it calls from; the phones' address when left out. */
  address?: string;
  port?: number;
  /** How many calls it makes before it ends; without it it serves calls until stopped. */
  calls?: number;
  /** Whether it sends sound (6 s of speech). Off by default, it costs processor time. */
  sound?: boolean;
  extra?: string[];
}

export type RunSipp = (template: Template, values?: TemplateValues, options?: SippOptions) => Sipp;

const sound = 'play_pcap_audio="/usr/share/sip-tester/g711a.pcap"';

/** Makes the function that starts SIPp processes against one Asterisk, each on ports of its own. */
export function createSipp(setup: { labFolder: string; directory: string; host: string; ports: LabPorts }): {
  run: RunSipp;
  stopAll(): Promise<void>;
} {
  const { host, ports, directory } = setup;
  mkdirSync(directory, { recursive: true });
  const running = new Set<Sipp>();
  const phonePorts = portsOf(ports.phones, 1);
  const mediaPorts = portsOf(ports.phonesMedia, 4);
  let started = 0;

  const run: RunSipp = (template, values = {}, options = {}) => {
    const port = options.port ?? phonePorts.take();
    const media = mediaPorts.take();
    const address = options.address ?? host;
    const base = `${directory}/${template}-${++started}`;
    const source = readFileSync(`${setup.labFolder}/sipp/${template}.xml`, 'utf8');
    writeFileSync(`${base}.xml`, fill(source, values, options.sound ?? false));
    const args = [
      `${host}:${ports.sip}`,
      ...['-sf', `${base}.xml`, '-i', address, '-p', port, '-mi', address, '-mp', media],
      ...['-cp', port + 400, '-ci', host, '-nostdin', '-trace_err', '-error_file', `${base}.err`],
      // Unexpected messages end a call; OPTIONS and the like (-aa) are answered.
      ...['-default_behaviors', 'all,-bye', '-aa'],
      ...(options.calls === undefined ? [] : ['-m', options.calls]),
      ...(options.extra ?? []),
    ].map(String);
    const output = openSync(`${base}.out`, 'w');
    // It dies with this process, however that ends.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'sipp', ...args], {
      cwd: directory,
      stdio: ['ignore', output, output],
      env: { ...process.env, TERM: 'dumb' },
    });
    closeSync(output);
    const sipp = asSipp(child, port, `${base}.err`);
    running.add(sipp);
    void sipp.done.then(() => {
      running.delete(sipp);
      phonePorts.giveBack(port);
      mediaPorts.giveBack(media);
    });
    return sipp;
  };
  return {
    run,
    stopAll: async () => {
      await Promise.all([...running].map((sipp) => sipp.stop()));
    },
  };
}

function asSipp(child: ChildProcess, port: number, errorFile: string): Sipp {
  const done = new Promise<{ code: number | null; errorFile: string }>((resolve) => {
    child.once('error', () => resolve({ code: null, errorFile }));
    child.once('exit', (code) => resolve({ code, errorFile }));
  });
  return {
    port,
    done,
    stop: async () => {
      child.kill('SIGKILL');
      await done;
    },
  };
}

function fill(source: string, values: TemplateValues, withSound: boolean): string {
  const text = templateValues(values);
  let xml = source.replace('@DIGITS@', keyPresses(values.keys ?? '', values.keyGapMs ?? 700));
  // An empty line would end the SIP headers.
  if (!values.headers) xml = xml.replace(/^ *@HEADERS@\n/gm, '');
  if (!withSound) xml = xml.replace(/\s*<nop><action><exec @MEDIA@\/><\/action><\/nop>/g, '');
  return xml.replace(/@([A-Z_]+)@/g, (mark, name: string) => ({ ...text, MEDIA: sound })[name] ?? mark);
}

/** Ports of a range. A port that was given back is taken again as late as possible: the other side may still send to it. */
function portsOf(
  [first, last]: [number, number],
  step: number,
): {
  take(): number;
  giveBack(port: number): void;
} {
  const all = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, n) => first + n * step);
  const free = [...all];
  return {
    take: () => {
      const port = free.shift();
      if (port === undefined) throw new Error(`no port is free in ${first}-${last}: too many SIPp processes`);
      return port;
    },
    giveBack: (port) => {
      if (all.includes(port)) free.push(port);
    },
  };
}
