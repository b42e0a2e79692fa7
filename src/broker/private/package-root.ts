/** Finds the root folder of this package, three folders above this file's own, compiled or not. */
import { fileURLToPath } from 'node:url';

export const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));
