import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { fullReason, ServerLog } from '../../../src/broker/private/server-log.js';

describe('ServerLog', () => {
  it('keeps the last lines, also one that has no end yet, and hands on each that is whole', () => {
    const lines: string[] = [];
    const log = new ServerLog((line) => lines.push(line));
    const stream = new PassThrough();
    log.read(stream);
    for (let i = 0; i < 5_000; i++) stream.write(`line ${i}\n`);
    stream.write('half');
    expect(lines).toHaveLength(5_000);
    expect(log.text.split('\n').slice(-2)).toEqual(['line 4999', 'half']);
    expect(log.text.split('\n').length).toBeLessThan(4_100);
  });
});

describe('fullReason', () => {
  it.each([
    ['[ERR] Filestore [S] Critical write error: write /s/1.blk: file too large', 'file too large'],
    ['java.io.IOException: No space left on device', 'No space left on device'],
    ['[ERR] JetStream file resource limits exceeded for server', 'JetStream file resource limits exceeded'],
    ['[INF] Server is ready', null],
  ])('finds in "%s" %s', (text, reason) => {
    expect(fullReason(text)).toBe(reason);
  });
});
