/**
 * Stores the version of each aggregate that was handled last. A real service has it in its database, written together
 * with the effects of the handling, where a bus that takes the aggregate over finds it. Here the database is an array
 * by aggregate, in shared memory where the buses are threads.
 */

/** The highest version handled, by aggregate; 0 if none was. Several threads may write it at once. */
export type HandledVersions = Int32Array;

export function handledVersion(versions: HandledVersions, aggregate: number): number {
  return Atomics.load(versions, aggregate);
}

/** Stores the version unless a version at least as high is stored already. */
export function storeHandled(versions: HandledVersions, aggregate: number, version: number): void {
  for (let stored = Atomics.load(versions, aggregate); stored < version;) {
    const found = Atomics.compareExchange(versions, aggregate, stored, version);
    if (found === stored) return;
    stored = found;
  }
}
