import { useLocalStorage } from '@mantine/hooks';
import { IconCloudOff, IconDatabase, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLink } from '../../platform/live/LiveContext.tsx';
import { useWelcome } from '../../platform/session/session.ts';
import { Banner } from '../../ui/Banner.tsx';
import { useTicking } from '../../ui/ticker.ts';

/** A link that is back within this time was never missed, ms. */
const unnoticedMs = 1_200;

/** What everybody must know of the way to the server: loud when it is cut, quiet when something is only a trial. */
export function Banners() {
  const { t } = useTranslation();
  const { link, lostAt } = useLink();
  const server = useWelcome().data;
  const lost = useTicking(() => link === 'lost' && lostAt !== null && Date.now() - lostAt > unnoticedMs);
  const [closed, setClosed] = useLocalStorage({
    key: 'ringdesk.trialKnown',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const close = { label: t('banner.close'), run: () => setClosed(true) };
  return (
    <>
      {lost && (
        <Banner loud icon={<IconCloudOff size={16} />} testId="banner-link">
          <strong>{t('banner.link')}</strong> {t('banner.linkKept')}
        </Banner>
      )}
      {!closed && server?.simulated && (
        <Banner icon={<IconInfoCircle size={14} />} testId="banner-simulated" close={close}>
          {t('banner.simulated')}
          {server.embeddedStore && ` ${t('banner.embedded')}`}
        </Banner>
      )}
      {!closed && server && !server.simulated && server.embeddedStore && (
        <Banner icon={<IconDatabase size={14} />} testId="banner-embedded" close={close}>
          {t('banner.embedded')}
        </Banner>
      )}
    </>
  );
}
