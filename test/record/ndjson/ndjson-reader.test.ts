/** Lines of JSON, read from their bytes: what JSON.parse has at the place of a field is what the field is. */
import { describe, expect, it } from 'vitest';
import { checked } from '../fixtures.js';

const lines = (...texts: (string | Buffer)[]): Buffer =>
  Buffer.concat(texts.flatMap((text) => [Buffer.from(text), Buffer.from('\n')]));

describe('the reader of NDJSON', () => {
  it('tells names apart that differ in half a surrogate pair', async () => {
    const { aggregatesTotal, counts } = await checked(
      lines(
        String.raw`{"aggregate":"\ud800","version":2}`,
        String.raw`{"aggregate":"\ud801","version":1}`,
        String.raw`{"aggregate":"\udc00","version":1}`,
        String.raw`{"aggregate":"\uD800","version":3}`,
        String.raw`{"aggregate":"\ufffd","version":1}`,
      ),
    );
    expect(aggregatesTotal).toBe(4);
    expect(counts).toMatchObject({ regressions: 0, duplicates: 0 });
  });

  it('has one name for a letter, whether it is escaped or not', async () => {
    const { aggregatesTotal, counts } = await checked(
      lines(
        String.raw`{"aggregate":"\ud83d\ude00\u00e9\n\/\"","version":2}`,
        String.raw`{"aggregate":"😀é\u000a/\u0022","version":1}`,
        String.raw`{"aggregate":"\ud83d\u0064\ude00","version":1}`,
      ),
    );
    expect(aggregatesTotal).toBe(2);
    expect(counts.regressions).toBe(1);
  });

  it('tells names apart that are no UTF-8, also beside an escape', async () => {
    const named = (byte: number, rest: string): Buffer =>
      Buffer.concat([Buffer.from('{"aggregate":"a'), Buffer.of(byte), Buffer.from(rest)]);
    const { aggregatesTotal, counts } = await checked(
      lines(
        named(0xfe, '","version":2}'),
        named(0xff, '","version":1}'),
        named(0xfe, String.raw`\u0041","version":2}`),
        named(0xff, String.raw`\u0041","version":1}`),
      ),
    );
    expect(aggregatesTotal).toBe(4);
    expect(counts.regressions).toBe(0);
  });

  it.each([
    ['an object', '{"aggregate":"a","version":1,"version":{}}'],
    ['an array', '{"aggregate":"a","version":1,"version":[2]}'],
    ['null', '{"aggregate":"a","version":1,"version":null}'],
  ])('keeps the last of two equal keys, also if it is %s', async (_, line) => {
    const { lines: counted, badLines } = await checked(lines('{"aggregate":"a","version":1}', line));
    expect(counted).toMatchObject({ record: 1, bad: 1 });
    expect(badLines[0]).toMatchObject({ line: 2, problem: 'it has no version' });
  });

  it('has nothing left of an object whose key is met again', async () => {
    const map = 'aggregate=.p.a,version=.p.v[1]';
    const whole = '{"p":{"a":"x","v":[0,1]}}';
    for (const again of ['{}', '7', '{"v":[0]}']) {
      const { lines: counted } = await checked(lines(whole, `{"p":{"a":"x","v":[0,1]},"p":${again}}`), { map });
      expect(counted).toMatchObject({ record: 1, other: 1 });
    }
    const { lines: counted } = await checked(lines(whole, `{"p":7,"p":{"a":"x","v":[0,1]}}`), { map });
    expect(counted).toMatchObject({ record: 2, other: 0 });
  });
});
