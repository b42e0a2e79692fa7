/**
 * Names the program by which a platform opens a file as a click on it would. No shell reads the path, and on a machine
 * without a display nothing is started.
 */

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Opener {
  readonly command: string;
  /** Arguments before the path. */
  readonly args: readonly string[];
  /** Whether it takes a path as Windows writes it, though this program runs on Linux (WSL). */
  readonly wantsWindowsPath: boolean;
}

/** @returns null: nobody would see it, as in CI, or over SSH without a display */
export function openerOn({ platform, env }: Machine): Opener | null {
  if (isSet(env['CI'])) return null;
  const opener = (command: string, ...args: string[]): Opener => ({ command, args, wantsWindowsPath: false });
  if (platform === 'darwin') return opener('open');
  if (platform === 'win32') return opener('rundll32', 'url.dll,FileProtocolHandler');
  if (isSet(env['WSL_DISTRO_NAME'])) return { ...opener('explorer.exe'), wantsWindowsPath: true };
  return isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']) ? opener('xdg-open') : null;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}
