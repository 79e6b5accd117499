/**
 * Floor 5: the mode collapse lab. Generator and discriminator of {@link org.lookalike.train.Game}
 * play with points of a {@link org.lookalike.lab.Mixture} whose modes are known, so that one can
 * count which of them the generator finds: {@link org.lookalike.lab.LabRun} plays and measures,
 * {@link org.lookalike.lab.LabPicture} and {@link org.lookalike.lab.LabCurves} draw, {@link
 * org.lookalike.lab.LabReport} writes.
 */
package org.lookalike.lab;
