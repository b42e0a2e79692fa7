import { describe, expect, it } from 'vitest';
import { readColumnMap } from '../../src/sql/column-map.js';

describe('the map of columns', () => {
  it('has the columns aggregate and version unless others are named, and no others', () => {
    const plain = { aggregate: 'aggregate', version: 'version', id: null, topic: null, start: null, finish: null };
    expect(readColumnMap(undefined)).toEqual(plain);
    expect(readColumnMap('version=seq, topic=queue')).toEqual({ ...plain, version: 'seq', topic: 'queue' });
    expect(readColumnMap('id=message')).toEqual({ ...plain, id: 'message' });
    expect(readColumnMap('start=began,finish=ended')).toEqual({ ...plain, start: 'began', finish: 'ended' });
  });

  it('leaves commas and equals signs in double quotes to the name', () => {
    expect(readColumnMap('aggregate=p."a,b=""c""",version=v')).toMatchObject({
      aggregate: 'p."a,b=""c"""',
      version: 'v',
    });
  });

  it('has constants in single quotes, commas and quotes in them included', () => {
    expect(readColumnMap("topic='orders'")).toMatchObject({ topic: "'orders'" });
    expect(readColumnMap(`topic= 'it''s a, b="c' ,version=it's`)).toMatchObject({
      topic: `'it''s a, b="c'`,
      version: "it's",
    });
    expect(readColumnMap(`topic='',aggregate="'a'"`)).toMatchObject({ topic: "''", aggregate: `"'a'"` });
  });

  it.each([
    ["topic='orders", 'is not a list of field=column'],
    ["topic= 'orders", 'is not a list of field=column'],
    ["topic='a'b", 'is not a list of field=column'],
    ["topic=''a'", 'is not a list of field=column'],
    ['', 'is not a list of field=column'],
    ['aggregate', 'is not a list of field=column'],
    ['aggregate=a,', 'is not a list of field=column'],
    ['=a', '--map has no field ""'],
    ['aggregate=a,,version=v', 'is not a list of field=column'],
    ['aggregate="a', 'is not a list of field=column'],
    ['agregate=a', '--map has no field "agregate"'],
    ['constructor=a', '--map has no field "constructor"'],
    ['version=a,version=b', '--map names version twice'],
    ['start=a', '--map names start and no finish'],
    ['finish=a', '--map names finish and no start'],
  ])('is not %j', (text, says) => {
    expect(() => readColumnMap(text)).toThrow(says);
  });
});
