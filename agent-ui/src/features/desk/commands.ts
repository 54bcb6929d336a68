import { deskApi } from '@ringdesk/shared/desk';
import type { DeskSettings } from '@ringdesk/shared/desk-choices';
import { IconCoffee, IconPhoneCheck, IconPhoneOff, IconPhoneOutgoing } from '@tabler/icons-react';
import i18next from 'i18next';
import { call } from '../../platform/api/call.ts';
import type { Command, CommandContext } from '../../platform/feature.ts';
import { firstLanguage } from '../../platform/i18n/language.ts';
import { notifyFailure } from '../../ui/notifyFailure.ts';
import { formatPhone } from '../../ui/phone.ts';
import { choicesQuery } from '../interactions/index.ts';
import type { AgentChoice } from './deskApi.ts';
import { dialable } from './targets.ts';

function become(choice: AgentChoice): void {
  call(deskApi.state, { body: choice }).catch((failure: unknown) =>
    notifyFailure(i18next.t('desk:act.state'), failure),
  );
}

/** The agent's own states, each as a command. */
export function stateCommands({ client }: CommandContext): Command[] {
  const language = firstLanguage(i18next.language, []);
  const settings = client.getQueryData<DeskSettings>(choicesQuery.queryKey);
  return [
    {
      id: 'available',
      label: i18next.t('desk:command.available'),
      icon: IconPhoneCheck,
      run: () => become({ state: 'available' }),
    },
    ...(settings?.breakReasons ?? [])
      .filter(({ archived }) => !archived)
      .map(({ id, name }) => ({
        id: `break-${id}`,
        label: i18next.t('desk:command.break', { name: name[language] }),
        icon: IconCoffee,
        run: () => become({ state: 'break', reason: id }),
      })),
    {
      id: 'offline',
      label: i18next.t('desk:command.offline'),
      icon: IconPhoneOff,
      run: () => become({ state: 'offline' }),
    },
  ];
}

/** A typed number is one to call. */
export function dialTyped(text: string, { dial }: CommandContext): Command[] {
  const number = dialable(text);
  if (number === null || dial === null) return [];
  return [
    {
      id: 'dial',
      label: i18next.t('phone.call', { number: formatPhone(number) }),
      icon: IconPhoneOutgoing,
      testId: 'palette-dial',
      run: () => dial(number),
    },
  ];
}
