/**
 * Floor 4: how good, how varied and how new synthetic images are, in numbers.
 *
 * <p>Measures compare {@link org.lookalike.metrics.FeatureSet}s, one row an image, or images
 * themselves. Each is defined in its paper's own terms; {@link org.lookalike.metrics.Floor} says
 * what it would be for reals against reals. All use every core and give the same number for the
 * same seed.
 *
 * <pre>{@code
 * FeatureSet reals = FeatureSet.of(new float[] {0, 1}, new float[] {1, 0}, new float[] {1, 1});
 * FeatureSet synthetics = FeatureSet.of(new float[] {0, 2}, new float[] {2, 0}, new float[] {2, 1});
 * double fid = FrechetDistance.between(reals, synthetics);
 * Estimate kid = KernelDistance.of(reals, synthetics, 1);
 * double different = VendiScore.of(synthetics);
 * }</pre>
 */
package org.lookalike.metrics;
