/** The everyday ways in which a bus loses order, each with the causes that a run of it names. */
export interface Mechanism {
  readonly command: string;
  readonly causes: readonly string[];
  /** Causes that are at work too, and show in some runs. */
  readonly beside?: readonly string[];
}

export const everydayMechanisms: readonly Mechanism[] = [
  { command: '--mode single --disturb workers:5@50% --handler-time 0-5ms', causes: ['pool-resize'] },
  {
    command:
      '--mode single --workers 4 --handler-time 10ms --ack-wait 1s --max-ack-pending 10000 --topics 1 --aggregates 20 --versions 50',
    causes: ['prefetch-aging'],
  },
  {
    command: '--mode single --versions 30 --handler-fail 10% --handler-failure throw --max-deliver 2 --ack-wait 500ms',
    causes: ['failure-unanswered', 'max-deliver-skip'],
  },
  { command: '--mode single --max-deliver 1 --disturb crash:300ms@50%', causes: ['max-deliver-skip'] },
  {
    command: '--mode multi/shared --max-deliver 1 --disturb crash:300ms@50%',
    causes: ['shared-durable', 'max-deliver-skip'],
  },
  { command: '--mode single --handler-fail 2%', causes: ['nak-behind-batch'] },
  { command: '--mode single --handler-fail 2% --handler-failure timeout', causes: ['nak-behind-batch'] },
  { command: '--mode single --handler-fail 2% --handler-failure throw', causes: ['failure-unanswered'] },
  { command: '--mode single --ack-wait 2s --disturb crash:300ms@50%', causes: ['crash-redelivery'] },
  { command: '--mode single --ack never', causes: ['missing-ack'] },
  {
    command: '--mode single --overflow reject --queue-size 4 --workers 4 --lane-size 1',
    causes: ['overflow-reject'],
  },
  {
    command:
      '--broker sim:kafka --mode single --overflow reject --ack never --queue-size 50 --handler-time 5ms --workers 4',
    causes: ['overflow-reject'],
  },
  {
    command: '--mode single --overflow inline --queue-size 4 --workers 4 --lane-size 1 --handler-time 0-5ms',
    causes: ['overflow-fallback'],
  },
  { command: '--mode single --strategy actor --handler-fail 5%', causes: ['give-back', 'nak-behind-batch'] },
  {
    command:
      '--mode multi/per-topic --topic-choice spread --order-scope aggregate --strategy pool-per-topic --workers 8 --handler-time 0-5ms --versions 50',
    causes: ['aggregate-across-topics'],
  },
  { command: '--broker sim:kafka --mode single --key none --aggregates 60 --versions 4', causes: ['missing-key'] },
  {
    command: '--broker sim:kafka --mode single --key none --aggregates 60 --versions 4 --publishers-per-aggregate 2',
    causes: ['missing-key'],
    beside: ['concurrent-publishers'],
  },
  {
    command:
      '--broker sim:kafka --mode single --publishers-per-aggregate 2 --publish async:5 --rate 2000 --disturb refuse:300ms@30%',
    causes: ['concurrent-publishers', 'publish-retry'],
  },
  {
    command: '--broker sim:kafka --mode single --handler-fail 2% --rate 500 --disturb join@50%',
    causes: ['offset-replay', 'rebalance-replay'],
    beside: ['rebalance-overlap'],
  },
  {
    command: '--broker sim:kafka --mode single --handler-fail 2% --handler-failure runs-on --versions 30',
    causes: ['offset-replay', 'timeout-zombie'],
  },
  {
    command: '--broker sim:kafka --mode single --commit manual --disturb restart:500ms@50%',
    causes: ['reconnect-redelivery'],
    beside: ['publish-retry-duplicate'],
  },
  {
    command: '--broker sim:kafka --mode single --publish async:20 --produce-batch 2000 --send-order client',
    causes: ['client-overtakes'],
  },
  { command: '--mode single --ack on-delivery --handler-fail 2%', causes: ['ack-before-handling'] },
  { command: '--mode single --handler-fail 2% --handler-failure ack', causes: ['ack-without-success'] },
  {
    command: '--broker sim:kafka --mode single --handler-fail 2% --handler-failure ack',
    causes: ['ack-without-success'],
  },
  {
    command:
      '--broker sim:kafka --mode single --members 2 --consume each-message --topics 1 --aggregates 8 --versions 5 --handler-time 900ms --session-timeout 500ms --heartbeat-interval 100ms',
    causes: ['session-shorter-than-handler'],
  },
  { command: '--mode single --message-id aggregate', causes: ['dedupe-window'] },
  { command: '--mode single --publish pool:4', causes: ['version-before-send'] },
  { command: '--broker sim:kafka --mode single --publish pool:4', causes: ['version-before-send'] },
  {
    command: '--mode single --publish pool:4 --publishers-per-aggregate 2',
    causes: ['version-before-send', 'concurrent-publishers'],
  },
  {
    command:
      '--broker sim:kafka --mode single --topics 2 --aggregates 20 --versions 40 --rate 1000 --partitions 4 --partitions-concurrently 4 --handler-time 30-80ms --handler-fail 3% --handler-failure ack --session-timeout 6s --heartbeat-interval 300ms --disturb join@30%,join@60%',
    causes: ['ack-without-success', 'rebalance-overlap'],
    beside: ['rebalance-replay'],
  },
  {
    command: '--broker sim:kafka --mode single --handler-fail 2% --handler-failure skip',
    causes: ['commit-past-failure'],
  },
  {
    command: '--broker sim:kafka --mode single --strategy partition-serial --handler-fail 2% --handler-failure skip',
    causes: ['commit-past-failure'],
  },
  { command: '--mode single --publishers-per-aggregate 2', causes: ['concurrent-publishers'] },
  { command: '--mode single --members 2', causes: ['competing-pullers'] },
  { command: '--mode multi/per-topic --members 3', causes: ['competing-pullers'] },
  {
    command: '--mode multi/per-topic --topics 2 --members 2 --strategy retry-in-place --handler-fail 2%',
    causes: ['competing-pullers'],
  },
  { command: '--mode multi/shared --topics 2 --members 2', causes: ['shared-durable', 'competing-pullers'] },
  { command: '--mode single --members 2 --handler-fail 2%', causes: ['competing-pullers', 'nak-behind-batch'] },
  {
    command: '--mode single --members 2 --ack-wait 2s --disturb crash:300ms@50%',
    causes: ['competing-pullers', 'crash-redelivery'],
  },
  { command: '--mode single --members 2 --strategy unkeyed-pool', causes: ['competing-pullers', 'unkeyed-pool'] },
  { command: '--mode multi/shared --handler-fail 2%', causes: ['shared-durable', 'nak-behind-batch'] },
  { command: '--mode multi/shared --strategy unkeyed-pool', causes: ['shared-durable', 'unkeyed-pool'] },
  { command: '--mode single --strategy unawaited-pool', causes: ['unawaited-handler'] },
  {
    command:
      '--mode single --strategy unawaited-pool --topics 2 --aggregates 4 --versions 50 --handler-time 5-20ms --perturb 0-20ms',
    causes: ['unawaited-handler'],
  },
  {
    command:
      '--mode single --strategy max-ack-pending-1 --perturb 0-20ms --ack-wait 30ms --versions 20 --aggregates 10',
    causes: ['prefetch-aging'],
    beside: ['ack-wait-expiry'],
  },
  { command: '--mode single --strategy retry-at-tail --handler-fail 2%', causes: ['retry-at-tail'] },
  { command: '--broker sim:kafka --mode single --strategy retry-at-tail --handler-fail 2%', causes: ['retry-at-tail'] },
  {
    command: '--mode single --members 2 --strategy retry-at-tail --handler-fail 5%',
    causes: ['competing-pullers', 'retry-at-tail'],
  },
  { command: '--broker sim:kafka --mode single --strategy unawaited-pool', causes: ['unawaited-handler'] },
  {
    command: '--mode single --strategy unawaited-pool --handler-fail 2%',
    causes: ['unawaited-handler', 'nak-behind-batch'],
  },
];
