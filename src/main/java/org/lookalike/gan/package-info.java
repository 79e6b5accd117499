/**
 * Floor 3: what a GAN is made of.
 *
 * <p>{@link org.lookalike.gan.Architecture}s design the two networks, a {@link
 * org.lookalike.gan.Gan} holds them with the generator's running average, and a {@link
 * org.lookalike.gan.GanModel} is what is kept of it: a file that generates images.
 */
package org.lookalike.gan;
