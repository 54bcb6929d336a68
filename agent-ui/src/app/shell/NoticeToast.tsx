import { Button } from '@mantine/core';

/** In a toast: leads to what it is about. */
export function NoticeToast({ label, onOpen }: { label: string; onOpen: () => void }) {
  return (
    <Button size="compact-xs" variant="default" mt={4} onClick={onOpen}>
      {label}
    </Button>
  );
}
