/**
 * oneDNN as layers need it: values in oneDNN's own memory layouts, and a few primitives on them.
 *
 * <p>ND4J's own operations turn every tensor into a blocked layout and back, in each call; keeping
 * activations in that layout from layer to layer, with the activation function fused into the
 * convolution, makes a training step about twice as fast. Only float, only on x86-64; elsewhere
 * {@link org.lookalike.nn.onednn.OneDnn#isAvailable()} is false and layers use ND4J.
 *
 * <pre>{@code
 * TensorPool pool = new TensorPool();
 * ConvolutionKernels convolution = new ConvolutionKernels(3, 16, 3, 1, 1, pool);
 * Tensor y = convolution.forward("y", pool.operand(Tensor.of(x)), Tensor.of(weights), Tensor.of(bias), 0.2);
 * INDArray result = pool.plain("result", y);
 * }</pre>
 */
package org.lookalike.nn.onednn;
