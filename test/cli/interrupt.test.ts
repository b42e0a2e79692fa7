import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { watchInterrupts } from '../../src/cli/interrupt.js';

function watched() {
  const process = Object.assign(new EventEmitter(), { exit: vi.fn() });
  const notify = vi.fn();
  return { process, notify, interrupt: watchInterrupts(process as unknown as NodeJS.Process, notify) };
}

describe('Ctrl-C', () => {
  it('ends a command that does not listen for it at once', () => {
    const { process, notify } = watched();
    process.emit('SIGINT');
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
    expect(notify).not.toHaveBeenCalled();
  });

  it('asks a command that listens to end, and ends it when pressed again', () => {
    const { process, notify, interrupt } = watched();
    const signal = interrupt.listen();
    process.emit('SIGINT');
    expect({ aborted: signal.aborted, interrupted: interrupt.interrupted }).toEqual({
      aborted: true,
      interrupted: true,
    });
    expect(notify).toHaveBeenCalledOnce();
    expect(process.exit).not.toHaveBeenCalled();
    process.emit('SIGINT');
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
  });

  it.each(['SIGTERM', 'SIGHUP'])('and %s mean the same', (name) => {
    const { process, interrupt } = watched();
    const signal = interrupt.listen();
    process.emit(name);
    expect(signal.aborted).toBe(true);
  });
});
