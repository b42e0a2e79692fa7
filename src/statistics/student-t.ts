/**
 * Computes quantiles of Student's t distribution ("The probable error of a mean", Biometrika 6, 1908), for which the
 * normal distribution is too narrow while there are few degrees of freedom.
 */
import jstat from 'jstat';

/**
 * @param probability between 0 and 1, both excluded; 0.975 for an interval of 95 %
 * @param degreesOfFreedom more than 0; not a whole number after Welch
 * @throws {RangeError} for values outside these
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`a probability lies between 0 and 1, and this is ${String(probability)}`);
  }
  if (!(degreesOfFreedom > 0)) {
    throw new RangeError(`degrees of freedom are more than 0, and these are ${String(degreesOfFreedom)}`);
  }
  return jstat.jStat.studentt.inv(probability, degreesOfFreedom);
}
