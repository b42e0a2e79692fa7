/** Damages lines as disks, editors, shippers and programs do: bytes are flipped, cut, doubled, swapped and put in. */
import type { Prng } from '../../../../src/runtime/ports.js';

const utf8 = (text: string): Buffer => Buffer.from(text);

/** What is put in. */
const pieces: readonly Buffer[] = [
  ...['\0', '"', '""', '{', '}', '[', ']', '\\', '\\\\', '\\"', ',', ':', ';', '\t', ' ', "'", '|', '-', '.'].map(utf8),
  ...['\n', '\r\n', '\r', '\n\n', '\ufeff', '\u2028', '\u00a0', 'é', '😀', '\x07', '\x7f'].map(utf8),
  ...['\\u0041', '\\u00', '\\ud800', '\\udc00', '\\ud83d\\ude00', '\\ud800\\ud800', '\\u0000', '\\x'].map(utf8),
  ...['1e400', '-1', '0', '00', '9007199254740993', '9223372036854775807', '9223372036854775808'].map(utf8),
  ...['1e3', '1.0', '-0', '9'.repeat(400), 'null', 'true', '{}', '[]', 'NaN', 'Infinity'].map(utf8),
  ...['"version":7,', '"aggregate":"agg-1",', '"aggregate":null,', '"version":{},', '"topic":"t9",'].map(utf8),
  ...[',"version":[1]', ',"agg\\u0072egate":"x"', ',"data":{}', '"__proto__":{"version":3},'].map(utf8),
  ...['['.repeat(30), '{"a":'.repeat(30), '['.repeat(600), '{"a":'.repeat(600), ']'.repeat(30), 'x'.repeat(700)].map(
    utf8,
  ),
  Buffer.of(0xff),
  Buffer.of(0xfe, 0xff),
  Buffer.of(0xc3),
  Buffer.of(0xed, 0xa0, 0x80),
  Buffer.of(0xf0, 0x9f, 0x98),
  Buffer.of(0x80),
];

type Mutation = (line: Buffer, prng: Prng) => Buffer;

const place = (line: Buffer, prng: Prng): number => prng.below(line.length + 1);

/** Two places in their order. */
function span(line: Buffer, prng: Prng): readonly [from: number, to: number] {
  const from = place(line, prng);
  return [from, Math.min(line.length, from + prng.below(prng.float() < 0.8 ? 8 : line.length + 1))];
}

function put(line: Buffer, at: number, piece: Uint8Array): Buffer {
  return Buffer.concat([line.subarray(0, at), piece, line.subarray(at)]);
}

const putPiece: Mutation = (line, prng) => put(line, place(line, prng), pieces[prng.below(pieces.length)]!);

/** Where it may say something: at the beginning of a key, a value or a cell. */
const putAtBorder: Mutation = (line, prng) => {
  const borders = [...line.entries()].filter(([, byte]) => borderBytes.includes(byte)).map(([at]) => at);
  const at = borders[prng.below(borders.length)] ?? 0;
  return put(line, Math.min(line.length, at + prng.below(2)), pieces[prng.below(pieces.length)]!);
};
const borderBytes = Buffer.from('"{}[],:;\\= \t|');

const flipBit: Mutation = (line, prng) => {
  const flipped = Buffer.from(line);
  const at = prng.below(line.length);
  if (at < line.length) flipped[at]! ^= 1 << prng.below(8);
  return flipped;
};

const replaceByte: Mutation = (line, prng) => {
  const replaced = Buffer.from(line);
  const at = prng.below(line.length);
  if (at < line.length)
    replaced[at] = prng.float() < 0.5 ? prng.below(256) : borderBytes[prng.below(borderBytes.length)]!;
  return replaced;
};

const cutPiece: Mutation = (line, prng) => {
  const [from, to] = span(line, prng);
  return Buffer.concat([line.subarray(0, from), line.subarray(to)]);
};

const cutEnd: Mutation = (line, prng) => Buffer.from(line.subarray(0, place(line, prng)));

const doublePiece: Mutation = (line, prng) => {
  const [from, to] = span(line, prng);
  return put(line, to, line.subarray(from, to));
};

const movePiece: Mutation = (line, prng) => {
  const [from, to] = span(line, prng);
  const rest = Buffer.concat([line.subarray(0, from), line.subarray(to)]);
  return put(rest, place(rest, prng), line.subarray(from, to));
};

/** Often put in, as that is where most goes wrong. */
const mutations: readonly Mutation[] = [
  ...[putPiece, putPiece, putAtBorder, putAtBorder, putAtBorder],
  ...[flipBit, replaceByte, cutPiece, cutEnd, doublePiece, movePiece],
];

/** The line with one to three kinds of damage; its end may be damaged as well. */
export function mutated(line: Buffer, prng: Prng): Buffer {
  let damaged = line;
  for (let left = 1 + prng.below(3); left > 0; left--)
    damaged = mutations[prng.below(mutations.length)]!(damaged, prng);
  return damaged;
}
