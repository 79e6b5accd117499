/**
 * Speed against libtorch on the same networks, weights, batch and threads, in the same run.
 *
 * <pre>{@code
 * mvn -q -Pbenchmark compile exec:java -Dexec.args="--quick"
 * }</pre>
 */
package org.lookalike.benchmark;
