package org.lookalike.train;

import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.image.InputException;

/** Replaces auto by values and refuses combinations without sense. */
final class SettingsResolver {
  /** gamma = 0.0002 size² / batch: what worked at 64 px and batch 16, scaled as in Karras 2020. */
  private static final double GAMMA = 0.0002;

  private SettingsResolver() {}

  /**
   * @throws InputException if settings exclude each other
   */
  static TrainSettings resolve(TrainSettings s) {
    AdversarialLoss loss = AdversarialLosses.named(s.get(TrainSettings.LOSS));
    Architecture design = Architectures.named(s.get(TrainSettings.ARCHITECTURE));
    int size = s.get(TrainSettings.SIZE);
    int batch = s.get(TrainSettings.BATCH);
    boolean batchNorm = design.discriminatorHasBatchNormalisation();
    double gamma =
        loss.zeroCentredPenaltiesByDefault() && !batchNorm ? GAMMA * size * size / batch : 0;
    TrainSettings r = s;
    if (r.get(TrainSettings.R1) == null) r = r.with(TrainSettings.R1, gamma);
    if (r.get(TrainSettings.R2) == null) r = r.with(TrainSettings.R2, gamma);
    if (r.get(TrainSettings.D_STEPS) == null) {
      r = r.with(TrainSettings.D_STEPS, loss.defaultDiscriminatorSteps());
    }
    if (r.get(TrainSettings.WIDTH) == null) {
      r = r.with(TrainSettings.WIDTH, design.defaultWidth());
    }
    if (r.get(TrainSettings.LATENT) == null) {
      r = r.with(TrainSettings.LATENT, design.defaultLatent());
    }
    if (batchNorm) refusePenaltiesPerSample(r, loss, design);
    refuseLabelsWithoutUse(r, loss);
    refuseOddPacks(r);
    return r;
  }

  private static void refuseLabelsWithoutUse(TrainSettings s, AdversarialLoss loss) {
    if (!new Labels(s).areAltered() || loss instanceof LabelledLoss) return;
    throw new InputException(
        String.format(
            "loss=%s compares images, not labels, so real_label, fake_label, noisy_labels and"
                + " flip_labels mean nothing to it; leave them, or use loss=non-saturating.",
            loss.name()));
  }

  private static void refuseOddPacks(TrainSettings s) {
    int batch = s.get(TrainSettings.BATCH);
    int pack = s.get(TrainSettings.PACK);
    if (batch % pack == 0) return;
    throw new InputException(
        String.format(
            "pack=%d does not divide batch=%d; use batch=%d.",
            pack, batch, Math.max(1, batch / pack) * pack));
  }

  private static void refusePenaltiesPerSample(
      TrainSettings s, AdversarialLoss loss, Architecture design) {
    boolean zeroCentred = s.get(TrainSettings.R1) > 0 || s.get(TrainSettings.R2) > 0;
    boolean interpolated =
        loss.normPenalty() != AdversarialLoss.NormPenalty.NONE
            && s.get(TrainSettings.GP_WEIGHT) > 0;
    if (!zeroCentred && !interpolated) return;
    throw new InputException(
        String.format(
            "architecture=%s has batch normalisation in the discriminator, which makes gradient"
                + " penalties for single images meaningless; use architecture=light, or set %s.",
            design.name(), interpolated ? "another loss" : "r1=0 r2=0"));
  }
}
