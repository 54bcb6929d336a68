import { repeatReport, report, reportKinds } from '@ringdesk/shared/report';
import { Command, Option } from 'commander';
import { z } from 'zod';
import type { ReportCommand } from '../../features/statistics/index.ts';
import { type Alone, carryOut } from '../carry-out.ts';
import { exitCode, Failure } from '../exit.ts';

interface Flags {
  from: string;
  to: string;
  interval?: string;
  by?: string;
  queue?: string[];
  agent?: string[];
  variant?: string[];
  csv?: boolean;
}

const names = [...Object.keys(reportKinds), 'repeat-contacts'];
const several = (value: string, before: string[] = []) => [...before, value];

export function reportCommand(): Command {
  return new Command('report')
    .description('The numbers of the page, as JSON or CSV. Also beside a server that runs.')
    .argument('<name>', names.join(', '))
    .requiredOption('--from <day>', 'the first day, or time, of the business time zone, e.g. 2026-03-01')
    .requiredOption('--to <day>', 'the first that is not in it')
    .addOption(
      new Option('--interval <interval>', 'a row for each').choices([
        '15m',
        '30m',
        '1h',
        'day',
        'week',
        'month',
        'hour-of-week',
      ]),
    )
    .option('--by <dimensions>', 'queue, agent, reason, disposition, …, with commas between them')
    .option('--queue <queue>', 'only this one; again for each more', several)
    .option('--agent <agent>', 'only this one; again for each more', several)
    .option(
      '--variant <key=value>',
      'thresholdSeconds, shortAbandonSeconds, serviceLevel; windowDays, match, attribution',
      several,
    )
    .option('--json', 'JSON, which is also what comes without it')
    .option('--csv', 'CSV: a line for each row, the total last')
    .action(async (name: string, flags: Flags) => {
      if (!names.includes(name))
        throw new Failure(exitCode.wrongUse, `There is no report '${name}': there are ${names.join(', ')}.`);
      const { csv = false, variant = [], from, to, interval, by, queue, agent } = flags;
      const query = { from, to, interval, by, queue, agent, ...variantsOf(variant) };
      const command: ReportCommand = { do: 'report', name, query };
      const answer = reports.parse(await carryOut(command, (house) => reckoned(house, command)));
      process.stdout.write(csv ? csvOf(answer) : `${JSON.stringify(answer, null, 2)}\n`);
    });
}

const reports = z.union([report, repeatReport]);

/** Counts what was not counted yet, and asks. */
async function reckoned({ config, store, log }: Alone, command: ReportCommand): Promise<unknown> {
  const { createInteractions } = await import('../../features/interactions/index.ts');
  const { defaultSettings, Settings } = await import('../../features/settings/index.ts');
  const { Statistics } = await import('../../features/statistics/index.ts');
  const { createBrowsing } = await import('../../platform/limits/turns.ts');
  const interactions = createInteractions({ store, agentNames: async () => new Map() });
  const settings = new Settings({ store, log, defaults: defaultSettings(config) });
  const statistics = new Statistics({ store, log, interactions, settings, browsing: createBrowsing() });
  await store.prepared();
  await statistics.counting.settled();
  return statistics.obey(command);
}

/** `thresholdSeconds=30` and the like, as the API's parameters. @throws Failure for what is not of this form */
function variantsOf(said: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    said.map((one) => {
      const [, key, value] = /^([A-Za-z]+)=(.+)$/.exec(one) ?? [];
      if (key === undefined || value === undefined)
        throw new Failure(exitCode.wrongUse, `'${one}' is no variant: write it as thresholdSeconds=30.`);
      return [key, value];
    }),
  );
}

/** A line for each row and one for the total; what is null is empty. */
function csvOf({ rows, total }: z.infer<typeof reports>): string {
  const lines: Record<string, unknown>[] = [...rows, total];
  const columns = [...new Set(lines.flatMap((line) => Object.keys(line)))];
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value);
    // A spreadsheet would take it for a formula.
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const texts = [columns, ...lines.map((line) => columns.map((name) => line[name]))];
  return texts.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
