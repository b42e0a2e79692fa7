/** When the live view is drawn, and that it leaves nothing behind; on a screen, by a clock that the test moves. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createLiveDisplay, type LiveDisplay } from '../../../src/cli/live/live-display.js';
import { progressOf } from './progress-of.js';
import { Screen } from './screen.js';

const names = ['multi/shared', 'multi/per-topic', 'single'];

let now = 0;
beforeEach(() => {
  now = 0;
  // Those of displays that a test did not end.
  process.removeAllListeners('SIGCONT');
});

/** A display of a run that keeps a core busy from the beginning, and whose drawings cost nothing. */
function displayOn(screen: Screen, changes: { names?: readonly string[]; color?: boolean } = {}): LiveDisplay {
  return createLiveDisplay({
    ...{ stream: screen.stream, names, color: false, ascii: false, isVirtual: false },
    ...{ nowMs: () => now, cpuMs: () => now },
    ...changes,
  });
}

function advance(display: LiveDisplay, toMs: number, changes: Parameters<typeof progressOf>[0] = {}): void {
  for (; now <= toMs; now += 10) display.update(progressOf({ elapsedMs: now, handled: 100, ...changes }));
}

describe('the live display', () => {
  it('shows nothing of a run that takes less than a second', () => {
    const screen = new Screen(80, 24);
    const display = displayOn(screen);
    advance(display, 999);
    display.done();
    expect(screen.written).toEqual([]);
  });

  it('shows nothing of a run that will be over in a moment, and comes and goes with none', () => {
    const screen = new Screen(80, 24);
    const display = displayOn(screen);
    advance(display, 1200, { handled: 1800, rowsTotal: 1 });
    display.done();
    expect(screen.written).toEqual([]);
  });

  it('draws at most ten times a second, however many messages there are', () => {
    const screen = new Screen(80, 24);
    const display = displayOn(screen);
    for (; now < 4_000; now += 1) display.update(progressOf({ elapsedMs: now, handled: Math.floor(now / 10) }));
    expect(display.drawings).toBeGreaterThan(24);
    expect(display.drawings).toBeLessThanOrEqual(30);
    expect(screen.written.length).toBeLessThanOrEqual(display.drawings);
  });

  it('shows what was learnt of a row last, though messages between two samples are left out', () => {
    const screen = new Screen(80, 24);
    const display = displayOn(screen);
    advance(display, 1500);
    display.update(progressOf({ elapsedMs: 1501, phase: 'done', handled: 2000, regressions: 77 }));
    advance(display, 2000, { rowIndex: 1 });
    expect(screen.text).toMatch(/^multi\/shared .* 77 /m);
    expect(screen.text).toMatch(/^1 of 3 runs .*regressions 77/m);
  });

  it('is drawn anew below what a shell wrote while the program was stopped', () => {
    const screen = new Screen(80, 24);
    const display = displayOn(screen);
    advance(display, 2000);
    screen.write('^Z\n[1]+  Stopped\n$ fg\n');
    process.emit('SIGCONT');
    advance(display, 3000);
    const begun = ['row', ...names, '0 of 3 runs  ░░'];
    expect(screen.text.split('\n').map((line) => line.slice(0, 15).trim())).toEqual([
      ...begun,
      ...['^Z', '[1]+  Stopped', '$ fg'],
      ...begun,
    ]);
    display.done();
  });

  it('replaces what it drew, and leaves nothing behind at the end', () => {
    const screen = new Screen(80, 24);
    screen.write('$ eventbus-bench run\n');
    const display = displayOn(screen);
    advance(display, 3000);
    expect(screen.text.split('\n').map((line) => line.slice(0, 15).trim())).toEqual([
      '$ eventbus-benc',
      'row',
      ...names,
      '0 of 3 runs  ░░',
    ]);
    display.done();
    display.done();
    advance(display, 4000);
    expect(screen.text).toBe('$ eventbus-bench run');
  });

  it('survives a terminal that becomes narrower, and one that becomes wider', () => {
    const screen = new Screen(160, 24);
    screen.write('$ eventbus-bench run\n');
    const display = displayOn(screen);
    for (const columns of [160, 50, 30, 200, 40]) {
      screen.resize(columns);
      advance(display, now + 1000);
      const lines = screen.text.split('\n');
      expect(lines, screen.text).toHaveLength(6);
      expect(lines[0]).toBe('$ eventbus-bench run');
      for (const line of lines) expect(line.length).toBeLessThan(columns);
    }
    screen.resize(25);
    display.done();
    expect(screen.text).toBe('$ eventbus-bench run');
  });

  it('fits a terminal that is not high enough for all rows', () => {
    const screen = new Screen(80, 10);
    const display = displayOn(screen, { names: Array.from({ length: 30 }, (_, at) => `row-${at}`) });
    advance(display, 2000, { rowsTotal: 30 });
    expect(screen.text.split('\n')).toHaveLength(8);
    expect(screen.text).toContain('more rows: 2');
    display.done();
    expect(screen.text).toBe('');
  });

  it('says at once that a server is started, until the first row begins', () => {
    const screen = new Screen(40, 24);
    const display = displayOn(screen);
    display.starting('a private Kafka 4.4.0');
    expect(screen.text).toBe('starting a private Kafka 4.4.0 …');
    display.starting('a private nats-server 2.15.2');
    expect(screen.text).toBe('starting a private Kafka 4.4.0 and a pr');
    display.update(progressOf({ phase: 'starting' }));
    expect(screen.text).toBe('');
  });

  it('clears what it said of a server whose start fails', () => {
    const screen = new Screen(80, 24);
    const display = displayOn(screen);
    display.starting('a private Kafka 4.4.0');
    display.done();
    expect(screen.text).toBe('');
  });

  it('never hides the cursor, so that none is lost with a killed process', () => {
    const screen = new Screen(80, 24);
    const display = displayOn(screen, { color: true });
    advance(display, 3000, { regressions: 5 });
    display.done();
    expect(screen.written.join('')).not.toContain('?25l');
    expect(screen.written.join('')).toContain('\u001b[31m');
  });
});
