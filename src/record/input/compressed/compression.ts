/** Tells by its first bytes how a file is compressed. */
import { UsageError } from '../../../domain/errors.js';
import type { ByteSource } from '../byte-source.js';

/** A file as it was before. */
export interface Decompressed extends ByteSource {
  /** What is wrong with the end, as a clause; null: nothing so far. */
  badEnd: string | null;
  close(): void;
}

/** Those that are read, and those of which a message says how they can be. */
export type Compression = 'gzip' | 'zstd' | 'bzip2' | 'xz' | 'lz4' | 'zip' | 'Parquet';

const magics: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['Parquet', [0x50, 0x41, 0x52, 0x31]],
];

/** Bytes that decide. */
export const magicBytes = 4;

/** What prints the file as it was, for those that are not read. */
export const unpackers: Partial<Readonly<Record<Compression, string>>> = {
  bzip2: 'bzip2 -dc',
  xz: 'xz -dc',
  lz4: 'lz4 -dc',
  zip: 'unzip -p',
};

export function damaged(name: string, compression: Compression, cause: Error): UsageError {
  return new UsageError(
    `${name} is a damaged ${compression} file: ${cause.message}`,
    'get the file anew: what a damaged one has cannot be relied on',
    { cause },
  );
}

/** @returns null: not at all, or in another way */
export function compressionOf(bytes: Uint8Array): Compression | null {
  return magics.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))?.[0] ?? null;
}
