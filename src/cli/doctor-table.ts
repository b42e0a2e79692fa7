/**
 * Renders what `doctor` found, one line for each part of the machine: its name, its state, and, if it is missing, how
 * to get it.
 */
import { Chalk } from 'chalk';
import { brokersThat } from '../domain/broker/registry.js';
import { wrapText } from '../report/terminal/line-wrapping.js';
import { printable } from '../text/printable.js';
import type { Diagnosis, JavaState } from '../run/doctor.js';

export interface DoctorLine {
  readonly part: string;
  readonly state: 'ok' | 'too old' | 'missing' | 'failed' | 'unused';
  readonly detail: string;
  /** What to do about it; null: nothing. */
  readonly wayOut: string | null;
}

const waysToAServer =
  'eventbus-bench brokers nats fetches one; or install nats-server so that it is on the PATH; or name a running server with --nats-url or NATS_URL (docker compose up -d nats starts one)';

function doctorLines(found: Diagnosis): readonly DoctorLine[] {
  return [
    nodeLine(found),
    simulatorLine(found),
    binaryLine(found),
    serverLine(found),
    kafkaFilesLine(found),
    kafkaClusterLine(found),
    secondClientLine(found),
    dockerLine(found),
  ];
}

const partWidth = 15;
const stateWidth = 9;

/** In fewer columns, details stand below the part rather than beside it. */
const columnsMin = 72;

export function renderDoctor(found: Diagnosis, { width, color }: { width: number; color: boolean }): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint = {
    ok: chalk.green,
    'too old': chalk.yellow,
    missing: chalk.yellow,
    failed: chalk.red,
    unused: chalk.dim,
  };
  const lines = doctorLines(found).flatMap(({ part, state, detail, wayOut }) => {
    const head = `  ${part.padEnd(partWidth)}${paint[state](state.padEnd(stateWidth))}`;
    const isNarrow = width < columnsMin;
    const indent = isNarrow ? 4 : 2 + partWidth + stateWidth;
    const lead = ' '.repeat(indent);
    return [
      ...(isNarrow ? [head.trimEnd()] : []),
      ...wrapText(printable(detail), width, isNarrow ? lead : head, indent),
      ...(wayOut === null ? [] : wrapText(printable(wayOut), width, `${lead}> `)),
    ];
  });
  return `${found.tool.name} ${found.tool.version}\n\n${lines.join('\n')}\n`;
}

function nodeLine({ node: { version, since, isSupported } }: Diagnosis): DoctorLine {
  const part = 'Node.js';
  if (isSupported) return { part, state: 'ok', detail: `${version}; ${since} or later is needed`, wayOut: null };
  return {
    part,
    state: 'too old',
    detail: `${version}, but ${since} or later is needed; runs may fail in odd ways`,
    wayOut: `install Node.js ${since} or later, and run eventbus-bench with it`,
  };
}

function simulatorLine({ simulator }: Diagnosis): DoctorLine {
  const part = 'simulator';
  if (simulator.kind === 'usable') {
    return {
      part,
      state: 'ok',
      detail: `${brokersThat(({ isSimulated }) => isSimulated).join(' and ')}, embedded; a small run went through`,
      wayOut: null,
    };
  }
  return { part, state: 'failed', detail: simulator.message, wayOut: 'please report this' };
}

export function binaryLine({ natsBinaries }: Pick<Diagnosis, 'natsBinaries'>): DoctorLine {
  const part = 'nats-server';
  if (natsBinaries.length === 0) {
    return { part, state: 'missing', detail: 'no binary in the broker cache or on the PATH', wayOut: waysToAServer };
  }
  const places = natsBinaries.map(
    ({ version, source }) => `${version} ${source === 'cache' ? 'in the broker cache' : 'on the PATH'}`,
  );
  const detail = `${places.join(', ')}${places.length > 1 ? '; private servers are the first' : ', for private servers'}`;
  return { part, state: 'ok', detail, wayOut: null };
}

function serverLine({ natsServer }: Diagnosis): DoctorLine {
  const part = 'NATS server';
  if (natsServer === null) {
    return { part, state: 'unused', detail: 'none named; --nats-url or NATS_URL names one', wayOut: null };
  }
  const { url, version } = natsServer;
  if (natsServer.kind === 'unusable') {
    const { message, wayOut } = natsServer.error;
    return { part, state: 'failed', detail: message.includes(url) ? message : `${url}: ${message}`, wayOut };
  }
  const lacking = natsServer.capabilities.filter(({ available }) => !available);
  const without = lacking.map(({ name, since }) => `; without ${name} (from ${since})`).join('');
  const roundTrip = `round trip ${natsServer.roundTripMs.toFixed(2)} ms`;
  return {
    part,
    state: 'ok',
    detail: `${url}, version ${version ?? 'unknown'}, JetStream on, ${roundTrip}${without}`,
    wayOut: null,
  };
}

export function kafkaFilesLine({ privateKafka }: Pick<Diagnosis, 'privateKafka'>): DoctorLine {
  const { files, java, wayOut } = privateKafka;
  const part = 'Kafka';
  const [first, ...others] = files.map(
    ({ version, source }) => `${version} ${source === 'cache' ? 'in the broker cache' : 'in KAFKA_HOME'}`,
  );
  const kafka = first === undefined ? 'no Kafka in the broker cache or in KAFKA_HOME' : [first, ...others].join(', ');
  const on = java.kind === 'usable' ? `on Java ${java.version}` : javaProblem(java);
  return { part, state: wayOut === null ? 'ok' : 'missing', detail: `${kafka}, ${on}`, wayOut: waysToKafka(wayOut) };
}

function javaProblem(java: Exclude<JavaState, { kind: 'usable' }>): string {
  return java.kind === 'missing' ? 'no Java' : `Java ${java.version} is too old`;
}

function waysToKafka(wayOut: string | null): string | null {
  return wayOut === null ? null : `${wayOut}; or name a cluster with --kafka-brokers or KAFKA_BROKERS`;
}

function kafkaClusterLine({ kafkaCluster }: Diagnosis): DoctorLine {
  const part = 'Kafka cluster';
  if (kafkaCluster === null) {
    return { part, state: 'unused', detail: 'none named; --kafka-brokers or KAFKA_BROKERS names one', wayOut: null };
  }
  const { brokers, version } = kafkaCluster;
  if (kafkaCluster.kind === 'unusable') {
    const { message, wayOut } = kafkaCluster.error;
    return { part, state: 'failed', detail: message.includes(brokers) ? message : `${brokers}: ${message}`, wayOut };
  }
  const lacking = kafkaCluster.capabilities.filter(({ available }) => !available);
  const without = lacking.map(({ name, since }) => `; without ${name} (from ${since})`).join('');
  const roundTrip = `round trip ${kafkaCluster.roundTripMs.toFixed(2)} ms`;
  const advertised = kafkaCluster.advertised.join(', ');
  return {
    part,
    state: 'ok',
    detail: `${brokers}, version ${version ?? 'unknown'}, reached as advertised (${advertised}), ${roundTrip}${without}`,
    wayOut: null,
  };
}

function secondClientLine({ secondKafkaClient }: Diagnosis): DoctorLine {
  const part = 'Kafka client';
  const { name } = secondKafkaClient;
  if (secondKafkaClient.kind === 'usable') {
    const detail = `kafkajs; ${name} ${secondKafkaClient.version ?? ''} with --kafka-client platformatic`;
    return { part, state: 'ok', detail, wayOut: null };
  }
  const { reason, wayOut } = secondKafkaClient;
  return { part, state: 'ok', detail: `kafkajs; the optional ${name} cannot be loaded (${reason})`, wayOut };
}

function dockerLine({ docker }: Diagnosis): DoctorLine {
  const part = 'Docker';
  switch (docker.kind) {
    case 'running':
      return {
        part,
        state: 'ok',
        detail: `${docker.version}; docker compose up -d starts the brokers of docker-compose.yml`,
        wayOut: null,
      };
    case 'no-daemon':
      return {
        part,
        state: 'missing',
        detail: 'installed, but its daemon does not answer',
        wayOut: 'start it, or do without: eventbus-bench brokers',
      };
    case 'missing':
      return { part, state: 'missing', detail: 'not installed; only one of several ways to a server', wayOut: null };
  }
}
