/** All fields of a scenario by name, in the order in which they are told to a user who asks which there are. */
import { busFields } from './bus-fields.js';
import { gateFields, verdictFields } from './gate-fields.js';
import { kafkaConsumerFields, kafkaGroupFields, kafkaProducerFields } from './kafka-fields.js';
import { runFields } from './run-fields.js';
import { disturbanceFields, fetchFields, rowFields } from './subscription-fields.js';
import { namingFields, workloadFields } from './workload-fields.js';

/** What a scenario says of the brokers that speak Kafka; once resolved, its settings are a part of their own. */
export const kafkaFields = { ...kafkaGroupFields, ...kafkaConsumerFields, ...kafkaProducerFields } as const;

const toldBeforeKafka = { ...namingFields, ...workloadFields, ...rowFields, ...fetchFields } as const;
const toldAfterKafka = { ...disturbanceFields, ...busFields, ...runFields, ...verdictFields, ...gateFields } as const;

/** All fields but Kafka's. */
export const generalFields = { ...toldBeforeKafka, ...toldAfterKafka } as const;

export const fields = { ...toldBeforeKafka, ...kafkaFields, ...toldAfterKafka } as const;

export type ScenarioField = keyof typeof fields;
