import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import { readScenarioText } from '../../../src/scenario/file/read-text.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-read-'));
  mkdirSync(join(folder, 'scenarios'));
  writeFileSync(join(folder, 'scenarios', 'incident.yaml'), 'topics: 5\n');
  writeFileSync(join(folder, 'scenarios', 'quick.yaml'), 'topics: 3\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

function refusal(path: string): UsageError {
  try {
    readScenarioText(path, [join(folder, 'scenarios')]);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('the text of a scenario file', () => {
  it('is read as UTF-8', () => {
    expect(readScenarioText(join(folder, 'scenarios', 'quick.yaml'), [])).toBe('topics: 3\n');
  });

  it('may come through a pipe', () => {
    expect(readScenarioText('/dev/null', [])).toBe('');
  });

  it('is answered with the nearest one if it is missing', () => {
    const error = refusal('incidnet.yaml');
    expect(error.message).toBe('there is no scenario file incidnet.yaml');
    expect(error.wayOut).toBe(`did you mean ${join(folder, 'scenarios', 'incident.yaml')}?`);
  });

  it('is answered with all there are if none is near', () => {
    expect(refusal('nothing-like-it.yaml').wayOut).toContain('incident.yaml');
    expect(refusal('nothing-like-it.yaml').wayOut).toContain('quick.yaml');
  });

  it('is looked for in the folder that was named, and nowhere else', () => {
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine', 'checkout.yaml'), 'topics: 5\n');
    expect(refusal(join(folder, 'mine', 'chekout.yaml')).wayOut).toBe(
      `did you mean ${join(folder, 'mine', 'checkout.yaml')}?`,
    );
    expect(refusal(join(folder, 'mine', 'incidnt.yaml')).wayOut).toBe(
      `in ${join(folder, 'mine')} there are checkout.yaml`,
    );
  });

  it.each(['my-incident-of-may.yaml', 'quality.yaml', 'incidents-all.yaml'])(
    'is not answered with a wrong one: %s',
    (name) => {
      expect(refusal(name).wayOut).not.toContain('did you mean');
    },
  );

  it('is missing with its folder if that is not there', () => {
    const error = refusal(join(folder, 'nowhere', 'incident.yaml'));
    expect(error.message).toContain(`as there is no folder ${join(folder, 'nowhere')}`);
    expect(error.wayOut).toBe(`did you mean ${join(folder, 'scenarios', 'incident.yaml')}?`);
  });

  it('is refused if it is UTF-16, with the encoding to save it in', () => {
    const path = join(folder, 'utf16.yaml');
    writeFileSync(path, Buffer.from('\ufefftopics: 5\n', 'utf16le'));
    expect(refusal(path)).toMatchObject({ message: `${path} is text in UTF-16`, wayOut: 'save it as UTF-8' });
  });

  it('is refused if it is a folder, with what is in it', () => {
    const error = refusal(join(folder, 'scenarios'));
    expect(error.message).toContain('is a folder');
    expect(error.wayOut).toContain('quick.yaml');
  });

  it('is refused if it is larger than any scenario', () => {
    const path = join(folder, 'large.yaml');
    writeFileSync(path, `# ${'x'.repeat(64 * 1024)}\n`);
    expect(refusal(path).message).toContain('larger than 64 KiB');
    expect(refusal('/dev/zero').message).toContain('larger than 64 KiB');
  });

  it.each([
    ['zero bytes', Buffer.from('topics: 5\0')],
    ['bytes that are no UTF-8', Buffer.from([0x74, 0xff, 0xfe, 0x0a])],
  ])('is refused if it has %s', (_, bytes) => {
    const path = join(folder, 'binary.yaml');
    writeFileSync(path, bytes);
    expect(refusal(path).message).toBe(`${path} is a binary file, not YAML text`);
  });

  it.skipIf(process.getuid?.() === 0)('is refused if it may not be read', () => {
    const path = join(folder, 'secret.yaml');
    writeFileSync(path, 'topics: 5\n');
    chmodSync(path, 0);
    expect(refusal(path).message).toContain('cannot be read: no permission');
  });
});
