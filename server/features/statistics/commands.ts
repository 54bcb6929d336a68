import {
  type RepeatReport,
  type Report,
  repeatsQuery,
  reportName,
  reportQuery,
} from '@ringdesk/shared/report';
import { z } from 'zod';
import { parseInput } from '../../platform/api/input.ts';
import { type RepeatsOptions, repeatContacts } from './repeats.ts';
import type { Reports } from './reports.ts';

/** What the operator may ask of the numbers on the command line. */
export const reportCommand = z.object({
  do: z.literal('report'),
  name: z.string().max(40),
  /** As the API takes it. */
  query: z.record(z.string(), z.unknown()),
});
export type ReportCommand = z.infer<typeof reportCommand>;

/** The same report that the API gives. @throws Refusal `bad-input`, `store-unavailable` */
export async function reportFor(
  { reports, repeats }: { reports: Reports; repeats: RepeatsOptions },
  { name, query }: ReportCommand,
): Promise<Report | RepeatReport> {
  if (name === 'repeat-contacts') return repeatContacts(repeats, parseInput(repeatsQuery, query));
  return reports.read(parseInput(reportName, name), parseInput(reportQuery, query));
}
