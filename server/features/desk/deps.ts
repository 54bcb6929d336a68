import type { Customer, Identification } from '@ringdesk/shared/customer';
import type { DeskView } from '@ringdesk/shared/desk';
import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import type { Presentation } from '@ringdesk/shared/interaction';
import type { Registry } from 'prom-client';
import type { Reader } from '../../platform/limits/reading.ts';
import type { Log } from '../../platform/log.ts';
import type { Control } from '../../telephony/control/index.ts';
import type { Dialling } from './dialling.ts';
import type { HistoryReader } from './look-up.ts';
import type { DeskAgent, WrapUpLimits, WrapUpRecord } from './state.ts';
import type { DraftStore } from './store.ts';

/** Everything that the desk needs of others. What is asked of them may fail with a Refusal `store-unavailable`, and is tried again. */
export interface DeskDeps {
  /** All users who take calls. */
  agents(): Promise<DeskAgent[]>;
  customers: {
    identify(number: string | null, presentation: Presentation): Promise<Identification>;
    get(id: string): Promise<Customer | null>;
    /** @returns whether the number was not theirs before */
    addPhone(id: string, number: string): Promise<boolean>;
    removePhone(id: string, number: string): Promise<void>;
    /** Null: what was learned of the number is forgotten. */
    learnPick(pick: { number: string; customerId: string | null; by: string }): Promise<void>;
  };
  interactions: HistoryReader & {
    /** Idempotent; may come before the interaction itself is written. */
    saveWrapUps(records: readonly WrapUpRecord[]): Promise<void>;
    setCustomer(
      interactionId: string,
      customerId: string | null,
      by: string,
      added: string | null,
    ): Promise<void>;
  };
  drafts: DraftStore;
  /** The hands of a PBX, by its name; null for a name that is none. */
  control(pbx: string): Control | null;
  /** Stands before every call that an agent starts on the page. */
  dialling: Dialling;
  /** An agent looks at a person, by the customer's id, who may not be on the own desk yet. @throws Refusal `too-many-attempts` */
  openPerson(reader: Reader, person: string): void;
  /** Sends a view to all devices of the agent and to nobody else. Must not throw and must not wait. */
  push(agent: string, view: DeskView): void;
  /** Where what agents wrote waits for the database: a file below the data directory. */
  outboxFile: string;
  /** What agents can choose, as it is set now. */
  choices(): DeskSettings;
  wrapUpLimits(): WrapUpLimits;
  /** The names of the queues into which a call can be transferred: those that have an extension. */
  transferQueues: readonly string[];
  log: Log;
  metrics: Registry;
  /** ms since the epoch, and ms of a clock that nobody sets. */
  now?: () => number;
  elapsed?: () => number;
  /** Calls back once after `ms`; returns what cancels it. */
  setTimer?: (run: () => void, ms: number) => () => void;
}
