import type { Pbx } from '../engine/state.ts';

/** One action as it came: header names are not case-sensitive, and may repeat. */
export interface Action {
  readonly name: string;
  readonly id: string | null;
  /** The first value of a header, or null; an empty one counts as absent, as in Asterisk. */
  get(header: string): string | null;
  all(header: string): string[];
  headers: [name: string, value: string][];
}

/** Reads the lines of one action. Lines without a colon are passed over. */
export function readAction(block: string): Action {
  const headers: [string, string][] = [];
  for (const line of block.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  const all = (header: string): string[] =>
    headers.filter(([name]) => name.toLowerCase() === header.toLowerCase()).map(([, value]) => value);
  const get = (header: string): string | null => all(header).find((value) => value !== '') ?? null;
  return { name: get('Action') ?? '', id: get('ActionID'), get, all, headers };
}

/** How an action answers. `fields` keep their order. */
export interface Reply {
  success(message: string, fields?: Record<string, string | number>): void;
  /** A success without a Message line. */
  fields(fields: Record<string, string | number>): void;
  error(message: string): void;
  /** A list: the announcement, the items, and how many there were. `text` holds ready header lines. */
  list(message: string, complete: string, items: ListItem[]): void;
}

export interface ListItem {
  event: string;
  text: string;
  /** CoreShowChannel and the state lists carry the ActionID in front, the queue lists behind. */
  idFirst: boolean;
}

export interface ActionContext {
  pbx: Pbx;
  action: Action;
  reply: Reply;
}

/** Rights as manager.conf gives them; an action needs one of its classes, none means that everybody may. */
export interface ActionKind {
  name: string;
  synopsis: string;
  classes: readonly string[];
  run(context: ActionContext): void;
}

/** The channel that an action names. Answers the error itself and returns null when there is none. */
export function namedChannel({ pbx, action, reply }: ActionContext, absent: string) {
  const name = action.get('Channel');
  if (name === null) {
    reply.error('No channel specified');
    return null;
  }
  const channel = pbx.byName.get(name);
  if (channel === undefined) reply.error(absent);
  return channel ?? null;
}

/** `yes`, `true`, `on`, `1`, … as Asterisk's ast_true reads them. */
export function isTrue(value: string | null): boolean {
  return value !== null && /^(yes|true|y|t|1|on)$/i.test(value);
}
