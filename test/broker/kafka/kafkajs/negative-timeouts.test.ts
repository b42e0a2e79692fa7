/** A client's timer for a throttling that there is none of is no news to a user; any other warning is. */
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { dropThrottleWarnings } from '../../../../src/broker/kafka/kafkajs/negative-timeouts.js';

it('drops the warning of a timer for no throttling, and lets all others through', async () => {
  dropThrottleWarnings();
  dropThrottleWarnings();
  const seen: string[] = [];
  const listener = ({ message }: Error): number => seen.push(message);
  process.on('warning', listener);
  const last = once(process, 'warning');
  process.emitWarning('-1795716832835 is a negative number.\nTimeout duration was set to 1.', 'TimeoutNegativeWarning');
  process.emitWarning('-5 is a negative number.\nTimeout duration was set to 1.', 'TimeoutNegativeWarning');
  await last;
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', listener);
  expect(seen).toEqual(['-5 is a negative number.\nTimeout duration was set to 1.']);
});
