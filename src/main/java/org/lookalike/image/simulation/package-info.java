/** Draws microscopy images: the sample images with their masks, and what networks start from. */
package org.lookalike.image.simulation;
