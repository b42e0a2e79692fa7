/** Puts errors of the file system into words, so that no message shows a code such as ENOENT alone. */

const words: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'it is a link that leads back to itself',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the quota of the disk is used up',
  EROFS: 'the file system is read-only',
  EIO: 'the device reports an error',
  EMFILE: 'too many files are open',
  ENXIO: 'nothing is at the other end of it',
};

/** `no permission`; the error's own message if its code is not known. */
export function systemErrorText(error: unknown): string {
  const known = words[systemErrorCode(error) ?? ''];
  return known ?? (error instanceof Error ? error.message : String(error));
}

/** Why a file could not be written: making one where none can be, such as in /proc, fails as if its folder were missing. */
export function writeErrorText(error: unknown): string {
  return systemErrorCode(error) === 'ENOENT' ? 'no file can be made there' : systemErrorText(error);
}

/** The code of an error of the system, such as ENOENT; null: it has none. */
export function systemErrorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
