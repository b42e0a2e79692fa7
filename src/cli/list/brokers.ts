/** Lists the brokers: each kind, what of it is found on this machine, and how to get what is missing. */
import { brokerKinds, traitsOf, type BrokerKind, type ServerKind } from '../../domain/broker/registry.js';
import { brokersHere, type BrokersHere } from '../../run/brokers-here.js';
import { binaryLine, kafkaFilesLine, type DoctorLine } from '../doctor-table.js';
import type { Listing } from './listing.js';

interface ListedBroker {
  readonly kind: BrokerKind;
  readonly protocol: string;
  readonly isSimulated: boolean;
  /** A run can use it now; a server may also be named. */
  readonly isHere: boolean;
  readonly found: string;
  /** How to get what is missing; null: nothing is. */
  readonly wayOut: string | null;
}

export async function listBrokers(): Promise<Listing> {
  const here = await brokersHere();
  const brokers = brokerKinds.map((kind) => brokerOf(kind, here));
  return {
    title: 'Brokers',
    entries: brokers.map(({ kind, protocol, isSimulated, found, wayOut }) => ({
      name: kind,
      summary: isSimulated
        ? `simulated ${protocol}, embedded; a seed repeats its runs`
        : `${protocol} on a real server: ${named[kind as ServerKind]}, or a private one started for the run`,
      more: [
        ...(isSimulated ? [] : [['found here', found] as const]),
        ...(wayOut === null ? [] : [['to get it', wayOut] as const]),
      ],
    })),
    hints: [
      'eventbus-bench run --broker KIND runs on one, KIND,KIND side by side. eventbus-bench doctor tries them out.',
      'eventbus-bench brokers fetches servers for private use.',
    ],
    data: brokers,
  };
}

/** How a server of the user's is named. */
const named: Readonly<Record<ServerKind, string>> = { nats: 'that of --nats-url', kafka: 'that of --kafka-brokers' };

const lineOf: Readonly<Record<ServerKind, (here: BrokersHere) => DoctorLine>> = {
  nats: binaryLine,
  kafka: kafkaFilesLine,
};

function brokerOf(kind: BrokerKind, here: BrokersHere): ListedBroker {
  const { name: protocol, isSimulated, server } = traitsOf(kind);
  if (server === null) return { kind, protocol, isSimulated, isHere: true, found: 'embedded', wayOut: null };
  const { state, detail, wayOut } = lineOf[server](here);
  return { kind, protocol, isSimulated, isHere: state === 'ok', found: detail, wayOut };
}
