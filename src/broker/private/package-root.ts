/** The root of this package. This file is three folders below its root, compiled or not. */
import { fileURLToPath } from 'node:url';

export const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));
