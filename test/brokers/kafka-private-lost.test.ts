/** What a run says, and what it leaves, when its private Kafka is killed or has no room left while it goes on. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findJava } from '../../src/broker/private/java.js';
import { runCli, temporaryFolder } from '../cli/cli-process.js';
import { describeOnKafka } from './kafka-servers.js';
import { javaHome } from './limited-servers.js';
import { killServerOf, startOnPrivateServer } from './private-run.js';
import { itWhere } from './it-where.js';
import { mountRefused, smallFolder } from './small-file-system.js';

const isLinux = process.platform === 'linux';
const testTimeoutMs = 120_000;
/** A log of one partition, of some twenty megabytes if all of it fits. */
const run = ['run', '--broker', 'kafka', '--mode', 'single', '--topics', '1', '--partitions', '1'];
const events = ['--aggregates', '4000', '--versions', '100'];

describeOnKafka('a run whose private Kafka', () => {
  it.skipIf(!isLinux)(
    'is killed ends at once with 69, says by what it was killed, and keeps its log alone',
    async () => {
      const folder = temporaryFolder();
      const underway = startOnPrivateServer('kafka', folder);
      await killServerOf(underway, 'server.properties');
      const { exitCode, stderr } = await underway.ended;
      expect(exitCode, stderr).toBe(69);
      expect(stderr).toMatch(/the private Kafka 4\.\S+ ended in the middle of the run: it was killed by SIGKILL/);
      const [log = '', ...others] = readdirSync(folder);
      expect(others).toEqual([]);
      expect(stderr).toContain(`its log was kept in ${join(folder, log)}`);
      expect(readFileSync(join(folder, log), 'utf8')).toMatch(/ it was killed by SIGKILL\n$/);
    },
    testTimeoutMs,
  );

  it.skipIf(!isLinux)(
    'is refused a write by the system ends with 69 and says what was refused, where, and the way out',
    async () => {
      const folder = temporaryFolder();
      const java = spawnSync('sh', ['-c', `command -v "${findJava().path}"`], { encoding: 'utf8' }).stdout.trim();
      // Its index files are made at their full size, 10 MB for the metadata; files may have 11 MB.
      const limit = `case $last in *server.properties) ulimit -f 22000; echo log.index.size.max.bytes=4096 >> "$last";; esac`;
      const { exitCode, stderr } = await runCli([...run, ...events], {
        env: { TMPDIR: folder, JAVA_HOME: javaHome(java, limit) },
      });
      expect(exitCode, stderr).toBe(69);
      expect(stderr).toContain('refused to store events: File too large; its store is in');
      expect(stderr).toContain(join(folder, 'eventbus-bench-kafka-'));
      expect(stderr).toContain('TMPDIR=/path');
      expect(readdirSync(folder)).toEqual([]);
    },
    testTimeoutMs,
  );

  itWhere(
    mountRefused === null,
    'lies on a full disk, a file system of 12 MB, ends with 69',
    async () => {
      const folder = smallFolder('12m');
      const { exitCode, stderr } = await runCli([...run, ...events], { env: { TMPDIR: folder } });
      expect(exitCode, stderr).toBe(69);
      expect(stderr).toMatch(/No space left on device/i);
      expect(stderr).toContain(join(folder, 'eventbus-bench-kafka-'));
      expect(stderr).toContain('TMPDIR=/path');
    },
    testTimeoutMs,
  );
});
