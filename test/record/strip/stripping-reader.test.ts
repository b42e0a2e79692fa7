/** What containers and collectors put around lines is taken off before a reader sees them. */
import { describe, expect, it } from 'vitest';
import { checked, ndjson, turnedCounts } from '../fixtures.js';

const at = '2026-01-01T00:00:00.123456789Z';
const lines = (each: (line: string, index: number) => string): string => `${ndjson.map(each).join('\n')}\n`;

describe('taking off what is around lines', () => {
  it.each([
    ['docker', 'a json-file', lines((line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: at }))],
    ['docker', 'docker compose logs', lines((line, i) => `web-${i}      | ${line}`)],
    ['docker', 'docker compose logs -t', lines((line) => `web-1  | ${at} ${line}`)],
    ['docker', 'docker logs -t', lines((line) => `${at} ${line}`)],
    ['kubernetes', "a node's file", lines((line) => `${at} stdout F ${line}`)],
    ['kubernetes', 'kubectl logs --prefix', lines((line) => `[pod/web-1/web] ${line}`)],
    ['kubernetes', 'kubectl logs --prefix --timestamps', lines((line) => `[pod/web-1/web] ${at} ${line}`)],
    ['kubernetes', 'kubectl logs', lines((line) => line)],
    ['journald', 'journalctl', lines((line) => `Nov 28 03:00:00 host-1 web@1.service[12]: ${line}`)],
    ['journald', 'journalctl -o short-iso', lines((line) => `2026-11-28T03:00:00+0000 host web: ${line}`)],
    ['journald', 'journalctl -o json', lines((line) => JSON.stringify({ __CURSOR: 'c', MESSAGE: line }))],
    ['journald', 'journalctl -o json, as bytes', lines((line) => JSON.stringify({ MESSAGE: [...Buffer.from(line)] }))],
  ] as const)('%s: reads the lines of %s', async (strip, _, content) => {
    for (const blockBytes of [3, 100_000]) {
      const report = await checked(content, { strip, blockBytes });
      expect(report.sources[0]!.format).toBe('ndjson');
      expect(report.counts).toMatchObject(turnedCounts);
      expect(report.lines).toMatchObject({ record: 6, bad: 0, other: 0 });
      expect(report.aggregates[0]!.examples[0]).toMatchObject({ line: 5, afterLine: 3 });
    }
  });

  it.each([
    ['kubernetes', (line: string) => `${at} stdout P ${line.slice(0, 9)}\n${at} stdout F ${line.slice(9)}`],
    [
      'docker',
      (line: string) =>
        [line.slice(0, 9), `${line.slice(9)}\n`].map((log) => JSON.stringify({ log, stream: 'stdout' })).join('\n'),
    ],
  ] as const)('%s: joins the parts of a line that was split, and keeps the numbers of lines', async (strip, split) => {
    const report = await checked(lines(split), { strip, blockBytes: 50 });
    expect(report.counts).toMatchObject(turnedCounts);
    expect(report.lines).toMatchObject({ record: 6, bad: 0 });
    expect(report.aggregates[0]!.examples[0]).toMatchObject({ line: 10, afterLine: 6 });
  });

  it("passes over journald's own lines", async () => {
    const content = `-- Boot 1a --\n${lines((line) => `Nov 28 03:00:00 host web[1]: ${line}`)}`;
    expect((await checked(content, { strip: 'journald' })).lines).toMatchObject({ record: 6, bad: 0 });
  });

  it('is proposed for lines that are wrapped', async () => {
    const wrapped = lines((line) => `web-1  | ${line}`);
    await expect(checked(wrapped)).rejects.toMatchObject({ wayOut: 'have that taken off: --strip docker' });
    const json = lines((line) => JSON.stringify({ log: line, stream: 'stdout' }));
    await expect(checked(json)).rejects.toMatchObject({ wayOut: 'have that taken off: --strip docker' });
    const node = lines((line) => `${at} stdout F ${line}`);
    await expect(checked(node)).rejects.toMatchObject({ wayOut: 'have that taken off: --strip kubernetes' });
  });

  it('takes a wrapped line with something behind it for a line as it is', async () => {
    const content = lines((line) => JSON.stringify({ MESSAGE: line })) + '{"MESSAGE":[1,2]} and more\n';
    const report = await checked(content, { strip: 'journald' });
    expect(report.lines).toMatchObject({ record: 6, bad: 1 });
  });
});
