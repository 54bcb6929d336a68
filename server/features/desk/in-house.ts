import { join } from 'node:path';
import { devicesOf, type User } from '@ringdesk/shared/user';
import type { Config } from '../../config/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CallsOptions } from '../../telephony/calls-service.ts';
import type { Control, DialRules } from '../../telephony/control/index.ts';
import { choicesOf, type Settings, wrapUpLimitsOf } from '../settings/index.ts';
import type { DeskDeps } from './deps.ts';
import type { Desk } from './desk.ts';
import { createDialling } from './dialling.ts';
import { createDraftStore } from './store.ts';

export interface HouseOptions
  extends Pick<Platform, 'config' | 'store' | 'audit' | 'log' | 'metrics'>,
    Pick<DeskDeps, 'customers' | 'interactions' | 'openPerson' | 'push'> {
  users: { list(): Promise<(User & { disabled: boolean })[]> };
  telephony: { control(pbx: string): Control | null };
  settings: Pick<Settings, 'current'>;
  /** No PBX is there: the demo's simulator serves. */
  simulated: boolean;
}

/** The desks' surroundings as the settings of the house have them. */
export function depsFrom(options: HouseOptions): DeskDeps {
  const { config, store, audit, users, telephony, simulated, settings } = options;
  const facts = { embeddedStore: store.embedded, simulated };
  return {
    ...options,
    agents: () => agentsAmong(users),
    drafts: createDraftStore(store),
    control: (pbx) => telephony.control(pbx),
    dialling: createDialling({ rules: dialRules(config), audit }),
    outboxFile: join(config.dataDir, 'outbox.jsonl'),
    choices: () => choicesOf(settings.current(), { ...facts, defaultRegion: config.region }),
    wrapUpLimits: () => wrapUpLimitsOf(settings.current()),
    transferQueues: Object.keys(config.queueExtensions),
  };
}

/** All who take calls, with their phones. @throws Refusal `store-unavailable` */
export async function agentsAmong(users: HouseOptions['users']): ReturnType<DeskDeps['agents']> {
  return (await users.list()).flatMap((user) =>
    user.agent === null || user.disabled
      ? []
      : [{ id: user.agent, name: user.name, devices: devicesOf(user) }],
  );
}

function dialRules(config: Config): DialRules {
  return {
    outboundPrefix: config.outboundPrefix,
    // Which PBX it will go through is not known yet: what is an extension on one of them is dialled inside.
    extensionDigits: Math.max(config.extensionDigits, ...config.pbx.map((pbx) => pbx.extensionDigits ?? 0)),
    queueExtensions: config.queueExtensions,
    region: config.region,
    abroad: config.dialAbroad,
    abroadForSupervisors: config.dialAbroadForSupervisors,
    codes: config.dialCodes,
  };
}

/** What the desks hear of the calls, as the telephony tells it. */
export function earsOf(desk: Desk): Pick<CallsOptions, 'onEvent' | 'customerOf' | 'onLink'> {
  return {
    onEvent: desk.onCallEvent,
    customerOf: desk.customerOf,
    onLink: (pbx, state) =>
      desk.onLink(
        state.kind === 'up'
          ? { pbx, state: 'up', message: null, restarted: state.restarted, warning: state.warning }
          : { pbx, state: 'down', message: state.message, restarted: false },
      ),
  };
}

/** Who tries the demo out wants to see a call, not to learn first that calls have to be asked for. */
export function takingCallsAtOnce(desk: Desk, log: Log): (user: User) => void {
  return ({ agent }) => {
    if (agent !== null)
      desk
        .takeCalls(agent)
        .catch((error: unknown) => log.warn({ err: error }, 'A demo agent could not be made available'));
  };
}
