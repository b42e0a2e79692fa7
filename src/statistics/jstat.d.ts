/** Types for the part of `jstat` that is used; the package comes without types. Probabilities lie between 0 and 1. */
declare module 'jstat' {
  interface Distribution<Parameters extends readonly number[]> {
    /** The value below which lies a share of `probability`. */
    inv(probability: number, ...parameters: Parameters): number;
  }
  const jStat: {
    readonly jStat: {
      readonly normal: Distribution<[mean: number, standardDeviation: number]>;
      readonly studentt: Distribution<[degreesOfFreedom: number]>;
    };
  };
  export default jStat;
}
