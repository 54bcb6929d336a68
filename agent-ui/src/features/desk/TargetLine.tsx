import { IconPhone, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Option } from '../../ui/Option.tsx';
import { formatPhone } from '../../ui/phone.ts';
import { Dot } from './StateControl.tsx';
import styles from './TargetLine.module.css';
import type { Target } from './targets.ts';

interface Props {
  id: string;
  target: Target;
  active: boolean;
  onChoose: () => void;
}

export function TargetLine({ id, target, active, onChoose }: Props) {
  const { t } = useTranslation('desk');
  return (
    <Option id={id} active={active} onChoose={onChoose} testId={`target-${target.to}`}>
      {target.kind === 'agent' && (
        <>
          <Dot state={target.state} />
          <span className={styles.name}>{target.name}</span>
          <span className="quiet">{t(`state.${target.state}`)}</span>
          <span className={`${styles.to} num`}>{target.to}</span>
        </>
      )}
      {target.kind === 'queue' && (
        <>
          <IconUsers size={16} stroke={1.7} aria-hidden="true" />
          <span className={styles.name}>{target.to}</span>
          <span className={styles.to}>{t('transfer.queue')}</span>
        </>
      )}
      {target.kind === 'number' && (
        <>
          <IconPhone size={16} stroke={1.7} aria-hidden="true" />
          <span className={`${styles.name} num`}>{formatPhone(target.to)}</span>
          <span className={styles.to}>{t('transfer.number')}</span>
        </>
      )}
    </Option>
  );
}
