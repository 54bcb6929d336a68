import type { PbxConfig } from '../config/index.ts';
import type { ListedDevice } from './calls/index.ts';
import { type Calls, type CallsOptions, createCalls } from './calls-service.ts';
import { type Control, createControl } from './control/index.ts';
import { noTimestamps } from './link/index.ts';

/** What is up and what is down, by its name. */
export type PartsHealth = Record<string, { state: 'up' | 'down'; needed: false; detail: string | null }>;

export type TelephonyOptions = Pick<CallsOptions, 'config' | 'log' | 'metrics'>;

/**
 * All that has to do with Asterisk, as the features see it. It is there before its calls are opened, since the features need its hands, and the calls
 * need the features' ears: until `open` there is no PBX.
 */
export class Telephony {
  readonly #options: TelephonyOptions;
  readonly #controls = new Map<string, Control>();
  #calls: Calls | null = null;

  constructor(options: TelephonyOptions) {
    this.#options = options;
  }

  /** Takes up the calls as the last run left them. @throws when a journal cannot be opened */
  async open(ears: Omit<CallsOptions, 'config' | 'log' | 'metrics'>): Promise<void> {
    const calls = await createCalls({ ...this.#options, ...ears });
    this.#calls = calls;
    for (const pbx of ears.pbxs) {
      const link = calls.links.get(pbx.name);
      if (link !== undefined) this.#controls.set(pbx.name, this.#controlOf(pbx, link));
    }
  }

  /** The hands of a PBX, by its name; null for a name that is none. */
  control(pbx: string): Control | null {
    return this.#controls.get(pbx) ?? null;
  }

  /** The phones and lines of all PBXs as the calls are told by now: whose each is, and why. */
  listPhones(): ({ pbx: string } & ListedDevice)[] {
    const all = this.#calls?.listPhones() ?? [];
    return all.flatMap(({ pbx, devices }) => devices.map((device) => ({ pbx, ...device })));
  }

  /** Begins to listen to the PBXs. */
  async start(): Promise<void> {
    await this.#calls?.start();
  }

  async stop(): Promise<void> {
    await this.#calls?.stop();
  }

  health(): PartsHealth {
    const calls = this.#calls;
    if (calls === null) return {};
    const parts: PartsHealth = { records: recordsHealth(calls) };
    for (const [name, { state }] of calls.links)
      parts[`pbx ${name}`] =
        state.kind === 'up'
          ? { state: 'up', needed: false, detail: state.warning === 'no-timestamps' ? noTimestamps : null }
          : { state: 'down', needed: false, detail: state.message };
    for (const [name, journal] of calls.journals) {
      const status = journal.status();
      parts[`journal ${name}`] =
        status.kind === 'written'
          ? { state: 'up', needed: false, detail: null }
          : { state: 'down', needed: false, detail: `the disk does not take it: ${status.why}` };
    }
    return parts;
  }

  #controlOf(pbx: PbxConfig, actions: Parameters<typeof createControl>[0]['actions']): Control {
    const { config } = this.#options;
    return createControl({
      actions,
      settings: {
        agentContext: config.agentContext,
        outboundPrefix: config.outboundPrefix,
        extensionDigits: pbx.extensionDigits ?? config.extensionDigits,
        queueExtensions: config.queueExtensions,
      },
    });
  }
}

function recordsHealth({ records }: Calls): PartsHealth[string] {
  const { waiting, failingSince } = records.status();
  return {
    state: failingSince === null ? 'up' : 'down',
    needed: false,
    detail: waiting === 0 ? null : `${waiting} interactions wait for the database`,
  };
}
