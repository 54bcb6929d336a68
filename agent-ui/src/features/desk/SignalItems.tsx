import { Menu } from '@mantine/core';
import { IconBell, IconBellOff, IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSignalSettings } from './signalSettings.ts';

/** In the user's menu: whether a ringing call may be heard, and may open the system's own notification. */
export function SignalItems() {
  const { t } = useTranslation('desk');
  const signals = useSignalSettings();
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={signals.sound ? <IconVolume size={16} /> : <IconVolumeOff size={16} />}
        onClick={() => signals.setSound(!signals.sound)}
      >
        {t(signals.sound ? 'signals.soundOn' : 'signals.soundOff')}
      </Menu.Item>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={signals.popup ? <IconBell size={16} /> : <IconBellOff size={16} />}
        onClick={() => void signals.setPopup(!signals.popup)}
      >
        {t(signals.popup ? 'signals.popupOn' : 'signals.popupOff')}
      </Menu.Item>
    </>
  );
}
