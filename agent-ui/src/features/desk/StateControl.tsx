import { Menu } from '@mantine/core';
import type { AgentState, DeskView } from '@ringdesk/shared/desk';
import { IconChevronDown } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../platform/i18n/useLanguage.ts';
import { Duration } from '../../ui/Duration.tsx';
import { ariaKeys, ShortcutKeys } from '../../ui/Keys.tsx';
import { useShortcut } from '../../ui/useShortcut.tsx';
import { nameOfChoice, useDeskSettings } from '../interactions/index.ts';
import { type AgentChoice, useSetState } from './deskApi.ts';
import type { Certainty } from './live/LiveContext.tsx';
import { PhoneState } from './PhoneState.tsx';
import { QueueList } from './QueueList.tsx';
import styles from './StateControl.module.css';

type Props = Pick<DeskView, 'agent' | 'phone' | 'queues'> & { certainty: Certainty };

/** The agent's state as the server has it, with how long; a click chooses another. */
export const StateControl = memo(function StateControl({ agent, phone, queues, certainty }: Props) {
  const { t } = useTranslation('desk');
  const language = useLanguage();
  const settings = useDeskSettings();
  const setState = useSetState();
  const [opened, setOpened] = useState(false);
  const { state, reason, since } = agent;
  const breaks = settings?.breakReasons ?? [];
  const choosable = breaks.filter(({ archived }) => !archived);
  const choose = (choice: AgentChoice) => {
    setOpened(false);
    setState.mutate(choice);
    return true;
  };
  useShortcut('available', () => choose({ state: 'available' }));
  useShortcut('offline', () => choose({ state: 'offline' }));
  useShortcut('break', () => {
    setOpened(true);
    return true;
  });
  // What follows from calls is not known while the PBX is not heard; without the server nothing is.
  const unknown =
    certainty === 'server-lost' || (certainty === 'pbx-down' && (state === 'on-call' || state === 'ringing'));
  const nameOf = (one: { state: AgentState; reason: string | null }) =>
    one.reason === null ? t(`state.${one.state}`) : nameOfChoice(one.reason, breaks, language);
  const label = unknown ? t('state.unknown') : nameOf({ state, reason });
  const next = agent.next ?? null;

  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-start" width={280} shadow="md">
      <Menu.Target>
        <button
          type="button"
          className={styles.control}
          data-testid="state-control"
          data-state={unknown ? 'unknown' : state}
          aria-busy={setState.isPending}
          aria-description={t('state.change', { state: label })}
        >
          <Dot state={unknown ? 'unknown' : state} />
          <span className={styles.label}>{label}</span>
          <span className={styles.timer}>
            <Duration since={since} ofCall={unknown || state === 'on-call' || state === 'ringing'} />
          </span>
          {next !== null && (
            <span className={styles.next} data-testid="next-state">
              {t('state.next', { state: nameOf(next) })}
            </span>
          )}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Dot state="available" />}
          rightSection={<ShortcutKeys of="available" />}
          aria-keyshortcuts={ariaKeys('available')}
          onClick={() => choose({ state: 'available' })}
          data-testid="state-available"
        >
          {t('state.available')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          <span className={styles.section}>
            {t('state.break')} <ShortcutKeys of="break" />
          </span>
        </Menu.Label>
        {choosable.map(({ id, name }) => (
          <Menu.Item
            key={id}
            leftSection={<Dot state="break" />}
            onClick={() => choose({ state: 'break', reason: id })}
            data-testid={`break-${id}`}
          >
            {name[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Dot state="offline" />}
          rightSection={<ShortcutKeys of="offline" />}
          aria-keyshortcuts={ariaKeys('offline')}
          onClick={() => choose({ state: 'offline' })}
          data-testid="state-offline"
        >
          {t('state.offline')}
        </Menu.Item>
        <div className={styles.narrow}>
          <PhoneState phone={phone} />
          <QueueList queues={queues} />
        </div>
      </Menu.Dropdown>
    </Menu>
  );
});

export function Dot({ state }: { state: AgentState | 'unknown' }) {
  return <span className={styles.dot} data-state={state} aria-hidden="true" />;
}
