/**
 * Floor 1: from ImageJ's images to the numbers networks train on, and exactly back.
 *
 * <p>An {@link org.lookalike.image.ImageSource} reads pictures, a {@link
 * org.lookalike.image.Dataset} makes training views of them in [-1, 1], and an {@link
 * org.lookalike.image.ImageBuilder} turns such numbers into ImageJ images of the original kind.
 */
package org.lookalike.image;
