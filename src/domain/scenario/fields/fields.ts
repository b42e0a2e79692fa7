/** All fields of a scenario by name, in the order in which messages list them. */
import { busFields } from './bus-fields.js';
import { gateFields, verdictFields } from './gate-fields.js';
import { kafkaConsumerFields, kafkaGroupFields, kafkaProducerFields } from './kafka-fields.js';
import { runFields } from './run-fields.js';
import { disturbanceFields, fetchFields, rowFields } from './subscription-fields.js';
import { namingFields, workloadFields } from './workload-fields.js';

/** The fields for brokers that speak Kafka; in the resolved scenario they are a part of their own. */
export const kafkaFields = { ...kafkaGroupFields, ...kafkaConsumerFields, ...kafkaProducerFields } as const;

const beforeKafka = { ...namingFields, ...workloadFields, ...rowFields, ...fetchFields } as const;
const afterKafka = { ...disturbanceFields, ...busFields, ...runFields, ...verdictFields, ...gateFields } as const;

/** All fields but Kafka's. */
export const generalFields = { ...beforeKafka, ...afterKafka } as const;

export const fields = { ...beforeKafka, ...kafkaFields, ...afterKafka } as const;

export type ScenarioField = keyof typeof fields;
