import type {
  Breaks,
  Calendars,
  Dispositions,
  NumberSettings,
  QueueDefaults,
  QueueSetting,
  Reason,
  Reasons,
  Retention,
  TimeSetting,
} from '@ringdesk/shared/settings';

/** All subjects but the queues. */
export interface SettingValues {
  queueDefaults: QueueDefaults;
  dispositions: Dispositions;
  reasons: Reasons;
  breaks: Breaks;
  time: TimeSetting;
  calendars: Calendars;
  numbers: NumberSettings;
  retention: Retention;
}
export type Subject = keyof SettingValues;

/** How the house is set. */
export interface HouseSettings extends SettingValues {
  /** By name: those about which something was said. */
  queues: ReadonlyMap<string, QueueSetting>;
}

/** A queue about which nothing was said. */
export const plainQueue: QueueSetting = {
  title: null,
  color: null,
  thresholdSeconds: null,
  serviceLevel: null,
  shortAbandonSeconds: null,
  wrapUpMode: null,
  wrapUpLimitMs: null,
  dispositions: null,
  calendar: null,
};

/** What holds for a queue: its own word, else the defaults. Null stands for calls of no queue. */
export function queueOf({ queues, queueDefaults }: HouseSettings, name: string | null): QueueDefaults {
  const own = name === null ? plainQueue : (queues.get(name) ?? plainQueue);
  return {
    thresholdSeconds: own.thresholdSeconds ?? queueDefaults.thresholdSeconds,
    serviceLevel: own.serviceLevel ?? queueDefaults.serviceLevel,
    shortAbandonSeconds: own.shortAbandonSeconds ?? queueDefaults.shortAbandonSeconds,
    wrapUpMode: own.wrapUpMode ?? queueDefaults.wrapUpMode,
    wrapUpLimitMs: own.wrapUpLimitMs ?? queueDefaults.wrapUpLimitMs,
  };
}

/** How long the wrap-up of a queue's call lasts, ms; 0: there is none, null: as long as the agent wants. */
export function wrapUpLimitOf(settings: HouseSettings, queue: string | null): number | null {
  const { wrapUpMode, wrapUpLimitMs } = queueOf(settings, queue);
  if (wrapUpMode === 'none') return 0;
  return wrapUpMode === 'unlimited' ? null : wrapUpLimitMs;
}

/** The same of all queues. */
export function wrapUpLimitsOf(settings: HouseSettings) {
  const queues = [...settings.queues.keys()].map((name): [string, number | null] => [
    name,
    wrapUpLimitOf(settings, name),
  ]);
  return { other: wrapUpLimitOf(settings, null), queues: new Map(queues) };
}

export interface Mistake {
  path: string;
  message: string;
}

/** What is wrong with a subject beside the others, by field. `before` is how it stands now. */
export function mistakesIn<K extends Subject>(
  subject: K,
  value: SettingValues[K],
  before: HouseSettings,
): Mistake[] {
  const next: HouseSettings = { ...before, [subject]: value };
  const lost = [...idsOf(before[subject])].filter((id) => !idsOf(next[subject]).has(id));
  if (lost.length === 0) return danglingIn(next);
  if (subject === 'calendars') return danglingIn(next);
  // Old records name it.
  return lost.map((id) => ({
    path: id,
    message: 'cannot be removed, since records may name it: archive it',
  }));
}

/** What names something that is not there. */
export function danglingIn({ queues, calendars, dispositions, time }: HouseSettings): Mistake[] {
  const known = idsOf(calendars);
  const results = idsOf(dispositions);
  const mistakes: Mistake[] = [];
  if (time.calendar !== null && !known.has(time.calendar))
    mistakes.push({ path: 'calendar', message: `names the calendar ${time.calendar}, which is not there` });
  for (const [name, queue] of queues) {
    if (queue.calendar !== null && !known.has(queue.calendar))
      mistakes.push({ path: 'calendar', message: `of ${name} names ${queue.calendar}, which is not there` });
    const strange = queue.dispositions?.find((id) => !results.has(id));
    if (strange !== undefined)
      mistakes.push({ path: 'dispositions', message: `of ${name} name ${strange}, which is not there` });
  }
  return mistakes;
}

/** The ids of a list, the paths of a tree. */
function idsOf(value: SettingValues[Subject]): ReadonlySet<string> {
  if ('tree' in value) return new Set(pathsOf(value.tree).map(([path]) => path));
  return new Set('list' in value ? value.list.map(({ id }) => id) : []);
}

function pathsOf(tree: readonly Reason[], parent = ''): [path: string, reason: Reason][] {
  return tree.flatMap((reason): [string, Reason][] => {
    const path = parent === '' ? reason.id : `${parent}/${reason.id}`;
    return [[path, reason], ...pathsOf(reason.children, path)];
  });
}

/** Beside ids, which have no `#`. */
const orderKey = '#order';

/** A subject as the event log tells of it: one field for each thing of a list, so that a change names what was changed. */
export function toldOf(value: SettingValues[Subject] | QueueSetting): Record<string, unknown> {
  if ('tree' in value) {
    const reasons = pathsOf(value.tree);
    return Object.fromEntries([
      ...reasons.map(([path, { children: _, id: _id, ...rest }]) => [path, rest]),
      [orderKey, reasons.map(([path]) => path)],
    ]);
  }
  if ('list' in value) {
    const { list } = value;
    return Object.fromEntries([
      ...list.map(({ id, ...rest }) => [id, rest]),
      [orderKey, list.map(({ id }) => id)],
    ]);
  }
  return { ...value };
}

/** Whether a path such as `billing/invoice` leads to a reason; an inner one counts too, and an archived one: it was chosen before. */
export function isReason(tree: readonly Reason[], path: string): boolean {
  return pathsOf(tree).some(([one]) => one === path);
}

/** The reasons that cannot be solved at the first contact, as paths such as `billing/refund`; all that is below one is, too. */
export function notAtFirstContact({ reasons }: HouseSettings): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (list: readonly Reason[], above: string, marked: boolean) => {
    for (const { id, notAtFirstContact: own, children } of list) {
      const path = above === '' ? id : `${above}/${id}`;
      if (marked || own) found.add(path);
      walk(children, path, marked || own);
    }
  };
  walk(reasons.tree, '', false);
  return found;
}
