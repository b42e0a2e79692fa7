/** Describes a broker driver as plain data, from which every worker thread creates the driver for itself. */
import type { KafkaConnectionOptions } from '../../broker/kafka/connecting/connection-options.js';
import type { NatsConnectionOptions } from '../../broker/nats/connecting/connection-options.js';
import type { BrokerDriver } from '../../broker/port.js';
import type { TakeNote } from '../../domain/run-note.js';

export type DriverSpec =
  | {
      readonly kind: 'nats';
      readonly connection: NatsConnectionOptions;
      readonly run: {
        readonly runId: string;
        readonly storage?: 'file' | 'memory' | undefined;
        readonly publishTimeoutMs?: number | undefined;
      };
    }
  | {
      readonly kind: 'kafka';
      readonly connection: KafkaConnectionOptions;
      readonly run: { readonly runId: string; readonly ownsCluster: boolean };
    }
  | {
      /** A driver from outside this tool: a module that exports `createDriver(options): BrokerDriver`. */
      readonly kind: 'module';
      readonly url: string;
      readonly options: unknown;
    };

/** @param onNote called for events on the driver's connections, such as a disconnect */
export async function createDriver(spec: DriverSpec, onNote: TakeNote): Promise<BrokerDriver> {
  switch (spec.kind) {
    case 'nats': {
      const { natsDriver } = await import('../../broker/nats/driver.js');
      const kinds = {
        disconnect: 'fault',
        reconnect: 'reconnect',
        'foreign-message': 'fault',
        'given-up': 'redelivery',
      } as const;
      return natsDriver(spec.connection, {
        ...spec.run,
        onNote: (kind, detail) => onNote(kinds[kind], { what: kind, ...detail }),
      });
    }
    case 'kafka': {
      const { kafkaDriver } = await import('../../broker/kafka/driver.js');
      return kafkaDriver(spec.connection, { ...spec.run, onNote });
    }
    case 'module': {
      const module = (await import(spec.url)) as { createDriver(options: unknown): BrokerDriver };
      return module.createDriver(spec.options);
    }
  }
}
