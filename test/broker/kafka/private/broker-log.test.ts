import { describe, expect, it } from 'vitest';
import { lastError } from '../../../../src/broker/kafka/private/broker-log.js';

describe('lastError', () => {
  it('is the innermost cause of the last error, as slf4j-simple writes it', () => {
    const log = `WARN kafka.server.BrokerServer - careful
ERROR kafka.Kafka$ - Exiting Kafka due to fatal exception
org.apache.kafka.common.KafkaException: Socket server failed to bind to 127.0.0.1:9092: Address already in use.
\tat kafka.network.DataPlaneAcceptor.openServerSocket(SocketServer.scala:500)
Caused by: java.net.BindException: Address already in use
\tat java.base/sun.nio.ch.Net.bind0(Native Method)
`;
    expect(lastError(log)).toBe('Address already in use');
  });

  it('is the exception’s own message where it has no cause, as log4j writes it', () => {
    const log = `[2026-01-01 10:00:00,000] INFO starting (kafka.server.KafkaRaftServer)
[2026-01-01 10:00:00,100] ERROR Exiting Kafka due to fatal exception (kafka.Kafka$)
org.apache.kafka.common.config.ConfigException: Invalid value many for configuration num.io.threads
\tat org.apache.kafka.common.config.ConfigDef.parseType(ConfigDef.java:744)
[2026-01-01 10:00:00,200] INFO bye (kafka.server.KafkaRaftServer)
`;
    expect(lastError(log)).toBe('Invalid value many for configuration num.io.threads');
  });

  it('is the error line itself where no exception follows', () => {
    expect(lastError('ERROR kafka.server.Server - disk is full\nWARN x.Y - later\n')).toBe('disk is full');
  });

  it('is what Java says where it does not get as far as Kafka', () => {
    const log =
      'Error: Could not find or load main class kafka.Kafka\nCaused by: java.lang.ClassNotFoundException: kafka.Kafka\n';
    expect(lastError(log)).toContain('kafka.Kafka');
  });

  it('is the last line where nothing is an error, and says so where there is nothing', () => {
    expect(lastError('one\ntwo\n\n')).toBe('two');
    expect(lastError('')).toBe('it said nothing');
  });
});
