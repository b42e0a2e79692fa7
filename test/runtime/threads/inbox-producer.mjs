// A producer thread of the inbox tests: submits its items one after the other and notes, on a counter that the inbox
// knows nothing of, when each submit began and when it had returned.
import { parentPort, workerData } from 'node:worker_threads';
import { SharedInboxWriter } from '../../../dist/runtime/threads/shared-inbox.js';

const { memory, writer, items, whenFull, counter, began, returned, start } = workerData;
const inbox = new SharedInboxWriter(memory, writer);
parentPort.on('message', () => {});

Atomics.wait(start, 0, 0);
let accepted = 0;
for (let i = 0; i < items; i++) {
  const id = writer * items + i;
  const delivery = {
    ...{ id, aggregate: writer, topic: 0, version: i + 1, publisher: 0, publishStamp: 0, publishedAtMs: 0 },
    ...{ partition: 0, position: i + 1, deliveryCount: 1, subscription: writer, owned: true },
    ...{ deliverStamp: 0, deliveredAtMs: 0, ackToken: i, submitStamp: 0 },
  };
  began[id] = Atomics.add(counter, 0, 1) + 1;
  const ok = await inbox.submit(delivery, whenFull);
  returned[id] = Atomics.add(counter, 0, 1) + 1;
  if (ok) accepted++;
  else returned[id] = 0;
}
parentPort.postMessage({ accepted });
parentPort.close();
