import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import { checkLines } from '../check-lines.js';

const lines = [{ aggregate: 'a', version: 1 }];

async function said(map: string): Promise<string> {
  try {
    await checkLines(lines, { map });
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}\n${error.wayOut}`;
    throw error;
  }
  return 'nothing';
}

describe('a map that names what no line has', () => {
  it('may have been meant as a constant whose quotes the shell took off', async () => {
    expect(await said('topic=orders')).toContain(`a constant is written as --map "topic='orders'"`);
    expect(await said("topic='orders'")).toBe('nothing');
  });

  it('is no constant where it is a path', async () => {
    const text = await said('topic=.orders');
    expect(text).toContain('no line of orders.ndjson has that');
    expect(text).not.toContain('a constant');
  });
});
