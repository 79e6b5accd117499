package org.lookalike.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.NetworkOptions;
import org.lookalike.gan.NetworkOptions.Conditional;
import org.lookalike.gan.NetworkOptions.Downsampling;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.gan.NetworkOptions.Output;
import org.lookalike.gan.NetworkOptions.Refinement;
import org.lookalike.gan.NetworkOptions.Spectral;
import org.lookalike.gan.NetworkOptions.Upsampling;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.Choice;
import org.lookalike.image.DatasetInfo;

/** Replaces auto by values and refuses combinations without sense. */
final class SettingsResolver {
  /**
   * gamma = 0.0036 variance / batch. A slope of D times the distance of two images is what it holds
   * them apart by, so a penalty on the slope's square is the same game on all data where it grows
   * with the square of distances. On nuclei of 64 px this is the 0.0002 size² / batch of Karras
   * 2020.
   */
  private static final double GAMMA = 0.0036;

  /** Variance per pixel where there are no images to take it from; that of nuclei. */
  private static final double USUAL_VARIANCE = 0.0002 / GAMMA;

  private static final MathContext READABLE = new MathContext(3);

  /**
   * Whole images below which D is shown augmented ones: it had learnt 82 X-rays by heart, and 780
   * blood cells came out better, too (docs/recipe.md).
   */
  private static final int FEW = 1000;

  /**
   * Images that patches are cut from, from which on D need not compare them to the end: with 45 and
   * 90 they come out as well or better, with 14 worse (docs/recipe.md).
   */
  private static final int MANY_FIELDS = 45;

  /** Probability of an augmentation nobody asked for. */
  private static final double EVERY_SECOND = 0.5;

  /**
   * Against images that run away, which are one in a hundred; other images lose next to nothing.
   */
  private static final double RANGE_WEIGHT = 0.05;

  /** D has compared images at least until here when it stops; less loses kinds of them. */
  private static final double LAST_PART = 0.5;

  /** A step of gradient descent is to do about what one of Adam's does. */
  private static final double DESCENT = 10;

  /** What networks are made of where settings leave it to the architecture and the images. */
  private static final List<Setting<String>> NETWORKS =
      List.of(
          TrainSettings.NORMALISATION_G,
          TrainSettings.NORMALISATION_D,
          TrainSettings.UPSAMPLING,
          TrainSettings.DOWNSAMPLING,
          TrainSettings.NOISE,
          TrainSettings.SKIP_Z,
          TrainSettings.REFINE,
          TrainSettings.LAST_ACTIVATION);

  private SettingsResolver() {}

  /**
   * @throws org.lookalike.image.InputException if settings exclude each other
   */
  static TrainSettings resolve(TrainSettings s) {
    return resolve(s, Architectures.named(s.get(TrainSettings.ARCHITECTURE)));
  }

  /**
   * @param design of the networks, in the place of the setting {@code architecture}
   * @throws org.lookalike.image.InputException if settings exclude each other
   */
  static TrainSettings resolve(TrainSettings s, Architecture design) {
    AdversarialLoss loss = AdversarialLosses.named(s.get(TrainSettings.LOSS));
    int size = s.get(TrainSettings.SIZE);
    TrainSettings r = penalise(s, design, USUAL_VARIANCE * size * size);
    if (r.get(TrainSettings.D_STEPS) == null) {
      r = r.with(TrainSettings.D_STEPS, loss.defaultDiscriminatorSteps());
    }
    if (r.get(TrainSettings.WIDTH) == null) {
      r = r.with(TrainSettings.WIDTH, design.defaultWidth());
    }
    if (r.get(TrainSettings.LATENT) == null) {
      r = r.with(TrainSettings.LATENT, design.defaultLatent());
    }
    r = planned(r, design, design.usualOptions(false));
    if (r.get(TrainSettings.RANGE_WEIGHT) == null) {
      boolean linear = r.get(TrainSettings.LAST_ACTIVATION).equals(Output.LINEAR.label());
      r = r.with(TrainSettings.RANGE_WEIGHT, linear ? RANGE_WEIGHT : 0);
    }
    r = closed(r, TrainSettings.AUGMENT, Augmentation.NONE);
    r = closed(r, TrainSettings.UPDATES, TrainSettings.ALTERNATING);
    r = closed(r, TrainSettings.MINIBATCH_UNTIL, TrainSettings.END);
    if (r.get(TrainSettings.UNROLL_RATE) == null) {
      double rate = DESCENT * r.get(TrainSettings.LEARNING_RATE_D);
      r = r.with(TrainSettings.UNROLL_RATE, Math.max(1e-9, Math.min(10, rate)));
    }
    Combinations.check(r, loss, design);
    return r;
  }

  /**
   * The same, knowing the images.
   *
   * @param variance of {@link org.lookalike.image.Dataset#variance()}
   */
  static TrainSettings resolve(TrainSettings given, DatasetInfo images, double variance) {
    Architecture design = Architectures.named(given.get(TrainSettings.ARCHITECTURE));
    // Equal images have no variance, and then any penalty will do.
    TrainSettings r = variance > 0 ? penalise(given, design, variance) : given;
    r = planned(r, design, design.usualOptions(images.isDark()));
    if (isOpen(given.get(TrainSettings.AUGMENT)) && canBeMemorised(images)) {
      // Brightness and contrast ruin backgrounds that are all of one value.
      String policy = images.isDark() ? "translation" : "color-translation";
      r = r.with(TrainSettings.AUGMENT, policy);
      if (r.get(TrainSettings.AUGMENT_P) == null) r = r.with(TrainSettings.AUGMENT_P, EVERY_SECOND);
    }
    r = resolve(r, design);
    boolean stopsComparing = whyCompared(r).isEmpty() && areMany(images);
    if (isOpen(given.get(TrainSettings.MINIBATCH_UNTIL)) && compares(r) && stopsComparing) {
      r = r.with(TrainSettings.MINIBATCH_UNTIL, TrainSettings.ANNEALING);
    }
    return isOpen(given.get(TrainSettings.UPDATES)) ? atOnce(r, images, design) : r;
  }

  /**
   * Both networks move at once where they may, since a pass of D then serves both, with penalties
   * with which the game comes to rest that way, too (Mescheder et al. 2018): where D judges each
   * image by itself, and with patches of many fields also while it compares them. Blood cells,
   * whole and fewer, came out worse so (docs/recipe.md).
   */
  private static TrainSettings atOnce(
      TrainSettings inTurns, DatasetInfo images, Architecture design) {
    if (!isHeld(inTurns) || comparesToTheEnd(inTurns)) return inTurns;
    boolean always = !compares(inTurns) || images.patches() && areMany(images);
    String when = always ? TrainSettings.SIMULTANEOUS : TrainSettings.ANNEALING;
    TrainSettings atOnce = inTurns.with(TrainSettings.UPDATES, when);
    AdversarialLoss loss = AdversarialLosses.named(inTurns.get(TrainSettings.LOSS));
    return Combinations.allow(atOnce, loss, design) ? atOnce : inTurns;
  }

  /**
   * Whether R1 and R2 keep D's slopes small, with the loss that is made for them.
   *
   * @param s without auto
   */
  private static boolean isHeld(TrainSettings s) {
    AdversarialLoss loss = AdversarialLosses.named(s.get(TrainSettings.LOSS));
    return loss.zeroCentredPenaltiesByDefault()
        && s.get(TrainSettings.R1) > 0
        && s.get(TrainSettings.R2) > 0;
  }

  /**
   * Why D is to compare images to the end, whatever they are; empty where it may judge each by
   * itself in the last part of a training, where rates fall.
   */
  private static String whyCompared(TrainSettings s) {
    if (!isHeld(s)) return "as r1 and r2 do not hold D";
    double from = s.get(TrainSettings.ANNEAL_FROM);
    boolean fallLate = from >= LAST_PART && from < 1 && s.get(TrainSettings.ANNEAL_TO) < 1;
    return fallLate ? "" : "as learning rates do not fall in the last half only";
  }

  private static boolean comparesToTheEnd(TrainSettings s) {
    return compares(s) && s.get(TrainSettings.MINIBATCH_UNTIL).equals(TrainSettings.END);
  }

  private static boolean compares(TrainSettings s) {
    return !s.get(TrainSettings.MINIBATCH).equals(Minibatch.NONE.label());
  }

  /** Whole images, seen hundreds of times each; patches differ. */
  private static boolean canBeMemorised(DatasetInfo images) {
    return !images.patches() && toLearn(images) < FEW;
  }

  /** Enough for a D that judges each image by itself not to know them by heart. */
  private static boolean areMany(DatasetInfo images) {
    return toLearn(images) >= (images.patches() ? MANY_FIELDS : FEW);
  }

  /** Images that are trained on. */
  private static int toLearn(DatasetInfo images) {
    return images.imageCount() - images.heldOut().length;
  }

  /** With what new networks are to be where settings leave it open. */
  private static TrainSettings planned(TrainSettings s, Architecture design, NetworkOptions usual) {
    TrainSettings r = s;
    if (!mayCompare(r)) r = closed(r, TrainSettings.MINIBATCH, Minibatch.NONE.label());
    return designed(r, design, usual);
  }

  /** A penalty of single images' gradients does not see what D learns by comparing images. */
  static boolean mayCompare(TrainSettings s) {
    AdversarialLoss loss = AdversarialLosses.named(s.get(TrainSettings.LOSS));
    return loss.normPenalty() == AdversarialLoss.NormPenalty.NONE;
  }

  /** With the networks' options where settings leave them open. */
  static TrainSettings designed(TrainSettings s, Architecture design, NetworkOptions given) {
    NetworkOptions usual = design.complete(given);
    TrainSettings r = closed(s, TrainSettings.NOISE, Choice.of(usual.hasNoise()).label());
    r = closed(r, TrainSettings.SKIP_Z, Choice.of(usual.hasLatentSkips()).label());
    r = closed(r, TrainSettings.REFINE, usual.refinement().label());
    r = closed(r, TrainSettings.LAST_ACTIVATION, usual.output().label());
    r = closed(r, TrainSettings.UPSAMPLING, usual.upsampling().label());
    r = closed(r, TrainSettings.DOWNSAMPLING, usual.downsampling().label());
    r = closed(r, TrainSettings.NORMALISATION_G, usual.normalisationG(null).label());
    r = closed(r, TrainSettings.NORMALISATION_D, usual.normalisationD(null).label());
    return closed(r, TrainSettings.MINIBATCH, usual.minibatch(null).label());
  }

  /** With the value, if the setting was left open. */
  private static TrainSettings closed(TrainSettings s, Setting<String> setting, String value) {
    return isOpen(s.get(setting)) ? s.with(setting, value) : s;
  }

  /** Penalties where the loss wants some and none were given. */
  private static TrainSettings penalise(TrainSettings s, Architecture design, double variance) {
    AdversarialLoss loss = AdversarialLosses.named(s.get(TrainSettings.LOSS));
    boolean penalises =
        loss.zeroCentredPenaltiesByDefault() && normalisationD(s, design) != Normalisation.BATCH;
    double exact = penalises ? GAMMA * variance / s.get(TrainSettings.BATCH) : 0;
    double gamma = new BigDecimal(exact).round(READABLE).doubleValue();
    TrainSettings r = s;
    if (r.get(TrainSettings.R1) == null) r = r.with(TrainSettings.R1, gamma);
    if (r.get(TrainSettings.R2) == null) r = r.with(TrainSettings.R2, gamma);
    return r;
  }

  /**
   * Says which settings were left open, what they became and after what.
   *
   * @param resolved what the methods above made of {@code given}
   */
  static String describe(TrainSettings given, TrainSettings resolved, DatasetInfo dataset) {
    String images =
        String.format("for images %s a dark background", dataset.isDark() ? "with" : "without");
    String design = "as " + resolved.get(TrainSettings.ARCHITECTURE) + " has it";
    String loss = "as the loss " + resolved.get(TrainSettings.LOSS) + " has it";
    List<Setting<?>> ofDesign = new ArrayList<>();
    List<Setting<?>> ofImages = new ArrayList<>();
    List<Setting<?>> ofLoss = new ArrayList<>();
    ofDesign.add(TrainSettings.WIDTH);
    ofDesign.add(TrainSettings.LATENT);
    for (Setting<String> setting : NETWORKS) {
      (followsImages(setting, resolved) ? ofImages : ofDesign).add(setting);
    }
    (mayCompare(resolved) ? ofDesign : ofLoss).add(TrainSettings.MINIBATCH);
    ofLoss.add(TrainSettings.D_STEPS);
    List<String> parts = new ArrayList<>();
    say(parts, given, resolved, design, ofDesign);
    say(parts, given, resolved, images, ofImages);
    String number =
        String.format(
            dataset.patches() ? "for patches of %d image%s" : "for %d whole image%s",
            toLearn(dataset),
            toLearn(dataset) == 1 ? "" : "s");
    List<Setting<?>> ofNumber = new ArrayList<>();
    ofNumber.add(TrainSettings.AUGMENT);
    ofNumber.add(TrainSettings.AUGMENT_P);
    String compared = whyCompared(resolved);
    if (compares(resolved) && compared.isEmpty()) ofNumber.add(TrainSettings.MINIBATCH_UNTIL);
    say(parts, given, resolved, number, ofNumber);
    if (compares(resolved) && !compared.isEmpty()) {
      say(parts, given, resolved, compared, List.of(TrainSettings.MINIBATCH_UNTIL));
    }
    boolean penalised =
        resolved.get(TrainSettings.R1) > 0 && given.get(TrainSettings.R1) == null
            || resolved.get(TrainSettings.R2) > 0 && given.get(TrainSettings.R2) == null;
    if (penalised) {
      String gamma = String.format(Locale.ROOT, "%.4f of the images' variance / batch", GAMMA);
      say(parts, given, resolved, gamma, List.of(TrainSettings.R1, TrainSettings.R2));
    } else {
      ofLoss.addAll(List.of(TrainSettings.R1, TrainSettings.R2));
    }
    String why = whyUpdates(resolved);
    if (why.isEmpty()) ofLoss.add(TrainSettings.UPDATES);
    else say(parts, given, resolved, why, List.of(TrainSettings.UPDATES));
    say(parts, given, resolved, loss, ofLoss);
    if (resolved.get(TrainSettings.RANGE_WEIGHT) > 0) {
      String linear = "for a linear last activation";
      say(parts, given, resolved, linear, List.of(TrainSettings.RANGE_WEIGHT));
    }
    if (parts.isEmpty()) return "All settings of the game were given.";
    return "Chosen, and yours to override: " + String.join("; ", parts) + ".";
  }

  /** Why networks move at once or in turns; empty where that follows the loss. */
  private static String whyUpdates(TrainSettings resolved) {
    AdversarialLoss loss = AdversarialLosses.named(resolved.get(TrainSettings.LOSS));
    if (!loss.zeroCentredPenaltiesByDefault()) return "";
    if (!isHeld(resolved)) return "as r1 and r2 do not hold D";
    if (comparesToTheEnd(resolved)) return "as D compares images to the end";
    switch (resolved.get(TrainSettings.UPDATES)) {
      case TrainSettings.SIMULTANEOUS:
        return "as r1 and r2 hold D";
      case TrainSettings.ANNEALING:
        return "as r1 and r2 hold a D that compares no images then";
      default:
        return "as other settings want it";
    }
  }

  /** Whether the architecture has another value of a setting for other images. */
  private static boolean followsImages(Setting<String> setting, TrainSettings s) {
    Architecture design = Architectures.named(s.get(TrainSettings.ARCHITECTURE));
    TrainSettings open = s.with(setting, Setting.AUTO);
    return Stream.of(true, false)
            .map(dark -> designed(open, design, design.usualOptions(dark)).get(setting))
            .distinct()
            .count()
        > 1;
  }

  private static void say(
      List<String> parts,
      TrainSettings given,
      TrainSettings resolved,
      String reason,
      List<Setting<?>> settings) {
    String named =
        settings.stream()
            .filter(setting -> isOpen(given.get(setting)) && !isOpen(resolved.get(setting)))
            .map(setting -> setting.key() + "=" + value(setting, resolved))
            .collect(Collectors.joining(", "));
    if (!named.isEmpty()) parts.add(named + " (" + reason + ")");
  }

  private static boolean isOpen(Object value) {
    return value == null || value.equals(Setting.AUTO);
  }

  private static <T> String value(Setting<T> setting, TrainSettings settings) {
    return setting.format(settings.get(setting));
  }

  /** D's normalisation: what was chosen, or the design's own. */
  static Normalisation normalisationD(TrainSettings s, Architecture design) {
    Normalisation chosen = chosen(Normalisation.class, s.get(TrainSettings.NORMALISATION_D));
    return chosen == null ? design.discriminatorNormalisation() : chosen;
  }

  /**
   * Sizes with what the settings say about the networks.
   *
   * @param classes of the images; 0 where they have none
   */
  static NetworkShape shape(TrainSettings s, NetworkShape sizes, int classes) {
    Conditional conditional = chosen(Conditional.class, s.get(TrainSettings.CONDITIONAL));
    NetworkOptions options =
        new NetworkOptions()
            .withUpsampling(chosen(Upsampling.class, s.get(TrainSettings.UPSAMPLING)))
            .withDownsampling(chosen(Downsampling.class, s.get(TrainSettings.DOWNSAMPLING)))
            .withNormalisationG(chosen(Normalisation.class, s.get(TrainSettings.NORMALISATION_G)))
            .withNormalisationD(chosen(Normalisation.class, s.get(TrainSettings.NORMALISATION_D)))
            .withSpectral(chosen(Spectral.class, s.get(TrainSettings.SPECTRAL_NORMALISATION)))
            .withMinibatch(chosen(Minibatch.class, s.get(TrainSettings.MINIBATCH)))
            .withResidual(s.get(TrainSettings.RESIDUAL))
            .withAttention(s.get(TrainSettings.ATTENTION))
            .withOutput(chosen(Output.class, s.get(TrainSettings.LAST_ACTIVATION)))
            .withNoise(s.get(TrainSettings.NOISE).equals(Choice.ON.label()))
            .withLatentSkips(s.get(TrainSettings.SKIP_Z).equals(Choice.ON.label()))
            .withRefinement(chosen(Refinement.class, s.get(TrainSettings.REFINE)))
            .withDropout(s.get(TrainSettings.DROPOUT))
            .withConditional(conditional, conditional == Conditional.NONE ? 0 : classes)
            .withGenerators(s.get(TrainSettings.GENERATORS))
            .withPack(s.get(TrainSettings.PACK));
    if (conditional != Conditional.NONE) Combinations.checkClasses(s, classes);
    return sizes.with(options);
  }

  /** The constant of that label; {@code null} for auto. */
  private static <E extends Enum<E>> E chosen(Class<E> type, String label) {
    if (label.equals(Setting.AUTO)) return null;
    return Enum.valueOf(type, label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
