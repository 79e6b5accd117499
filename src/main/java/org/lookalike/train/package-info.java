/**
 * Floor 4: the game between generator and discriminator.
 *
 * <p>{@link org.lookalike.train.Training} is the job: settings and images in, a run folder out. It
 * drives a {@link org.lookalike.train.Game}, whose steps know losses and penalties, and tells
 * {@link org.lookalike.train.TrainingListener}s what happens.
 */
package org.lookalike.train;
