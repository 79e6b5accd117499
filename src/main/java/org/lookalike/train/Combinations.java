package org.lookalike.train;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.image.InputException;

/**
 * The table of combinations without sense: which settings exclude each other, why, and what to use
 * instead.
 */
final class Combinations {
  /** Checked settings, with what they name. */
  private static final class Choice {
    final TrainSettings settings;
    final AdversarialLoss loss;
    final Architecture design;

    Choice(TrainSettings settings, AdversarialLoss loss, Architecture design) {
      this.settings = settings;
      this.loss = loss;
      this.design = design;
    }

    <T> T get(Setting<T> setting) {
      return settings.get(setting);
    }

    boolean is(Setting<String> setting, String value) {
      return get(setting).equals(value);
    }

    boolean penalisesSamples() {
      return get(TrainSettings.R1) > 0 || get(TrainSettings.R2) > 0 || holdsNorm();
    }

    boolean holdsNorm() {
      return loss.normPenalty() != AdversarialLoss.NormPenalty.NONE
          && get(TrainSettings.GP_WEIGHT) > 0;
    }

    boolean comparesImages() {
      return !is(TrainSettings.MINIBATCH, "none") && !is(TrainSettings.MINIBATCH, Setting.AUTO);
    }

    boolean isUnrolled() {
      return get(TrainSettings.UNROLL) > 0;
    }

    boolean isSimultaneous() {
      return is(TrainSettings.UPDATES, TrainSettings.SIMULTANEOUS)
          || is(TrainSettings.UPDATES, TrainSettings.ANNEALING);
    }

    /** Several generators whatever the class. */
    boolean isMixture() {
      return get(TrainSettings.GENERATORS) > 1 && is(TrainSettings.CONDITIONAL, "none");
    }
  }

  /** One row of the table. */
  private static final class Rule {
    final Predicate<Choice> applies;
    final Function<Choice, String> sentence;

    Rule(Predicate<Choice> applies, Function<Choice, String> sentence) {
      this.applies = applies;
      this.sentence = sentence;
    }
  }

  private static Rule refuse(Predicate<Choice> applies, String sentence) {
    return new Rule(applies, choice -> sentence);
  }

  private static final List<Rule> TABLE =
      List.of(
          new Rule(
              c -> new Labels(c.settings).areAltered() && !(c.loss instanceof LabelledLoss),
              c ->
                  String.format(
                      "loss=%s compares images, not labels, so real_label, fake_label,"
                          + " noisy_labels and flip_labels mean nothing to it; leave them, or use"
                          + " loss=non-saturating.",
                      c.loss.name())),
          refuse(
              c ->
                  c.loss instanceof CrossEntropyLoss
                      && (c.get(TrainSettings.REAL_LABEL) > 1
                          || c.get(TrainSettings.FAKE_LABEL) < 0),
              "Labels above 1 or below 0 leave this loss without a least value, so logits grow"
                  + " without end; use real_label and fake_label from 0 to 1, or"
                  + " loss=least-squares."),
          refuse(
              c ->
                  c.get(TrainSettings.NOISY_LABELS)
                      && (c.get(TrainSettings.REAL_LABEL) != 1
                          || c.get(TrainSettings.FAKE_LABEL) != 0),
              "noisy_labels draws labels itself, so real_label and fake_label would not be used;"
                  + " use one or the other."),
          new Rule(
              c -> c.get(TrainSettings.BATCH) % c.get(TrainSettings.PACK) != 0,
              c ->
                  String.format(
                      "pack=%d does not divide batch=%d; use batch=%d.",
                      c.get(TrainSettings.PACK),
                      c.get(TrainSettings.BATCH),
                      Math.max(1, c.get(TrainSettings.BATCH) / c.get(TrainSettings.PACK))
                          * c.get(TrainSettings.PACK))),
          new Rule(
              c ->
                  SettingsResolver.normalisationD(c.settings, c.design) == Normalisation.BATCH
                      && c.penalisesSamples(),
              c ->
                  String.format(
                      "The discriminator's batch normalisation makes gradient penalties for single"
                          + " images meaningless; use normalisation_d=none, or set %s.",
                      c.holdsNorm() ? "another loss" : "r1=0 r2=0")),
          refuse(
              c -> c.loss.clipsWeights() && !c.is(TrainSettings.SPECTRAL_NORMALISATION, "none"),
              "Clipping and spectral normalisation both keep the critic Lipschitz, and a clipped"
                  + " weight is scaled up again; use spectral_normalisation=none, or loss=hinge."),
          refuse(
              c -> c.get(TrainSettings.PACK) > 1 && c.get(TrainSettings.REPLAY_SIZE) > 0,
              "A pack must hold images of one generator to show how varied it is, and replay puts"
                  + " old ones among them; use pack=1 or replay_size=0."),
          refuse(
              c -> c.get(TrainSettings.REPLAY_SIZE) > 0 && c.isMixture(),
              "Replay puts old fakes in the place of new ones, so the classifier of several"
                  + " generators would be told wrong ones; use replay_size=0 or generators=1."),
          refuse(
              c -> c.get(TrainSettings.REPLAY_SIZE) > 0 && !c.is(TrainSettings.CONDITIONAL, "none"),
              "Replay puts old fakes in the place of new ones of another class; use replay_size=0"
                  + " or conditional=none."),
          new Rule(
              c -> c.holdsNorm() && c.comparesImages(),
              c ->
                  String.format(
                      "loss=%s holds the gradient of single images, and minibatch=%s lets D compare"
                          + " them past it; use minibatch=none.",
                      c.loss.name(), c.get(TrainSettings.MINIBATCH))),
          refuse(
              c -> c.get(TrainSettings.PACK) > 1 && c.isMixture(),
              "A pack holds images of several generators, which the classifier could not tell"
                  + " apart; use pack=1 or generators=1."),
          refuse(
              c -> c.isUnrolled() && c.get(TrainSettings.REPLAY_SIZE) > 0,
              "Looking ahead, D would learn from old fakes that G cannot change; use unroll=0 or"
                  + " replay_size=0."),
          refuse(
              c -> c.isSimultaneous() && c.get(TrainSettings.D_STEPS) > 1,
              "Where both networks move at once, D cannot take several steps; use d_steps=1 or"
                  + " updates=alternating."),
          refuse(
              c -> c.isSimultaneous() && c.get(TrainSettings.REPLAY_SIZE) > 0,
              "Where both networks move at once, G learns from the fakes D sees, and cannot change"
                  + " old ones; use replay_size=0 or updates=alternating."),
          refuse(
              c ->
                  c.isSimultaneous()
                      && (c.isUnrolled() || c.get(TrainSettings.FEATURE_MATCHING) > 0),
              "Unrolling and feature matching need passes of their own before G moves; use unroll=0"
                  + " and feature_matching=0, or updates=alternating."),
          refuse(
              c ->
                  c.isUnrolled()
                      && (c.holdsNorm()
                          || c.loss.clipsWeights()
                          || new Labels(c.settings).areAltered()),
              "Looking ahead, D takes steps by its loss alone, without the norm penalty, the"
                  + " clipping or the altered labels that it is trained with; use unroll=0, or"
                  + " loss=non-saturating with plain labels."),
          refuse(
              c -> c.isUnrolled() && c.get(TrainSettings.FEATURE_MATCHING) > 0,
              "Unrolling and feature matching each replace G's aim; use unroll=0 or"
                  + " feature_matching=0."),
          refuse(
              c -> c.isUnrolled() && c.isMixture(),
              "Unrolling looks ahead at D's loss, not at the generators' classifier; use unroll=0"
                  + " or generators=1."),
          refuse(
              c ->
                  c.isUnrolled()
                      && c.get(TrainSettings.UNROLL_SECOND_ORDER)
                      && !(c.design.hasCurvature() && hasPlainDiscriminator(c)),
              "The second-order term of unrolling needs a discriminator of dense and piecewise"
                  + " linear layers alone, as in the mode collapse lab without further options; use"
                  + " unroll_second_order=false."),
          refuse(
              c -> c.get(TrainSettings.PIXEL_LOSS) > 0 && !c.is(TrainSettings.CONDITIONAL, "none"),
              "The pixel loss ties latents to images without regard to classes; use pixel_loss=0"
                  + " or conditional=none."));

  private static boolean hasPlainDiscriminator(Choice c) {
    return c.get(TrainSettings.DROPOUT) == 0
        && c.is(TrainSettings.SPECTRAL_NORMALISATION, "none")
        && c.is(TrainSettings.CONDITIONAL, "none")
        && (c.is(TrainSettings.MINIBATCH, "none") || c.is(TrainSettings.MINIBATCH, "auto"));
  }

  private Combinations() {}

  /**
   * @param settings without auto
   * @throws InputException with the sentence of the first row that applies
   */
  static void check(TrainSettings settings, AdversarialLoss loss, Architecture design) {
    Choice choice = new Choice(settings, loss, design);
    for (Rule rule : TABLE) {
      if (rule.applies.test(choice)) throw new InputException(rule.sentence.apply(choice));
    }
  }

  /**
   * Whether {@link #check} lets them pass.
   *
   * @param settings without auto
   */
  static boolean allow(TrainSettings settings, AdversarialLoss loss, Architecture design) {
    Choice choice = new Choice(settings, loss, design);
    return TABLE.stream().noneMatch(rule -> rule.applies.test(choice));
  }

  /**
   * @param classes of the images
   * @throws InputException if they do not suit conditional networks
   */
  static void checkClasses(TrainSettings settings, int classes) {
    if (classes < 2) {
      throw new InputException(
          String.format(
              "conditional=%s needs images of at least two classes, in a folder for each; use"
                  + " conditional=none.",
              settings.get(TrainSettings.CONDITIONAL)));
    }
    int generators = settings.get(TrainSettings.GENERATORS);
    if (generators == 1 || generators == classes) return;
    throw new InputException(
        String.format(
            "generators=%d does not fit %d classes; use generators=%d for one a class, or 1 for all.",
            generators, classes, classes));
  }
}
