import { Tooltip } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink, useNavigate } from 'react-router';
import { type NavigationEntry, navigationGroups } from '../../platform/feature.ts';
import { useFeatures } from '../../platform/slots.tsx';
import { ariaKeys } from '../../ui/Keys.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { useShortcut } from '../../ui/useShortcut.tsx';
import styles from './Rail.module.css';

/** The places that one may go to, by their words; folded it shows icons alone, and on a narrow screen it lies at the bottom. */
export function Rail() {
  const { t } = useTranslation();
  const entries = useFeatures().flatMap(({ navigation = [] }) => navigation);
  const [folded, setFolded] = useLocalStorage({
    key: 'ringdesk.railFolded',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  useShortcut('rail', () => {
    setFolded(!folded);
    return true;
  });
  const groups = navigationGroups
    .map((group) => ({ group, inside: entries.filter((entry) => entry.group === group) }))
    .filter(({ inside }) => inside.length > 0);
  const Fold = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const foldLabel = t(folded ? 'nav.unfold' : 'nav.fold');
  return (
    <nav className={styles.rail} aria-label={t('nav.label')} data-folded={folded}>
      <div className={styles.logo}>
        <Logo named={!folded} />
      </div>
      {groups.map(({ group, inside }, i) => (
        <div key={group} className={styles.group}>
          {i > 0 && (
            <p className={styles.heading} aria-hidden="true">
              {t(`nav.group.${group}`)}
            </p>
          )}
          {inside.map((entry) => (
            <Place key={entry.path} entry={entry} folded={folded} />
          ))}
        </div>
      ))}
      <div className={styles.space} />
      <Tooltip label={foldLabel} position="right" disabled={!folded}>
        <button
          type="button"
          className={`${styles.place} ${styles.fold}`}
          onClick={() => setFolded(!folded)}
          aria-label={foldLabel}
          aria-expanded={!folded}
          aria-keyshortcuts={ariaKeys('rail')}
        >
          <Fold size={20} stroke={1.6} aria-hidden="true" />
          <span className={styles.label}>{foldLabel}</span>
        </button>
      </Tooltip>
    </nav>
  );
}

const countNothing = () => 0;

function Place({ entry, folded }: { entry: NavigationEntry; folded: boolean }) {
  const { t } = useTranslation();
  const { path, label, icon: Icon, shortcut, useCount = countNothing } = entry;
  const count = useCount();
  const navigate = useNavigate();
  useShortcut(
    shortcut ?? 'help',
    () => {
      void navigate(path);
      return true;
    },
    shortcut !== undefined,
  );
  return (
    <Tooltip label={label()} position="right" disabled={!folded}>
      <NavLink
        to={path}
        className={styles.place ?? ''}
        aria-label={label()}
        {...(count > 0 && { 'aria-description': t('nav.count', { count }) })}
        {...(shortcut && { 'aria-keyshortcuts': ariaKeys(shortcut) })}
      >
        <Icon size={20} stroke={1.6} aria-hidden="true" />
        <span className={styles.label}>{label()}</span>
        {/* Drawn by the style: what is read is the description. */}
        {count > 0 && <span className={`${styles.count} num`} data-count={count} aria-hidden="true" />}
      </NavLink>
    </Tooltip>
  );
}
