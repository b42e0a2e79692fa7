/**
 * Lets test files, each in a process of its own, share one Kafka broker. This global setup of vitest opens a small HTTP
 * server in vitest's main process. The first file that asks there has the broker started; all get its address. A run in
 * which none asks starts none. The broker is stopped at the end, and dies with vitest in any case.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startPrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import type { PrivateBroker } from '../../src/broker/kafka/private/private-broker.js';
import type { SharedKafka } from './kafka-servers.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where to ask for the shared broker. */
    kafkaDesk: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<PrivateBroker> | undefined;
  const desk = createServer((_request, response) => {
    starting ??= startPrivateBroker();
    starting.then(
      ({ brokers, version, connection }) => response.end(JSON.stringify({ brokers, version, connection })),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('kafkaDesk', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  return async () => {
    desk.close();
    await (await starting?.catch(() => undefined))?.stop();
  };
}

/** @param desk its URL */
export async function askForSharedKafka(desk: string): Promise<SharedKafka> {
  const response = await fetch(desk);
  if (!response.ok) throw new Error(`the shared Kafka broker: ${await response.text()}`);
  return (await response.json()) as SharedKafka;
}
