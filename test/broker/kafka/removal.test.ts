import kafkajs from 'kafkajs';
import type { Admin } from 'kafkajs';
import { expect, it } from 'vitest';
import { removeGroups } from '../../../src/broker/kafka/removal.js';

it('names the group that still has members, and not one that is gone already', async () => {
  const groups = [
    { groupId: 'gone', errorCode: 69, error: new Error('gone is not there') },
    { groupId: 'busy', errorCode: 68, error: new Error('busy has members') },
  ];
  const refusal = Object.assign(Object.create(kafkajs.KafkaJSDeleteGroupsError.prototype) as Error, { groups });
  const admin = { deleteGroups: () => Promise.reject(refusal) } as unknown as Admin;
  await expect(removeGroups(admin, ['gone', 'busy'], -60_000)).rejects.toThrow('busy has members');
});
