import type { Feature } from '../../platform/feature.ts';
import type { Platform } from '../../platform/platform.ts';
import { ownersOf } from '../customers/index.ts';
import type { Interactions } from '../interactions/index.ts';
import { type HouseSettings, notAtFirstContact, queueOf } from '../settings/index.ts';
import { reportCommand, reportFor } from './commands.ts';
import { Counting } from './counting.ts';
import { StatisticsQuery } from './query.ts';
import { Reports } from './reports.ts';
import { reportRoutes } from './routes.ts';
import { StatisticsStore } from './store.ts';

export type { ReportCommand } from './commands.ts';

export interface StatisticsOptions extends Pick<Platform, 'store' | 'log' | 'browsing'> {
  interactions: Pick<Interactions, 'countable' | 'summed'>;
  settings: { current(): HouseSettings };
  now?: () => number;
}

/** The numbers: counted as contacts are written, asked through one door, the same for page, API and command line. */
export class Statistics {
  readonly counting: Counting;
  readonly feature: Feature;
  /** Does what the operator asks on the command line; null when it is nothing of the numbers. */
  readonly obey: (asked: unknown) => Promise<unknown> | null;

  constructor(options: StatisticsOptions) {
    const { store, interactions, settings, now = Date.now } = options;
    const { countable, summed } = interactions;
    const statistics = new StatisticsStore(store);
    const agreed = () => {
      const current = settings.current();
      return {
        timeZone: current.time.timeZone,
        usual: queueOf(current, null),
        agreedFor: (queue: string) => queueOf(current, queue === '' ? null : queue),
        notAtFirstContact: notAtFirstContact(current),
      };
    };
    this.counting = new Counting({ ...options, countable, statistics });
    const query = new StatisticsQuery({ statistics, countable, settings: agreed, now });
    const repeats = {
      countable,
      ownersOf: (numbers: readonly string[]) => ownersOf(store, numbers),
      settings: agreed,
      now,
    };
    const reports = new Reports({ query, settings: agreed, summed: (found) => summed(found, null) });
    this.obey = (asked) => {
      const command = reportCommand.safeParse(asked);
      return command.success ? reportFor({ reports, repeats }, command.data) : null;
    };
    this.feature = {
      routes: reportRoutes({ ...options, reports, repeats }),
      start: async () => this.counting.start(),
      stop: () => this.counting.stop(),
    };
  }
}
