import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const read = (file: string) => readFileSync(file, 'utf8');

test('each proxy of docs/deploy speaks TLS, passes the live link on, hides metrics, and lets no client say where it comes from', () => {
  const nginx = read('docs/deploy/nginx.conf');
  expect(nginx).toMatch(/listen 443 ssl;/);
  expect(nginx).toMatch(/location = \/metrics \{\s+return 404;/);
  expect(nginx).toMatch(/X-Forwarded-For \$remote_addr;/);
  expect(nginx).not.toMatch(/^\s*[^#\s].*\$proxy_add_x_forwarded_for/m);
  expect(nginx).toMatch(/proxy_set_header Upgrade \$http_upgrade;/);
  expect(read('docs/deploy/Caddyfile')).toMatch(/respond \/metrics 404/);
});

test('no example opens a port to the network in clear text', () => {
  const { services } = parse(read('docker-compose.yml')) as {
    services: Record<string, { ports?: string[] }>;
  };
  const ports = Object.values(services).flatMap((service) => service.ports ?? []);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  for (const file of ['README.md', 'docs/asterisk/manager.conf']) {
    const text = read(file);
    expect(text).toMatch(/bindaddr = 127\.0\.0\.1/);
    expect(text.match(/deny = 0\.0\.0\.0\/0\.0\.0\.0/g)).toHaveLength(2);
    expect(text.match(/permit = 127\.0\.0\.1\/255\.255\.255\.255/g)).toHaveLength(2);
  }
});

test('the licence is there in full, and the unit is not started again with a wrong configuration', () => {
  expect(read('LICENSE')).toMatch(
    /GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3[\s\S]*END OF TERMS AND CONDITIONS/,
  );
  expect(read('docs/deploy/ringdesk.service')).toMatch(/^RestartPreventExitStatus=78$/m);
});
