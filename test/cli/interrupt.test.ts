import { EventEmitter } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { graceMs, watchInterrupts } from '../../src/cli/interrupt.js';
import { runCli, temporaryFolder } from './cli-process.js';

const startOver = '  run the same command again to start over\n';

function watched(command = 'run') {
  const said: string[] = [];
  const process = Object.assign(new EventEmitter(), {
    exit: vi.fn(),
    argv: ['node', 'main.js', command],
    stderr: { write: (text: string) => said.push(text) },
  });
  return { process, said, interrupt: watchInterrupts(process as unknown as NodeJS.Process) };
}

describe('Ctrl-C', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends a command that does not listen for it at once, and says that nothing was kept', () => {
    const { process, said } = watched();
    process.emit('SIGINT');
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(said).toEqual([`interrupted before anything was run; nothing was kept\n${startOver}`]);
  });

  it.each(['run', 'compare', 'check', 'gate', 'report', 'doctor', 'clean', 'help'])(
    'says of %s what became of it',
    (command) => {
      const { process, said } = watched(command);
      process.emit('SIGINT');
      expect(said.join('')).toMatch(/^interrupted\b.*(?:kept|keeps nothing|written|as it was)/);
    },
  );

  it('asks a command that listens to end, and ends it when pressed again', () => {
    const { process, said, interrupt } = watched();
    const signal = interrupt.listen();
    interrupt.setLastWords(() => 'the last words');
    process.emit('SIGINT');
    expect({ aborted: signal.aborted, interrupted: interrupt.interrupted }).toEqual({
      aborted: true,
      interrupted: true,
    });
    expect(said).toEqual(['interrupted: ending the run; Ctrl-C again ends it at once\n']);
    expect(process.exit).not.toHaveBeenCalled();
    process.emit('SIGINT');
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(said.at(-1)).toBe('the last words\n');
  });

  it('has the terminal cleared before it says anything', () => {
    const { process, said, interrupt } = watched();
    interrupt.listen();
    interrupt.beforeWords(() => said.push('(cleared)'));
    process.emit('SIGINT');
    expect(said).toEqual(['(cleared)', expect.stringMatching(/^interrupted: ending/)]);
    process.emit('SIGINT');
    expect(said.slice(2)).toEqual(['(cleared)', expect.stringMatching(/^interrupted before/)]);
  });

  it('ends a command that does not end by itself in time', () => {
    const { process, said, interrupt } = watched();
    interrupt.listen();
    interrupt.setLastWords(() => 'the last words');
    process.emit('SIGINT');
    vi.advanceTimersByTime(graceMs - 1);
    expect(process.exit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(said.at(-1)).toBe('the last words\n');
  });

  it('ends the process even if what was recorded cannot be saved', () => {
    const { process, said, interrupt } = watched();
    interrupt.setLastWords(() => {
      throw new Error('no space is left');
    });
    process.emit('SIGINT');
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(said).toEqual(['interrupted: nothing could be kept: no space is left\n']);
  });

  it.each(['SIGTERM', 'SIGHUP'])('and %s mean the same', (name) => {
    const { process, interrupt } = watched();
    const signal = interrupt.listen();
    process.emit(name);
    expect(signal.aborted).toBe(true);
  });
});

describe('a signal that comes while the program is being loaded', () => {
  it('is answered before anything but the handler is there', async () => {
    const folder = temporaryFolder();
    const seen = join(folder, 'seen.txt');
    const hooks = join(folder, 'hooks.mjs');
    const entry = join(folder, 'entry.mjs');
    writeFileSync(
      hooks,
      `import { appendFileSync } from 'node:fs';
       export function load(url, context, next) { appendFileSync(${JSON.stringify(seen)}, url + '\\n'); return next(url, context); }`,
    );
    // The signal is sent as soon as somebody listens for it.
    writeFileSync(
      entry,
      `import { appendFileSync } from 'node:fs';
       import { register } from 'node:module';
       register(${JSON.stringify(pathToFileURL(hooks).href)});
       process.on('newListener', (name) => {
         if (name !== 'SIGINT') return;
         appendFileSync(${JSON.stringify(seen)}, 'somebody listens\\n');
         setImmediate(() => process.kill(process.pid, 'SIGINT'));
       });`,
    );
    const { exitCode, stdout, stderr } = await runCli(['run', '--aggregates', '1000000'], {
      env: { NODE_OPTIONS: `--import ${pathToFileURL(entry).href}` },
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toBe(`interrupted before anything was run; nothing was kept\n${startOver}`);
    const [before = ''] = readFileSync(seen, 'utf8').split('somebody listens');
    const loaded = before.match(/dist\/\S+/g);
    expect(loaded).toEqual([
      'dist/cli/main.js',
      'dist/cli/interrupt.js',
      'dist/domain/errors.js',
      'dist/cli/last-words.js',
    ]);
  });
});
