import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Why no real Asterisk can run here, or null when it can. The lab unpacks Debian's packages into a root of its own and needs root
 * for it (chroot, mknod), and SIPp for the phones.
 */
export function labLacks(): string | null {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
    return 'a real Asterisk needs root on Debian';
  const sipp = (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, 'sipp')));
  return sipp ? null : 'SIPp is not installed (apt-get install sip-tester)';
}
