/**
 * What somebody says that a bus guarantees, beyond what its record shows. A record alone does not tell whether order was
 * kept or merely held; each of these takes away one reason to doubt it, and nothing of what the record proves.
 */
export const recordClaims = ['repairs-input', 'keeps-send-order'] as const;
export type RecordClaim = (typeof recordClaims)[number];
