import { useSearchParams } from 'react-router';

/** A dialog is open while the address says so: a command or a link can open it. @param name of the parameter, e.g. `new` */
export function useDialogInAddress(name: string): [boolean, (opened: boolean) => void] {
  const [params, setParams] = useSearchParams();
  return [
    params.has(name),
    (opened) =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now);
          if (opened) next.set(name, '');
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
  ];
}
