/** By which program a page is opened, on each platform. */
import { describe, expect, it } from 'vitest';
import { openerOn } from '../../../src/cli/page/opener.js';

describe('a page', () => {
  it.each([
    ['macOS', 'darwin', {}, 'open'],
    ['Windows', 'win32', {}, 'rundll32 url.dll,FileProtocolHandler'],
    ['WSL', 'linux', { WSL_DISTRO_NAME: 'Debian', DISPLAY: ':0' }, 'explorer.exe'],
    ['Linux with X11', 'linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['Linux with Wayland', 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
    ['FreeBSD with X11', 'freebsd', { DISPLAY: ':0' }, 'xdg-open'],
  ] as const)('is opened on %s', (_, platform, env, expected) => {
    const { command, args } = openerOn({ platform, env })!;
    expect([command, ...args].join(' ')).toBe(expected);
  });

  it.each([
    ['without a display', 'linux', {}],
    ['in CI', 'darwin', { CI: 'true' }],
    ['in CI that has a display', 'linux', { CI: '1', DISPLAY: ':0' }],
  ] as const)('is not opened %s', (_, platform, env) => {
    expect(openerOn({ platform, env })).toBeNull();
  });
});
