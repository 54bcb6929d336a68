import type { ChangeKind } from '@ringdesk/shared/live';
import type { QueryKey } from '@tanstack/react-query';

/** By the kind of entity that somebody changed: the keys of the queries that show it. */
export type Reloads = { [Kind in ChangeKind]?: (id: string) => readonly QueryKey[] };
