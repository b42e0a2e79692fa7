import { describe, expect, it } from 'vitest';
import { redactCommand } from '../../src/cli/redact.js';

describe('the command in a report', () => {
  it('is as it was typed', () => {
    const command = ['run', 'my file.yaml', '--topics', '5', '--fail-on=lost>0', '--nats-user', 'me'];
    expect(redactCommand(command)).toEqual(command);
  });

  it('opens no browser when it is repeated', () => {
    expect(redactCommand(['run', '--open', '--topics', '5'])).toEqual(['run', '--topics', '5']);
  });

  it('has no password and no token', () => {
    expect(redactCommand(['run', '--nats-password', 'hush', '--nats-token=hush', '--nats-user', 'me'])).toEqual([
      'run',
      '--nats-password',
      'REDACTED',
      '--nats-token=REDACTED',
      '--nats-user',
      'me',
    ]);
  });

  it('has no password in a URL', () => {
    const words = redactCommand(['run', '--nats-url', 'nats://me:hush@host:4222', '--nats-url=nats://hush@host:4222']);
    expect(words.join(' ')).not.toContain('hush');
    expect(words.join(' ')).toContain('nats://host:4222');
  });
});
