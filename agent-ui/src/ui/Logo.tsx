import styles from './Logo.module.css';

const name = 'Ringdesk';

export function Logo({ named = false }: { named?: boolean }) {
  return (
    <span className={styles.logo}>
      <img src="/favicon.svg" alt={named ? '' : name} width={26} height={26} />
      {named && <span>{name}</span>}
    </span>
  );
}
