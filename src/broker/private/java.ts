/**
 * Finds the Java on which a Kafka is checked and started: the one in JAVA_HOME, else the first on the PATH, as Kafka's
 * own scripts do.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export type JavaState =
  | { readonly kind: 'usable' | 'too old'; readonly path: string; readonly version: number }
  | { readonly kind: 'missing'; readonly path: string };

/** The oldest major version of Java that a Kafka 4 broker runs on. */
export const javaSince = 17;

/** With these arguments Java says its version, on standard error. */
export const javaVersionArguments = ['-version'];

const timeoutMs = 10_000;

/** @param home JAVA_HOME; empty: the one on the PATH */
export function javaPath(home: string = process.env['JAVA_HOME'] ?? ''): string {
  return home === '' ? 'java' : join(home, 'bin', 'java');
}

/** The major version in `openjdk version "17.0.15"`, or `"1.8.0_392"` before Java 9; null if it says none. */
export function javaVersionIn(said: string): number | null {
  const version = /version "(?:1\.)?(\d+)/.exec(said)?.[1];
  return version === undefined ? null : Number(version);
}

/** The Java that would be used. @param home JAVA_HOME; empty: the one on the PATH */
export function findJava(home?: string): JavaState {
  const path = javaPath(home);
  const { stderr, error } = spawnSync(path, javaVersionArguments, {
    encoding: 'utf8',
    timeout: timeoutMs,
    windowsHide: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const version = error === undefined ? javaVersionIn(stderr) : null;
  if (version === null) return { kind: 'missing', path };
  return { kind: version >= javaSince ? 'usable' : 'too old', path, version };
}
