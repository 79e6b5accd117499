/**
 * Floor 2: DL4J layers of our own on ND4J's fast operations.
 *
 * <p>A {@link org.lookalike.nn.EngineLayer} is the configuration that DL4J stores; its {@link
 * org.lookalike.nn.Operator} computes; a {@link org.lookalike.nn.Network} runs the operators of a
 * {@code ComputationGraph} forwards, backwards and in the tangent mode that makes gradient
 * penalties exact without second derivatives. Every operator keeps its buffers, so a training step
 * allocates nothing large.
 */
package org.lookalike.nn;
