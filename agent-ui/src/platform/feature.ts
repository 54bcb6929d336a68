import type { Notification } from '@ringdesk/shared/notification';
import type { Permission } from '@ringdesk/shared/permission';
import type { Icon } from '@tabler/icons-react';
import type { QueryClient } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import type { ShortcutId } from '../ui/shortcuts.ts';
import type { TextFiles } from './i18n/texts.ts';
import type { Reloads } from './live/reloads.ts';

/**
 * What a feature gives to the page; `app/features.ts` lists them all. From these come the routes, the navigation, the palette, the titles and the
 * landing page. What somebody may not use is absent, so a manifest asks for permissions and never for a role.
 * Texts are functions: they are read at each drawing, in the language spoken then.
 */
export interface Feature {
  id: string;
  /** Held by whoever has anything of this feature at all, its slots too; `session`: whoever is logged in. */
  permission: Permission | 'session';
  /** The namespace of its texts is the feature's id. */
  texts?: TextFiles;
  navigation?: readonly NavigationEntry[];
  routes?: readonly PageRoute[];
  /** Where who may use this lands: the highest weight of all that somebody may. */
  landing?: { path: string; weight: number };
  palette?: Palette;
  /** Parts put where another feature, or the frame, leaves a place. */
  slots?: SlotParts;
  /** By kind of entity: what is read again when somebody changed one. */
  reloads?: Reloads;
  /** The keys that it uses beyond those of its navigation, in the order of the help. */
  shortcuts?: readonly ShortcutHelp[];
  /** By the kind of notification: how one is said. */
  notices?: Record<string, Notice>;
}

/** A key and what it does. */
export interface ShortcutHelp {
  id: ShortcutId;
  label: () => string;
}

/** A notification in words, from what it came with. */
export type Notice = (params: Notification['params']) => { text: string; icon: Icon };

/** The groups of the navigation, in their order. */
export const navigationGroups = ['work', 'shift', 'management'] as const;

export interface NavigationEntry {
  path: string;
  label: () => string;
  icon: Icon;
  group: (typeof navigationGroups)[number];
  /** Beyond the feature's own. */
  permission?: Permission;
  shortcut?: ShortcutId;
  /** How much waits there; 0 shows nothing. It is a hook: called at each drawing. */
  useCount?: () => number;
}

export interface PageRoute {
  /** As React Router has it, e.g. `/customers/:id`. */
  path: string;
  page: () => Promise<{ default: ComponentType }>;
  /** Of the browser's tab. A page that knows better says so by `usePageTitle`. */
  title: () => string;
  permission?: Permission;
  /** Fetched right after the log-in, while the connection is known to work. */
  early?: true;
}

/** What a command of the palette acts with. */
export interface CommandContext {
  go: (path: string) => void;
  /** null for who has no phone. */
  dial: ((number: string) => void) | null;
  client: QueryClient;
}

/** A line of the palette. */
export interface Command {
  id: string;
  /** What typed words are looked for in. */
  label: string;
  icon?: Icon;
  /** Shown instead of icon and label. */
  row?: ReactNode;
  testId?: string;
  run: () => void;
}

export interface Palette {
  /** What can be done; the palette shows those whose label has the typed words. */
  commands?: (context: CommandContext) => Command[];
  /** What the typed text itself means, e.g. a number to dial: shown first. */
  meant?: (text: string, context: CommandContext) => Command[];
  /** Asks the server. */
  find?: (text: string, context: CommandContext, signal: AbortSignal) => Promise<Command[]>;
}

/**
 * The places for parts of other features, each with the properties that a part gets. Who leaves a place adds it here, in its `index.ts`:
 * `declare module '../../platform/feature.ts' { interface Slots { … } }`.
 */
export interface Slots {
  /** Around the whole frame: a context that every page has. */
  around: { children: ReactNode };
  /** Left in the top bar, on every page. */
  topBar: object;
  /** What everybody on every page must know, as `ui/Banner`: read aloud when it appears. */
  banners: object;
  /** Between the banners and the page. */
  strips: object;
  /** Draws nothing that stays. */
  background: object;
  /** Lines of the user's menu. */
  userMenu: object;
}

export type SlotName = keyof Slots;
export type SlotParts = { [Name in SlotName]?: ComponentType<Slots[Name]> };
