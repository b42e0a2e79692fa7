/**
 * The version of each aggregate that was handled last. A service reads it from its database: the version is written
 * together with the effects of the handling, and whoever takes the aggregate over finds it there. Here the database is
 * an array by aggregate, in shared memory where the buses are threads.
 */

/** By aggregate, 0: none was handled. May be written by several threads at once. */
export type HandledVersions = Int32Array;

export function handledVersion(versions: HandledVersions, aggregate: number): number {
  return Atomics.load(versions, aggregate);
}

/** A version that is not above the stored one changes nothing. */
export function storeHandled(versions: HandledVersions, aggregate: number, version: number): void {
  for (let stored = Atomics.load(versions, aggregate); stored < version;) {
    const found = Atomics.compareExchange(versions, aggregate, stored, version);
    if (found === stored) return;
    stored = found;
  }
}
