/** Where the bytes of a record come from, such as a file, a pipe or what a compressed file was before. */
export interface ByteSource {
  /** What is wrong with its end, as a clause, once that was read: the beginning of a line there is none of the record. */
  readonly badEnd?: string | null;
  /** Its bytes may be asked for before they are needed, since it neither waits for them nor is waited for by anybody. */
  readonly isPatient?: boolean;
  /** It goes on behind its end, so a last line that does not end is not whole, and is left. */
  readonly goesOn?: boolean;
  /**
   * Puts the next bytes into the buffer, from `from` on.
   * @returns how many; 0 at the end
   */
  readInto(buffer: Buffer, from: number): Promise<number>;
}
