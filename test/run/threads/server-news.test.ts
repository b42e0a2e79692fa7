import { describe, expect, it } from 'vitest';
import { BrokerError } from '../../../src/domain/errors.js';
import { ServerNews } from '../../../src/run/threads/server-news.js';

const error = new BrokerError('it was killed', 'start it again');

describe('ServerNews', () => {
  it('tells who listens, and who begins to listen later, and nobody who has ended', async () => {
    let fail: (error: BrokerError) => void = () => {};
    const news = new ServerNews(new Promise((resolve) => (fail = resolve)));
    const heard: string[] = [];
    news.listen(() => heard.push('first'));
    news.listen(() => heard.push('ended'))();
    fail(error);
    expect(await news.within(60_000)).toBe(error);
    news.listen(() => heard.push('later'));
    expect(heard).toEqual(['first', 'later']);
  });

  it('has no news where the server goes on', async () => {
    expect(await new ServerNews(new Promise(() => {})).within(1)).toBeNull();
  });
});
