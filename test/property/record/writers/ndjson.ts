/** Writes histories as NDJSON: fields shuffled, nested, and among others that mean nothing. */
import type { Prng } from '../../../../src/runtime/ports.js';
import type { HistoryLine } from '../history.js';
import { shuffled, type Writer } from './writer.js';

/** As JSON, with the version as a number or as a text, to the last digit. */
function fieldsOf(line: HistoryLine, prng: Prng): (readonly [string, string])[] {
  return Object.entries(line).map(([name, value]) => {
    if (typeof value !== 'bigint') return [name, JSON.stringify(value)];
    return [name, prng.float() < 0.5 ? String(value) : `"${value}"`];
  });
}

const noise: readonly (readonly [string, string])[] = [
  ['msg', '"say \\"hi\\" {[,:\\u00e9\\\\"'],
  ['payload', '{"version":7,"items":[{"aggregate":"no"},null,-1.5e3,true]}'],
  ['level', 'null'],
];

export const ndjson: Writer = (lines, prng) => ({
  map: '',
  text: lines
    .map((line) => {
      const fields = shuffled([...fieldsOf(line, prng), ...noise], prng);
      return `{${fields.map(([name, json]) => `"${name}"${prng.float() < 0.2 ? ' : ' : ':'}${json}`).join(',')}}\n`;
    })
    .join(''),
});

/** Aggregate and version within an object, under keys with dots and escapes. */
export const nested: Writer = (lines, prng) => ({
  map: 'aggregate=.data["order.id"],version=.data.seq[1]',
  text: lines
    .map((line) => {
      const fields = fieldsOf(line, prng);
      const get = (wanted: string): string => fields.find(([name]) => name === wanted)![1];
      const data = shuffled(
        [`"order.i\\u0064":${get('aggregate')}`, `"seq":[0,${get('version')},9]`, '"sub":{"seq":[1,2]}'],
        prng,
      );
      const others = fields.filter(([name]) => name !== 'aggregate' && name !== 'version');
      const all = shuffled([...others.map(([name, json]) => `"${name}":${json}`), `"data":{${data.join(',')}}`], prng);
      return `{${all.join(', ')}}\r\n`;
    })
    .join(''),
});
