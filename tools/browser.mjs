// Installs Debian's Chromium, with which the tests look at the page of a report (`npm run browser`), unless there is one:
// /usr/bin/chromium, or what EVENTBUS_BENCH_CHROMIUM names. It needs apt-get and the rights to use it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const path = process.env['EVENTBUS_BENCH_CHROMIUM'] ?? '/usr/bin/chromium';
if (existsSync(path)) {
  console.log(`${path} is there`);
} else {
  const install = ['install', '--yes', '--no-install-recommends', 'chromium'];
  for (const args of [['update'], install]) {
    const { status, error } = spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (error !== undefined || status !== 0) {
      console.error(`apt-get ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`);
      console.error('Install Chromium in another way, and name it in EVENTBUS_BENCH_CHROMIUM.');
      process.exit(1);
    }
  }
}
