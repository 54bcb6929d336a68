import { metricsTold, reportsApi } from '@ringdesk/shared/report';
import { implement, type Route } from '../../platform/api/index.ts';
import type { Turns } from '../../platform/limits/turns.ts';
import { type RepeatsOptions, repeatContacts } from './repeats.ts';
import type { Reports } from './reports.ts';

/** @param options.browsing the line in which what takes long waits */
export function reportRoutes(options: {
  reports: Reports;
  repeats: RepeatsOptions;
  browsing: Turns;
}): Route[] {
  const { reports, repeats, browsing } = options;
  return [
    implement(reportsApi.metrics, () => ({ metrics: metricsTold })),
    implement(reportsApi.repeats, ({ user, query }) =>
      browsing.take(user.id, () => repeatContacts(repeats, query)),
    ),
    implement(reportsApi.read, ({ user, params, query }) =>
      browsing.take(user.id, () => reports.read(params.name, query)),
    ),
    implement(reportsApi.cell, ({ user, query }) => browsing.take(user.id, () => reports.cell(query))),
  ];
}
