/** What is no disturbance: the kind, its argument or its place is wrong, or the broker cannot be made to do it. */
import { ofArguments, type BadInput } from './bad-input.js';

const share = 'allowed: behind @ a share from 0% to 100%, or from 0 to 1';

export const badDisturbances: readonly BadInput[] = ofArguments(
  ['run', '--disturb'],
  [
    [['crash:abc@50%'], '"abc" is no duration for it; allowed: behind crash: a duration', '--disturb crash:300ms@50%'],
    [['stall:2@50%'], '"2" is no duration for it; allowed: behind stall: a duration', '--disturb stall:2s@50%'],
    [['stall@50%'], 'it does not say for how long; allowed: behind stall:', '--disturb stall:2s@50%'],
    [['crash'], 'it does not say for how long', '--disturb crash:300ms@50%'],
    [['join:3@50%'], '":3" is more than join takes', '--disturb join@50%'],
    [['workers:0@50%'], '"0" is no number of workers; allowed: behind workers:', '--disturb workers:5@50%'],
    [['join@'], 'it does not say when it comes', '--disturb join@50%'],
    [['crash:300ms@150%'], `"150%" is no share of the events; ${share}`, '--disturb crash:300ms@50%'],
    [['crash:300ms@30'], `"30" is no share of the events; ${share}`, '--disturb crash:300ms@30%'],
    [['stall:2s@-5%'], '"-5%" is no share of the events', '--disturb stall:2s@50%'],
    [['@50%'], 'it does not say what is done; allowed: join, leave', '--disturb join@50%'],
    [['jion@50%'], 'there is no disturbance "jion"; allowed: join, leave', '--disturb join@50%'],
    [['STALL:2s@50%'], 'there is no disturbance "STALL"', '--disturb stall:2s@50%'],
    [['stall 2s 50%'], 'there is no disturbance "stall 2s 50%"', '--disturb'],
    [[''], '--disturb is empty', '--disturb join@50%'],
    [['crash:1s@5%,,crash:1s@6%'], '--disturb has an empty item', '--disturb join@50%'],
    [['join@50%'], '--disturb has join, which is for Kafka', '--broker sim:kafka'],
  ],
);
