import { describe, expect, it } from 'vitest';
import { StampWindow } from '../../src/observation/stamp-window.js';

interface Item {
  readonly stamp: number;
}

function collecting(bound?: number): {
  window: StampWindow<Item>;
  out: number[];
  holes: [number, number][];
  put: (...stamps: number[]) => void;
} {
  const out: number[] = [];
  const holes: [number, number][] = [];
  const window = new StampWindow<Item>((item) => out.push(item.stamp), {
    ...(bound === undefined ? {} : { bound }),
    onHole: (from, to) => holes.push([from, to]),
  });
  const put = (...stamps: number[]): void => {
    for (const stamp of stamps) window.put(stamp, { stamp });
  };
  return { window, out, holes, put };
}

describe('StampWindow', () => {
  it('holds what came early until what is due has come', () => {
    const { window, out, put } = collecting();
    put(3, 2);
    expect(out).toEqual([]);
    expect(window.held).toBe(2);
    put(1);
    expect(out).toEqual([1, 2, 3]);
    expect(window.held).toBe(0);
  });

  it('hands on at the end what it holds, and counts the stamps that never came', () => {
    const { window, out, holes, put } = collecting();
    put(2, 5, 6);
    window.end();
    expect(out).toEqual([2, 5, 6]);
    expect(holes).toEqual([
      [1, 1],
      [3, 4],
    ]);
    expect(window.holes).toBe(3);
  });

  it('gives up what is missing when the bound is reached, and goes on behind it', () => {
    const { window, out, holes, put } = collecting(4);
    put(2, 3, 4);
    expect(out).toEqual([]);
    put(5);
    expect(out).toEqual([2, 3, 4, 5]);
    expect(holes).toEqual([[1, 1]]);
    expect(window.next).toBe(6);
  });

  it('crosses a gap of any width at once', () => {
    const { window, out, put } = collecting(4);
    put(1, 2 ** 40, 2 ** 40 - 3);
    window.end();
    expect(out).toEqual([1, 2 ** 40 - 3, 2 ** 40]);
    expect(window.holes).toBe(2 ** 40 - 3);
  });

  it('drops and counts what comes after its stamp was given up or a second time', () => {
    const { window, out, put } = collecting(4);
    put(5, 1, 3, 3);
    window.end();
    put(2);
    expect(out).toEqual([3, 5]);
    expect(window.late).toBe(3);
  });

  it('grows for wide reordering and keeps what it holds', () => {
    const { window, out, put } = collecting();
    const stamps = Array.from({ length: 20_000 }, (_, i) => 20_000 - i);
    put(...stamps);
    expect(out).toEqual([...stamps].reverse());
    expect(window.holes).toBe(0);
  });

  it('lets an item pass unheld only when it is the one due', () => {
    const { window, out, put } = collecting();
    expect(window.passes(1)).toBe(true);
    expect(window.passes(3)).toBe(false);
    put(3);
    expect(window.passes(2)).toBe(false);
    put(2);
    expect(out).toEqual([2, 3]);
    expect(window.passes(4)).toBe(true);
  });

  it('refuses a bound that is no count', () => {
    expect(() => collecting(0)).toThrow(RangeError);
    expect(() => collecting(1.5)).toThrow(RangeError);
  });
});
