import { appName } from '../platform/title.ts';

/** As `index.html` has it: what is seen until there is more, without a flash between. */
export function Splash() {
  return (
    <div id="splash">
      <img src="/favicon.svg" alt={appName} width={56} height={56} />
    </div>
  );
}
