import { IconClockExclamation, IconDatabaseX, IconPhoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../../ui/Banner.tsx';
import { Duration } from '../../ui/Duration.tsx';
import { useSettledDesk } from './live/LiveContext.tsx';

/** What an agent must know about the way between the server and the PBX. */
export function PbxBanners() {
  const { t } = useTranslation('desk');
  const pbx = useSettledDesk().view?.pbx;
  return (
    <>
      {pbx?.state === 'down' && (
        <Banner loud icon={<IconPhoneOff size={16} />} testId="banner-pbx">
          <strong>{t('banner.pbx')}</strong> {t('banner.pbxText')} <Duration since={pbx.since} />
        </Banner>
      )}
      {pbx?.state === 'up' && pbx.warning === 'no-timestamps' && (
        <Banner icon={<IconClockExclamation size={14} />} testId="banner-times">
          {t('banner.pbxTimes')}
        </Banner>
      )}
      {pbx?.state === 'up' && pbx.warning === 'journal' && (
        <Banner loud icon={<IconDatabaseX size={16} />} testId="banner-journal">
          {t('banner.journal')}
        </Banner>
      )}
    </>
  );
}
