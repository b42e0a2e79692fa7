/**
 * Keeps the log positions of versions: a ring over versions that holds the first position that became known of each,
 * from a floor up; callers pass the floor, which only rises. It starts small and doubles as needed. The partition is
 * kept once for all, until a second one turns up.
 *
 * Versions normally rise by 1. Should they jump absurdly far, as in a broken trace, the ring does not follow: it
 * forgets what lies too far below.
 *
 * While positions have become known in rising order, in one partition, for rising versions, remembering one more is a
 * few comparisons.
 */
const noPositions: number[] = [];
const smallestCapacity = 4;

/**
 * However far versions jump, the ring spans at most `idlePlacesMax` versions, and `idleShareMax` more for each
 * position learnt.
 */
const idlePlacesMax = 4096;
const idleShareMax = 8;

export class PositionWindow {
  #positions = noPositions;
  /** The highest version with a position. */
  #highest = 0;
  /** The highest version that has a place in the ring as it is. */
  #roomUpTo = 0;
  #highestPosition = 0;
  #onlyPartition = -1;
  /** The lowest version with a position: below it there is nothing to make room for. */
  #lowest = Infinity;
  #partitions: Int32Array | null = null;
  /** Positions learnt so far. */
  #learnt = 0;

  get highest(): number {
    return this.#highest;
  }

  get highestPosition(): number {
    return this.#highestPosition;
  }

  get lowest(): number {
    return this.#lowest;
  }

  /** True if every position learnt so far was in one partition. */
  get singlePartition(): boolean {
    return this.#partitions === null;
  }

  /** 0 if it is not known. */
  positionOf(version: number): number {
    if (version > this.#highest || version < this.#lowest) return 0;
    return this.#positions[version & (this.#positions.length - 1)]!;
  }

  /** Whether this is where the version is first known to be. */
  isAt(version: number, partition: number, position: number): boolean {
    return position > 0 && this.positionOf(version) === position && this.partitionOf(version) === partition;
  }

  /** Of a version whose position is known. */
  partitionOf(version: number): number {
    return this.#partitions === null ? this.#onlyPartition : this.#partitions[version & (this.#partitions.length - 1)]!;
  }

  /**
   * Remembers the position (> 0) of the next version if it lies behind all positions so far, in their partition.
   * Returns false, and does nothing, if it does not.
   */
  rememberNext(version: number, partition: number, position: number): boolean {
    if (version !== this.#highest + 1 || version > this.#roomUpTo) return false;
    if (position <= this.#highestPosition || partition !== this.#onlyPartition || this.#partitions !== null)
      return false;
    this.#positions[version & (this.#positions.length - 1)] = position;
    this.#highest = version;
    this.#highestPosition = position;
    this.#learnt++;
    return true;
  }

  /** Remembers the position (> 0) of a version above the floor. Returns false if it lies too far below the highest. */
  remember(version: number, partition: number, position: number, floor: number): boolean {
    this.#learnt++;
    const tooLow = Math.max(version, this.#highest) - idlePlacesMax - idleShareMax * this.#learnt;
    if (version <= tooLow) return false;
    if (this.#onlyPartition === -1) this.#onlyPartition = partition;
    this.#makeRoom(version, Math.max(floor, tooLow));
    if (partition !== this.#onlyPartition) {
      this.#partitions ??= new Int32Array(this.#positions.length).fill(this.#onlyPartition);
    }
    const slot = version & (this.#positions.length - 1);
    this.#positions[slot] = position;
    if (this.#partitions !== null) this.#partitions[slot] = partition;
    if (position > this.#highestPosition) this.#highestPosition = position;
    return true;
  }

  #makeRoom(version: number, floor: number): void {
    const before = this.#highest;
    const lowest = Math.min(Math.max(this.#lowest, floor + 1), version);
    const highest = Math.max(before, version);
    if (highest - lowest >= this.#positions.length) this.#grow(lowest, highest);
    const skipped = Math.min(highest - before, this.#positions.length);
    for (let i = 0; i < skipped; i++) this.#positions[(highest - i) & (this.#positions.length - 1)] = 0;
    this.#lowest = lowest;
    this.#highest = highest;
    this.#roomUpTo = lowest + this.#positions.length - 1;
  }

  #grow(lowest: number, highest: number): void {
    let capacity = Math.max(smallestCapacity, this.#positions.length);
    while (capacity <= highest - lowest) capacity *= 2;
    const positions = new Array<number>(capacity).fill(0);
    const partitions = this.#partitions === null ? null : new Int32Array(capacity);
    for (let version = Math.max(lowest, this.#lowest); version <= this.#highest; version++) {
      const slot = version & (capacity - 1);
      positions[slot] = this.positionOf(version);
      if (partitions !== null) partitions[slot] = this.partitionOf(version);
    }
    this.#positions = positions;
    this.#partitions = partitions;
  }
}
