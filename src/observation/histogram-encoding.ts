/**
 * Encodes a histogram as text that any HdrHistogram library reads: its V2 encoding, compressed, in base64.
 *
 * hdr-histogram-js compresses with Node's zlib, whose bytes differ between versions and processors. A report has to be
 * the same on any machine, so the payload is taken out and compressed again by pako, which is plain JavaScript.
 */
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import type { Int32Histogram } from 'hdr-histogram-js';

const require = createRequire(import.meta.url);

/** The cookie that says `V2, compressed`, and the length of the compressed payload: 32 bits each. */
const headBytes = 8;

/** What the package's module for encoding adds to every histogram. */
interface Encodable {
  encodeIntoCompressedBase64(): string;
}

/** @param histogram with whole values, none negative */
export function encodeHistogram(histogram: Int32Histogram): string {
  // Loaded when the first row ends: the start of the program does not wait for it.
  require('hdr-histogram-js/dist/JsHistogram.encoding.js');
  const { deflate } = require('pako') as { readonly deflate: (data: Uint8Array) => Uint8Array };
  const text = (histogram as Int32Histogram & Encodable).encodeIntoCompressedBase64();
  const encoded = Buffer.from(text, 'base64');
  const compressed = deflate(inflateSync(encoded.subarray(headBytes)));
  const head = Buffer.from(encoded.subarray(0, headBytes));
  head.writeInt32BE(compressed.length, headBytes / 2);
  return Buffer.concat([head, compressed]).toString('base64');
}
