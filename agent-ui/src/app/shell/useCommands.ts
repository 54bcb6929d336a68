import { useMantineColorScheme } from '@mantine/core';
import { keepPreviousData, useQueries, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useDial } from '../../platform/dial.ts';
import type { Command, CommandContext } from '../../platform/feature.ts';
import { useFeatures } from '../../platform/slots.tsx';
import { useSettled } from '../../ui/useSettled.ts';
import { commandsWith } from './commandsWith.ts';

/** A command with a key that no other feature's has. */
export type Keyed = Command & { key: string };

const schemes = ['auto', 'light', 'dark'] as const;

/** What the palette offers for a text: what the text itself means, what is found for it, and the commands with its words; `>` asks for these alone. */
export function useCommands(text: string): { commands: Keyed[]; settled: boolean } {
  const { t } = useTranslation();
  const features = useFeatures();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const context: CommandContext = {
    go: (path) => void navigate(path),
    dial: useDial(),
    client: useQueryClient(),
  };
  const only = text.trimStart().startsWith('>');
  const typed = text.replace(/^\s*>/, '').trim();
  const wanted = useSettled(typed, 150);

  const meant = only
    ? []
    : features.flatMap(({ id, palette }) => keyed(id, palette?.meant?.(typed, context)));
  const found = useQueries({
    queries: features.flatMap(({ id, palette }) => {
      const find = palette?.find;
      if (!find) return [];
      return {
        queryKey: ['palette', id, wanted],
        queryFn: async ({ signal }: { signal: AbortSignal }) =>
          keyed(id, await find(wanted, context, signal)),
        placeholderData: keepPreviousData,
        enabled: !only,
        // The commands act with what this page has now.
        gcTime: 0,
      };
    }),
  });
  const pages = features
    .flatMap(({ navigation = [] }) => navigation)
    .map(({ path, label, icon }) => ({
      id: path,
      label: t('palette.open', { page: label() }),
      icon,
      run: () => context.go(path),
    }));
  const looks = schemes.map((scheme) => ({
    id: scheme,
    label: t('palette.theme', { scheme: t(`scheme.${scheme}`) }),
    run: () => setColorScheme(scheme),
  }));
  const all = [
    ...features.flatMap(({ id, palette }) => keyed(id, palette?.commands?.(context))),
    ...keyed('page', pages),
    ...keyed('scheme', looks),
  ];
  return {
    commands: [
      ...meant,
      ...(only ? [] : found.flatMap(({ data }) => data ?? [])),
      ...commandsWith(typed, all),
    ],
    settled: only || (typed === wanted && found.every(({ isFetching }) => !isFetching)),
  };
}

function keyed(prefix: string, commands: readonly Command[] = []): Keyed[] {
  return commands.map((command) => ({ ...command, key: `${prefix}:${command.id}` }));
}
