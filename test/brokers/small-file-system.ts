/** A file system of a few kilobytes, for tests of a full disk. Only the superuser of a machine may mount one. */
import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../cli/cli-process.js';

/** Why no file system can be mounted here; null if one can. */
export const mountRefused: string | null = tryToMount();

/** A folder with so much room, unmounted when the test has finished. @param size as mount has it: `64k` */
export function smallFolder(size: string): string {
  const folder = temporaryFolder();
  mount(folder, size);
  // The watchdog of a run may still be at its clean-up.
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]));
  return folder;
}

function mount(folder: string, size: string): string {
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  return status === 0 ? '' : (error?.message ?? stderr.trim());
}

function tryToMount(): string | null {
  if (process.platform !== 'linux') return 'tmpfs is mounted on Linux only';
  const folder = temporaryFolder();
  const refusal = mount(folder, '16k');
  if (refusal !== '') return refusal;
  spawnSync('umount', [folder]);
  return null;
}
