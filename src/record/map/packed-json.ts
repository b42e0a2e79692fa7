/**
 * Lines that have the event as JSON within a string, as CloudWatch and kcat write it. The scanner does not look into
 * strings, so the message has the command that unpacks them, and the map of what comes out.
 */
import { UsageError } from '../../domain/errors.js';
import { proposeMap, valuesOf, writtenMap } from './propose.js';

type JsonObject = Readonly<Record<string, unknown>>;

/** @param samples the first lines. @returns null: no string at the top of a line has an aggregate and a version */
export function packedIn(samples: readonly string[], source: string): UsageError | null {
  const lines = samples.map(objectIn).filter((line) => line !== null);
  for (const key of new Set(lines.flatMap((line) => Object.keys(line)))) {
    const unpacked = lines.map((line) => unpackedFrom(line, key)).filter((line) => line !== null);
    const proposed = writtenMap(proposeMap(unpacked.map((line) => valuesOf(line))));
    if (proposed === null) continue;
    const path = /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `.[${JSON.stringify(key)}]`;
    return new UsageError(
      `the lines of ${source} have their JSON within the string ${path}`,
      `unpack it: jq -c '. + (${path} | fromjson)'${source === 'standard input' ? '' : ` ${source}`} | eventbus-bench check - --map '${proposed}'`,
    );
  }
  return null;
}

/** What `jq` makes of the line: what is in the string, and what is around it. */
function unpackedFrom(line: JsonObject, key: string): JsonObject | null {
  const packed = line[key];
  const inner = typeof packed === 'string' ? objectIn(packed) : null;
  return inner === null ? null : { ...line, ...inner };
}

function objectIn(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
