/** Opens sources that may be compressed, by gzip or zstd, as what they were before. Their first bytes tell. */
import { UsageError } from '../../../domain/errors.js';
import type { ByteSource } from '../byte-source.js';
import type { OpenedSource, SourceOpener } from '../open-source.js';
import { compressionOf, magicBytes, unpackers, type Compression, type Decompressed } from './compression.js';
import { gunzipped } from './gunzipped.js';
import { unzstd } from './unzstd.js';

export function decompressing(opener: SourceOpener): SourceOpener {
  return {
    open: async () => {
      const source = await opener.open();
      try {
        return await decompressed(source);
      } catch (error) {
        await source.close();
        throw error;
      }
    },
  };
}

async function decompressed(source: OpenedSource): Promise<OpenedSource> {
  const begin = await beginOf(source);
  const compression = compressionOf(begin);
  const whole = withBegin(begin, source);
  if (compression === null) {
    return {
      ...source,
      readInto: (buffer, from) => whole.readInto(buffer, from),
      get badEnd() {
        return source.badEnd ?? null;
      },
    };
  }
  const inner = decompressorOf(compression, whole, source.name);
  return {
    ...{ name: source.name, format: null, totalBytes: null },
    readInto: (buffer, from) => inner.readInto(buffer, from),
    get badEnd() {
      return source.badEnd ?? inner.badEnd;
    },
    close: () => {
      inner.close();
      return source.close();
    },
  };
}

/** @throws {UsageError} for one that is not read */
function decompressorOf(compression: Compression, bytes: ByteSource, name: string): Decompressed {
  if (compression === 'gzip') return gunzipped(bytes, name);
  if (compression === 'zstd') return unzstd(bytes, name);
  const unpacker = unpackers[compression];
  throw new UsageError(
    `${name} is ${compression === 'Parquet' ? 'a Parquet file' : `compressed by ${compression}`}, which is not read`,
    unpacker === undefined
      ? 'write its rows as NDJSON or CSV, in the order in which they were written'
      : `${unpacker} ${name} | eventbus-bench check -`,
  );
}

async function beginOf(source: ByteSource): Promise<Buffer> {
  const begin = Buffer.alloc(magicBytes);
  let length = 0;
  while (length < magicBytes) {
    const more = await source.readInto(begin, length);
    if (more === 0) break;
    length += more;
  }
  return begin.subarray(0, length);
}

function withBegin(begin: Buffer, source: ByteSource): ByteSource {
  let rest: Buffer | null = begin.length > 0 ? begin : null;
  return {
    readInto: async (buffer, from) => {
      const copied = rest?.copy(buffer, from) ?? 0;
      if (rest !== null) rest = copied < rest.length ? rest.subarray(copied) : null;
      return from + copied < buffer.length ? copied + (await source.readInto(buffer, from + copied)) : copied;
    },
  };
}
