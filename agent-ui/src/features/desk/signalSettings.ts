import { useLocalStorage } from '@mantine/hooks';

/** Whether a ringing call may be heard and may open the system's own notification. Both are off until the agent wants them. */
export function useSignalSettings() {
  const [sound, setSound] = useLocalStorage({
    key: 'ringdesk.sound',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [popup, keepPopup] = useLocalStorage({
    key: 'ringdesk.popup',
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return {
    sound,
    setSound,
    popup: popup && permission() === 'granted',
    /** The browser asks the agent; a refusal leaves it off. */
    async setPopup(wanted: boolean) {
      if (wanted && permission() === 'default') await Notification.requestPermission();
      keepPopup(wanted && permission() === 'granted');
    },
  };
}

function permission(): NotificationPermission {
  return typeof Notification === 'undefined' ? 'denied' : Notification.permission;
}
