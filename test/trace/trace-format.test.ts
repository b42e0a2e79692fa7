import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ackKinds } from '../../src/domain/observation.js';
import { noteKinds } from '../../src/domain/run-note.js';
import { lineKinds, traceFormat, traceFormatVersion } from '../../src/trace/trace-format.js';

const page = readFileSync(new URL('../../docs/TRACE.md', import.meta.url), 'utf8');

/** The row of a table of the page that begins with this. */
const rowOf = (begin: string): string => page.split('\n').find((line) => line.startsWith(`| ${begin}`)) ?? '';

describe('the page on the trace', () => {
  it('names the format version that is written', () => {
    expect(rowOf('`format`, `formatVersion`')).toContain(`\`${traceFormat}\`, ${traceFormatVersion}.`);
  });

  it('has a row for every kind of line', () => {
    for (const kind of lineKinds) expect(rowOf(`\`${kind}\``), kind).not.toBe('');
  });

  it('names every kind of event and of acknowledgement', () => {
    for (const kind of noteKinds) expect(rowOf('`event`'), kind).toContain(`\`${kind}\``);
    for (const kind of ackKinds) expect(rowOf('`ack`'), kind).toContain(`\`${kind}\``);
  });
});
