import type { DeskView } from '@ringdesk/shared/desk';
import type { Feature } from '../platform/feature.ts';
import { createReading } from '../platform/limits/reading.ts';
import type { Platform } from '../platform/platform.ts';
import { createNumberReaders } from '../telephony/link/index.ts';
import type { Telephony } from '../telephony/telephony.ts';
import { type Customers, createCustomers, customersFeature } from './customers/index.ts';
import { createDesk, type Desk, depsFrom, takingCallsAtOnce } from './desk/index.ts';
import { createInteractions, type Interactions, interactionsFeature } from './interactions/index.ts';
import { createNotifications } from './notifications/index.ts';
import { defaultSettings, Settings, settingsFeature } from './settings/index.ts';
import { Statistics } from './statistics/index.ts';
import { tasksFeature } from './tasks/index.ts';
import { tokensFeature } from './tokens/index.ts';
import { type Users, usersFeature } from './users/index.ts';

export interface Features {
  customers: Customers;
  interactions: Interactions;
  desk: Desk;
  statistics: Statistics;
  /** All of them, for what is done with each. */
  list: readonly Feature[];
}

export interface FeatureOptions {
  platform: Platform;
  users: Users;
  telephony: Telephony;
  /** Sends the view of a desk to its agent's devices. Must not throw and must not wait. */
  push(agent: string, view: DeskView): void;
  /** The demo's simulator serves instead of a PBX. */
  simulated: boolean;
}

/** Builds what the product does. A new feature adds its line to the list. */
export function createFeatures(options: FeatureOptions): Features {
  const { platform, users, telephony, simulated } = options;
  const { config, audit, log } = platform;
  const numberAt = createNumberReaders(config);
  const nameOf = async (id: string) => (await users.find(id))?.name ?? null;

  const customers = createCustomers({
    ...platform,
    region: config.region,
    numberTyped: (text) => numberAt(text, null),
  });
  const interactions = createInteractions({
    ...platform,
    ...users,
    toE164: numberAt,
    customersWith: customers.withNumbers,
  });
  const settings = new Settings({ ...platform, defaults: defaultSettings(config) });
  const desk = createDesk(
    depsFrom({
      ...platform,
      ...options,
      customers,
      interactions: { ...interactions, ...interactions.forCalls },
      settings,
      openPerson: (reader, person) => reading.open(reader, person),
    }),
  );
  settings.onChange(() => desk.onSettings());
  const reading = createReading({
    audit,
    isOnDesk: ({ agent }, person) => agent !== null && desk.isOnDesk(agent, person),
  });
  const notifications = createNotifications(platform);
  const { timeline } = interactions;
  const onChanged = desk.onCustomerChanged;

  const statistics = new Statistics({ ...platform, interactions, settings });
  return {
    customers,
    interactions,
    desk,
    statistics,
    list: [
      usersFeature({
        ...platform,
        users,
        phones: () => telephony.listPhones(),
        ...(simulated ? { onLogin: takingCallsAtOnce(desk, log) } : {}),
      }),
      customersFeature({ ...platform, customers, reading, timeline, onChanged }),
      interactionsFeature({ ...platform, interactions, customers, reading, onChanged, toE164: numberAt }),
      tokensFeature(platform),
      settingsFeature({ settings, knownQueues: desk.queueNames }),
      desk,
      notifications,
      statistics.feature,
      tasksFeature({ ...platform, notifications, nameOf }),
    ],
  };
}
