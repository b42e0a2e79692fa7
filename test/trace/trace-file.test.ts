import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { TraceFile } from '../../src/trace/trace-file.js';
import { ScratchFile } from '../observation/fixtures.js';

let scratch: ScratchFile;
beforeEach(() => {
  scratch = new ScratchFile();
});
afterEach(() => {
  scratch.remove();
});

describe('TraceFile', () => {
  it('has everything on the disk when it is closed, and closes once', () => {
    const file = new TraceFile(scratch.path);
    const line = `${'x'.repeat(999)}\n`;
    for (let i = 0; i < 1_000; i++) {
      file.lines.addText(line);
      file.lineDone();
    }
    expect(file.bytesWritten).toBeGreaterThan(800_000);
    file.close();
    file.close();
    expect(readFileSync(scratch.path, 'utf8')).toBe(line.repeat(1_000));
    expect(file.bytesWritten).toBe(1_000_000);
  });

  it('says the way out where the file cannot be made', () => {
    expect(() => new TraceFile('/no/such/folder/trace.ndjson')).toThrow(UsageError);
    expect(() => new TraceFile('/no/such/folder/trace.ndjson')).toThrow('/no/such/folder/trace.ndjson');
  });

  it.skipIf(!existsSync('/dev/full'))('lets the run go on when the disk is full, and says so at the end', () => {
    const file = new TraceFile('/dev/full');
    for (let i = 0; i < 10; i++) {
      file.lines.addText('x'.repeat(65_536));
      file.lineDone();
    }
    expect(file.failure?.message).toContain('no space is left on the disk');
    expect(() => {
      file.close();
    }).toThrow('/dev/full');
  });
});
