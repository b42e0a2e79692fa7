/** A line is read the same behind one of its shape, by which it is read faster, as alone. */
import { describe, expect, it } from 'vitest';
import { Fields } from '../../../src/record/fields.js';
import { parseMap } from '../../../src/record/map/parse-map.js';
import { JsonScanner } from '../../../src/record/ndjson/json-scanner.js';
import { LineShape } from '../../../src/record/ndjson/line-shape.js';
import { pathTree } from '../../../src/record/ndjson/path-tree.js';

const paths = (): ReturnType<typeof pathTree> =>
  pathTree(parseMap('aggregate=.p.id,version=.seq,lane=.w[1]'), { only: false });

/** What a scanner reads of the last of the lines; null: it is not JSON. */
function lastOf(...lines: readonly Uint8Array[]): object | null {
  const fields = new Fields();
  const scanner = new JsonScanner(paths(), fields);
  const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
  let at = 0;
  let read: object | null = null;
  for (const line of lines) {
    fields.clear();
    const end = scanner.scan(bytes, at, bytes.length);
    read = end === at + line.length ? fields.texts() : null;
    at += line.length + 1;
  }
  return read;
}

const line = Buffer.from(
  '{"p":{"id":"order-7","x":"ünï"},"seq":120,"ok":true, "w":["a","w12345"],"time":"2026-01-01T00:00","f":-1.50,"error":null}',
);

/** Bytes of which each means something somewhere in JSON, or nothing anywhere. */
const odd = [...Buffer.from('"\\{}[],:.-+0159eEtfnu /a\n\t\r\0'), 0x1f, 0x7f, 0x80, 0xff];

function* mutantsOf(sound: Buffer): Generator<Buffer> {
  for (let at = 0; at < sound.length; at++) {
    const [before, behind] = [sound.subarray(0, at), sound.subarray(at)];
    yield before;
    yield Buffer.concat([before, sound.subarray(at + 1)]);
    for (const byte of odd) {
      yield Buffer.concat([before, Buffer.of(byte), sound.subarray(at + 1)]);
      yield Buffer.concat([before, Buffer.of(byte), behind]);
    }
  }
}

/** Whether a line is an object for JSON.parse. */
function isObject(bytes: Buffer): boolean {
  try {
    const parsed: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

describe('a line behind one of its shape', () => {
  it('is read as alone, wherever a byte of it is another, more or missing, and as JSON.parse takes it', () => {
    const wrong: string[] = [];
    for (const mutant of mutantsOf(line)) {
      if (mutant.includes(0x0a)) continue;
      const alone = lastOf(mutant);
      const behind = lastOf(line, mutant);
      if (JSON.stringify(behind) !== JSON.stringify(alone) || (alone !== null) !== isObject(mutant)) {
        wrong.push(mutant.toString('latin1'));
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['longer values', '{"a":"some order-1","version":123456}'],
    ['shorter values', '{"a":"","version":1}'],
    ['a number with a fraction', '{"a":"x","version":0.5}'],
  ])('is read by its shape where it has %s', (_, text) => {
    expect(endBehind('{"a":"order-1","version":12}', text)).toBe(text.length);
  });

  it.each([
    ['an escape', '{"a":"or\\u0064er-1","version":12}'],
    ['a number with an exponent', '{"a":"order-1","version":1e2}'],
    ['a number that begins with zero', '{"a":"order-1","version":01}'],
    ['a space more', '{"a":"order-1", "version":12}'],
  ])('is left to the scanner where it has %s', (_, text) => {
    expect(endBehind('{"a":"order-1","version":12}', text)).toBe(-1);
  });
});

/** Where a shape that has noted the first line finds the end of the second. */
function endBehind(first: string, second: string): number {
  const shape = new LineShape(new Fields());
  const learned = Buffer.from(`${first}\n`);
  shape.begin();
  shape.string(null, first.indexOf('order'), first.indexOf('order-1') + 7);
  shape.number(null, first.indexOf('12'), first.indexOf('12') + 2);
  shape.learn(learned, 0, first.length);
  const bytes = Buffer.from(`${second}\n`);
  return shape.read(bytes, 0, bytes.length);
}
