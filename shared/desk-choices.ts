import { z } from 'zod';
import { breakKind, disposition, names, queueColor, reason } from './settings.ts';

/** What an agent's page needs of the settings. What is archived is there for the names of old records, and is not to be chosen. */
export const deskChoices = z
  .object({
    dispositions: z.array(disposition),
    reasons: z.array(reason),
    breakReasons: z.array(breakKind),
    /** Queues about which something is set. */
    queues: z.array(
      z.object({
        name: z.string(),
        title: names.nullable(),
        color: queueColor.nullable(),
        /** The results that its calls may have; null: all. */
        dispositions: z.array(z.string()).nullable(),
      }),
    ),
    /** Of calls of no queue; null: no limit. */
    wrapUpLimitMs: z.number().nullable(),
    /** Of the house: reports are cut by it. */
    timeZone: z.string(),
    defaultRegion: z.string(),
    /** True while the embedded store serves: the page shows a quiet note. */
    embeddedStore: z.boolean(),
    /** True while the simulator serves instead of a PBX. */
    simulated: z.boolean(),
  })
  .meta({ id: 'DeskChoices' });
export type DeskSettings = z.infer<typeof deskChoices>;
