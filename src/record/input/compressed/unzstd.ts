/**
 * Decompresses zstd while it is read. Where the file was cut off, what came before is handed on, and the end says so. Of
 * a damaged file nothing is believed.
 */
import { Decompress, ZstdErrorCode, type ZstdError } from 'fzstd';
import { UsageError } from '../../../domain/errors.js';
import { blockBytes } from '../blocks.js';
import type { ByteSource } from '../byte-source.js';
import { damaged, type Decompressed } from './compression.js';

export function unzstd(source: ByteSource, name: string): Decompressed {
  const ready: Buffer[] = [];
  // The bytes are the library's again after the call.
  const decompress = new Decompress((data) => ready.push(Buffer.from(data)));
  const block = Buffer.allocUnsafe(blockBytes / 8);
  let isAtEnd = false;
  const unzstd: Decompressed = {
    badEnd: null,
    readInto: async (buffer, from) => {
      for (;;) {
        const chunk = ready.shift();
        if (chunk !== undefined && chunk.length > 0) {
          const copied = chunk.copy(buffer, from);
          if (copied < chunk.length) ready.unshift(chunk.subarray(copied));
          return copied;
        }
        if (isAtEnd && chunk === undefined) return 0;
        if (chunk !== undefined) continue;
        const length = await source.readInto(block, 0);
        isAtEnd = length === 0;
        try {
          // What the library keeps must not change under it.
          decompress.push(Uint8Array.from(block.subarray(0, length)), isAtEnd);
        } catch (error) {
          isAtEnd = true;
          unzstd.badEnd = endOf(error as ZstdError, name);
        }
      }
    },
    close: () => {},
  };
  return unzstd;
}

/** @throws {UsageError} if the file is damaged, or needs more memory than the library gives */
function endOf(error: ZstdError, name: string): string {
  if (error.code === ZstdErrorCode.WindowSizeTooLarge) {
    throw new UsageError(
      `${name} was compressed by zstd with a window above 32 MiB, which is not read`,
      `decompress it: zstd -dc --long=31 ${name} | eventbus-bench check -`,
      { cause: error },
    );
  }
  if (error.code !== ZstdErrorCode.UnexpectedEOF) throw damaged(name, 'zstd', error);
  return 'the zstd file is cut off here';
}
