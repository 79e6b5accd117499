package org.lookalike.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.NetworkOptions.Conditional;
import org.lookalike.gan.NetworkOptions.Downsampling;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.gan.NetworkOptions.Output;
import org.lookalike.gan.NetworkOptions.Refinement;
import org.lookalike.gan.NetworkOptions.Spectral;
import org.lookalike.gan.NetworkOptions.Upsampling;
import org.lookalike.image.Choice;
import org.lookalike.image.DatasetOptions;
import org.lookalike.image.Fit;
import org.lookalike.image.InputException;
import org.lookalike.image.Intensity;
import org.lookalike.image.Nearest;
import org.lookalike.image.Sampling;
import org.lookalike.train.Setting.Group;

/**
 * Everything that can be set for a training. Immutable; the single list of names, defaults and
 * ranges from which dialogs, macro keys, shell options and {@code settings.json} are made.
 *
 * <pre>{@code
 * TrainSettings settings = TrainSettings.defaults().with("size", "128").with("minutes", "30");
 * int size = settings.get(TrainSettings.SIZE);
 * }</pre>
 */
public final class TrainSettings {
  /** Values of {@link #UPDATES}. */
  static final String ALTERNATING = "alternating";

  static final String SIMULTANEOUS = "simultaneous";

  /** One more of those, and of {@link #MINIBATCH_UNTIL}. */
  static final String ANNEALING = "annealing";

  static final String END = "end";

  /** Values of {@link #START_FROM}, beside a folder. */
  static final String NEW_NETWORKS = "none";

  static final String SIMULATED = "simulated";

  static final String SIMULATED_NEAREST = "simulated-nearest";

  static final String SIMULATED_BRIGHTFIELD = "simulated-brightfield";

  static final String SIMULATED_GREY = "simulated-grey";

  private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();

  public static final Setting<Integer> SIZE =
      define("size", Integer.class, 64, Group.MAIN, "Side of the synthetic images in pixels")
          .choices(() -> List.of("32", "64", "128", "256"));
  public static final Setting<Double> MINUTES =
      define(
              "minutes",
              Double.class,
              10.0,
              Group.MAIN,
              "Training time; ignored where a number of images is set")
          .above(0);
  public static final Setting<Long> IMAGES =
      define(
              "images",
              Long.class,
              null,
              Group.MAIN,
              "Stop after the discriminator has seen this many real images (auto: by minutes)")
          .range(1, Double.POSITIVE_INFINITY)
          .orAuto();
  public static final Setting<String> LOSS =
      define("loss", String.class, "relativistic", Group.MAIN, "The game's loss")
          .choices(AdversarialLosses::names);
  public static final Setting<Long> SEED =
      define("seed", Long.class, 1L, Group.MAIN, "The same seed and images give the same training")
          .range(-9e15, 9e15);

  public static final Setting<String> SAMPLING =
      define(
              "sampling",
              String.class,
              "auto",
              Group.DATA,
              "Train on whole images, resampled, or on random patches")
          .choices(() -> labels(Sampling.values()));
  public static final Setting<Double> PIXEL_SIZE =
      define(
              "pixel_size",
              Double.class,
              0.0,
              Group.DATA,
              "Patches: resample to this pixel size, in the images' unit, first (0: as they are)")
          .range(0, 1e9);
  public static final Setting<String> FIT =
      define(
              "fit",
              String.class,
              "crop",
              Group.DATA,
              "Whole images that are not square: crop the centre or stretch")
          .choices(() -> labels(Fit.values()));
  public static final Setting<String> FLIPS =
      define(
              "flips",
              String.class,
              "auto",
              Group.DATA,
              "Mirror images at random (auto: patches, and whole images that share no layout)")
          .choices(() -> labels(Choice.values()));
  public static final Setting<String> TURNS =
      define(
              "turns",
              String.class,
              "auto",
              Group.DATA,
              "Turn images by 90 degrees at random (auto: patches, and whole images that share no"
                  + " layout)")
          .choices(() -> labels(Choice.values()));
  public static final Setting<Boolean> ROTATIONS =
      define(
          "rotations",
          Boolean.class,
          false,
          Group.DATA,
          "Turn patches by any angle at random, where directions mean nothing (learns more slowly)");
  public static final Setting<String> INTENSITY =
      define(
              "intensity",
              String.class,
              "auto",
              Group.DATA,
              "How intensities are scaled for training; undone in the results")
          .choices(() -> labels(Intensity.values()));
  public static final Setting<Double> SATURATED =
      define(
              "saturated",
              Double.class,
              0.1,
              Group.DATA,
              "Percent of the pixels cut off at each end of the intensity range (hot pixels)")
          .range(0, 10);
  public static final Setting<Double> HELD_OUT =
      define(
              "held_out",
              Double.class,
              10.0,
              Group.DATA,
              "Percent of the images kept out of training, to measure quality by (0: none)")
          .range(0, 25);
  public static final Setting<String> START_FROM =
      define(
              "start_from",
              String.class,
              Setting.AUTO,
              Group.DATA,
              "What networks start from: the run folder of a training on like images, simulated"
                  + " images of fluorescence (simulated with upsampling=balanced, simulated-nearest"
                  + " with upsampling=nearest) or of transmitted light (simulated-brightfield, in grey"
                  + " simulated-grey), or none (auto: those of simulated images that fit)")
          .folderOr(
              SIMULATED,
              SIMULATED_NEAREST,
              SIMULATED_BRIGHTFIELD,
              SIMULATED_GREY,
              NEW_NETWORKS,
              Setting.AUTO)
          .from("Wang et al. 2018");
  public static final Setting<Integer> FREEZE_D =
      define(
              "freeze_d",
              Integer.class,
              0,
              Group.DATA,
              "Layers of D next to the image that stay as they are in what networks start from")
          .range(0, 100)
          .from("Mo et al. 2020");

  public static final Setting<Double> R1 =
      define(
              "r1",
              Double.class,
              null,
              Group.PENALTIES,
              "Weight gamma of the gradient penalty on reals (auto: by loss, batch and how much images differ)")
          .range(0, 1e6)
          .orAuto()
          .from("Mescheder et al. 2018");
  public static final Setting<Double> R2 =
      define(
              "r2",
              Double.class,
              null,
              Group.PENALTIES,
              "Weight gamma of the gradient penalty on fakes (auto: by loss, batch and how much images differ)")
          .range(0, 1e6)
          .orAuto()
          .from("Mescheder et al. 2018");
  public static final Setting<Integer> PENALTY_EVERY =
      define(
              "penalty_every",
              Integer.class,
              4,
              Group.PENALTIES,
              "R1 and R2 act on every n-th step with n times the weight")
          .range(1, 1000)
          .from("Karras et al. 2020");
  public static final Setting<Double> PENALTY_TO =
      define(
              "penalty_to",
              Double.class,
              1.0,
              Group.PENALTIES,
              "Share of R1 and R2 left at the end; they fall in equal ratios")
          .range(1e-6, 1e3);
  public static final Setting<Double> GP_WEIGHT =
      define("gp_weight", Double.class, 10.0, Group.PENALTIES, "Weight lambda of WGAN-GP's penalty")
          .range(0, 1e6)
          .from("Gulrajani et al. 2017; DRAGAN: Kodali et al. 2017");

  public static final Setting<Double> CLIP =
      define(
              "clip",
              Double.class,
              0.01,
              Group.PENALTIES,
              "Wasserstein loss: each weight of the critic stays between -clip and clip")
          .range(1e-6, 1)
          .from("Arjovsky et al. 2017");

  public static final Setting<Double> L1 =
      define(
              "l1",
              Double.class,
              0.0,
              Group.PENALTIES,
              "Weight of an L1 penalty on the weights of both networks")
          .range(0, 10);
  public static final Setting<Double> L2 =
      define(
              "l2",
              Double.class,
              0.0,
              Group.PENALTIES,
              "Weight of an L2 penalty on the weights of both networks")
          .range(0, 10);
  public static final Setting<Double> RANGE_WEIGHT =
      define(
              "range_weight",
              Double.class,
              null,
              Group.PENALTIES,
              "Weight of a penalty on pixels of G beyond the images' range"
                  + " (auto: 0.05 with a linear last activation, else 0)")
          .range(0, 1000)
          .orAuto();

  public static final Setting<Double> REAL_LABEL =
      define(
              "real_label",
              Double.class,
              1.0,
              Group.LABELS,
              "What D is to say of reals; 0.9 is one-sided label smoothing")
          .range(0.5, 1.5)
          .from("Salimans et al. 2016");
  public static final Setting<Double> FAKE_LABEL =
      define(
              "fake_label",
              Double.class,
              0.0,
              Group.LABELS,
              "What D is to say of fakes; 0.1 smooths that side too")
          .range(-0.5, 0.5)
          .from("Salimans et al. 2016");
  public static final Setting<Boolean> NOISY_LABELS =
      define(
              "noisy_labels",
              Boolean.class,
              false,
              Group.LABELS,
              "Draw labels of reals from 0.7 to 1 and of fakes from 0 to 0.3")
          .from("Chintala 2016, ganhacks");
  public static final Setting<Double> FLIP_LABELS =
      define(
              "flip_labels",
              Double.class,
              0.0,
              Group.LABELS,
              "Share of images whose label is exchanged")
          .range(0, 0.5)
          .from("Chintala 2016, ganhacks");
  public static final Setting<Double> INSTANCE_NOISE =
      define(
              "instance_noise",
              Double.class,
              0.0,
              Group.LABELS,
              "Standard deviation of noise on all images D sees, falling to 0 until the rates fall")
          .range(0, 2)
          .from("Sønderby et al. 2017; Arjovsky and Bottou 2017");

  public static final Setting<Integer> REPLAY_SIZE =
      define(
              "replay_size",
              Integer.class,
              0,
              Group.REMEDIES,
              "Old fakes kept and shown to D again, 50 in the classic form (0: none)")
          .range(0, 10000)
          .from("Shrivastava et al. 2017");
  public static final Setting<Double> REPLAY_PROBABILITY =
      define(
              "replay_probability",
              Double.class,
              0.5,
              Group.REMEDIES,
              "How often a new fake changes places with an old one")
          .range(0, 1);

  public static final Setting<Double> WEIGHT_NOISE =
      define(
              "weight_noise",
              Double.class,
              0.0,
              Group.LABELS,
              "Standard deviation of noise on the weights while gradients are taken")
          .range(0, 1)
          .from("Murray and Edwards 1994");
  public static final Setting<Double> FEATURE_MATCHING =
      define(
              "feature_matching",
              Double.class,
              0.0,
              Group.REMEDIES,
              "Share of G's aim that is to match the mean features of D; 1 is the paper's form")
          .range(0, 1)
          .from("Salimans et al. 2016");
  public static final Setting<Integer> UNROLL =
      define(
              "unroll",
              Integer.class,
              0,
              Group.REMEDIES,
              "Steps of D, by its loss without penalties, that G looks ahead (0: none)")
          .range(0, 50)
          .from("Metz et al. 2017");
  public static final Setting<Double> UNROLL_RATE =
      define(
              "unroll_rate",
              Double.class,
              null,
              Group.REMEDIES,
              "Rate of the gradient descent in those steps (auto: 10 times learning_rate_d)")
          .range(1e-9, 10)
          .orAuto();
  public static final Setting<Boolean> UNROLL_SECOND_ORDER =
      define(
          "unroll_second_order",
          Boolean.class,
          false,
          Group.REMEDIES,
          "Unrolled: also how those steps depend on G, as in the paper (mode collapse lab only)");
  public static final Setting<Double> GENERATOR_SPREAD =
      define(
              "generator_spread",
              Double.class,
              1.0,
              Group.REMEDIES,
              "Several generators: weight of the classifier that keeps them apart")
          .range(0, 100)
          .from("Hoang et al. 2018");
  public static final Setting<Double> PIXEL_LOSS =
      define(
              "pixel_loss",
              Double.class,
              0.0,
              Group.REMEDIES,
              "Weight of a pixel loss between fixed pairs of latents and images, falling to 0")
          .range(0, 1000)
          .from("Isola et al. 2017");
  public static final Setting<String> PIXEL_LOSS_KIND =
      define(
              "pixel_loss_kind",
              String.class,
              "l1",
              Group.REMEDIES,
              "Mean of distances (l1) or of squares (l2)")
          .choices(() -> List.of("l1", "l2"));
  public static final Setting<Double> PIXEL_LOSS_UNTIL =
      define(
              "pixel_loss_until",
              Double.class,
              0.2,
              Group.REMEDIES,
              "Share of the training after which the pixel loss is 0")
          .range(0, 1);
  public static final Setting<String> AUGMENT =
      define(
              "augment",
              String.class,
              "auto",
              Group.REMEDIES,
              "Augmentation of all that D sees, real and fake (auto: where fewer than 1000 whole"
                  + " images are trained on color-translation, or translation where the background is"
                  + " dark; else none)")
          .choices(() -> withAuto(Augmentation.POLICIES))
          .from("Zhao et al. 2020");
  public static final Setting<Double> AUGMENT_P =
      define(
              "augment_p",
              Double.class,
              null,
              Group.REMEDIES,
              "Probability of each augmentation (auto: ADA, rises while D is too sure of the reals; 0.5"
                  + " where the augmentation was chosen for you)")
          .range(0, 1)
          .orAuto()
          .from("Karras et al. 2020");
  public static final Setting<Double> ADA_TARGET =
      define(
              "ada_target",
              Double.class,
              0.6,
              Group.REMEDIES,
              "ADA: mean sign of D(real) above which the probability rises")
          .range(-1, 1);
  public static final Setting<Double> ADA_IMAGES =
      define(
              "ada_images",
              Double.class,
              null,
              Group.REMEDIES,
              "ADA: images in which the probability can go from 0 to 1 (auto: those of a tenth of the"
                  + " training; 500,000 in the paper's of 25 million)")
          .range(100, 1e9)
          .orAuto();
  public static final Setting<Boolean> REFEREE =
      define(
          "referee",
          Boolean.class,
          false,
          Group.REMEDIES,
          "Acts on verdicts while training runs: balances rates, augments, goes back after a collapse");

  public static final Setting<Integer> PACK =
      define(
              "pack",
              Integer.class,
              1,
              Group.ARCHITECTURE,
              "Images D judges together; with conditional, of one class")
          .range(1, 8)
          .from("Lin et al. 2018");
  public static final Setting<String> ARCHITECTURE =
      define("architecture", String.class, "light", Group.ARCHITECTURE, "The two networks' design")
          .choices(Architectures::names);
  public static final Setting<Integer> WIDTH =
      define(
              "width",
              Integer.class,
              null,
              Group.ARCHITECTURE,
              "Feature channels at full resolution (auto: the architecture's own)")
          .range(4, 512)
          .orAuto();
  public static final Setting<Integer> LATENT =
      define(
              "latent",
              Integer.class,
              null,
              Group.ARCHITECTURE,
              "Length of the latent vector (auto: the architecture's own)")
          .range(2, 4096)
          .orAuto();

  public static final Setting<String> NOISE =
      define(
              "noise",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "Give G noise at each resolution, to make the grain of images of (auto: light nets, where"
                  + " the background is dark)")
          .choices(() -> labels(Choice.values()))
          .from("Karras et al. 2019");
  public static final Setting<String> SKIP_Z =
      define(
              "skip_z",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "Let the latent vector shift the channels of each of G's stages, not only begin the first"
                  + " (auto: light nets, where the background is dark)")
          .choices(() -> labels(Choice.values()))
          .from("Brock et al. 2019");
  public static final Setting<String> REFINE =
      define(
              "refine",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "A second, residual convolution after G's last stage, or after all (auto: last for light"
                  + " nets)")
          .choices(() -> withAuto(Refinement.values()))
          .from("Zhang et al. 2019, Fixup");
  public static final Setting<String> LAST_ACTIVATION =
      define(
              "last_activation",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "What bounds G's pixels: tanh, or nothing until they are clipped in the results"
                  + " (auto: linear for light nets where the background is dark, else tanh)")
          .choices(() -> withAuto(Output.values()))
          .from("Karras et al. 2018");
  public static final Setting<String> UPSAMPLING =
      define(
              "upsampling",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "How G doubles the resolution (auto: the architecture's own)")
          .choices(() -> withAuto(Upsampling.values()))
          .from("Odena et al. 2016; Shi et al. 2016; Sugawara et al. 2018");
  public static final Setting<String> DOWNSAMPLING =
      define(
              "downsampling",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "How D halves the resolution (auto: the architecture's own)")
          .choices(() -> withAuto(Downsampling.values()))
          .from("Karras et al. 2018");
  public static final Setting<String> NORMALISATION_G =
      define(
              "normalisation_g",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "Normalisation in G (auto: the architecture's own)")
          .choices(() -> withAuto(Normalisation.values()))
          .from("Ioffe and Szegedy 2015; Ulyanov et al. 2016");
  public static final Setting<String> NORMALISATION_D =
      define(
              "normalisation_d",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "Normalisation in D (auto: the architecture's own)")
          .choices(() -> withAuto(Normalisation.values()));
  public static final Setting<String> SPECTRAL_NORMALISATION =
      define(
              "spectral_normalisation",
              String.class,
              "none",
              Group.ARCHITECTURE,
              "Divide weights by their largest singular value")
          .choices(() -> labels(Spectral.values()))
          .from("Miyato et al. 2018");
  public static final Setting<String> MINIBATCH =
      define(
              "minibatch",
              String.class,
              "auto",
              Group.ARCHITECTURE,
              "How D compares the images of a batch (auto: the architecture's own; none under the"
                  + " norm penalty of wasserstein-gp and dragan)")
          .choices(() -> withAuto(Minibatch.values()))
          .from("Karras et al. 2018; Salimans et al. 2016");
  public static final Setting<Boolean> RESIDUAL =
      define(
              "residual",
              Boolean.class,
              false,
              Group.ARCHITECTURE,
              "Residual blocks in both networks")
          .from("He et al. 2016");
  public static final Setting<Boolean> ATTENTION =
      define(
              "attention",
              Boolean.class,
              false,
              Group.ARCHITECTURE,
              "Self-attention at 16 px in both networks")
          .from("Zhang et al. 2019");
  public static final Setting<Double> DROPOUT =
      define(
              "dropout",
              Double.class,
              0.0,
              Group.ARCHITECTURE,
              "Share of D's activations left out at random")
          .range(0, 0.9)
          .from("Srivastava et al. 2014");
  public static final Setting<String> CONDITIONAL =
      define(
              "conditional",
              String.class,
              "none",
              Group.ARCHITECTURE,
              "Tell G the class by an embedding, and D by projection or planes")
          .choices(() -> labels(Conditional.values()))
          .from("Miyato and Koyama 2018; Mirza and Osindero 2014");
  public static final Setting<Integer> GENERATORS =
      define(
              "generators",
              Integer.class,
              1,
              Group.ARCHITECTURE,
              "Generators that share all but their first layer; with conditional, one a class")
          .range(1, 256)
          .from("Hoang et al. 2018");

  public static final Setting<Integer> BATCH =
      define("batch", Integer.class, 16, Group.SCHEDULE, "Images a step").range(4, 512);
  public static final Setting<Integer> D_STEPS =
      define(
              "d_steps",
              Integer.class,
              null,
              Group.SCHEDULE,
              "Discriminator steps a generator step (auto: the loss's own)")
          .range(1, 100)
          .orAuto();
  public static final Setting<String> UPDATES =
      define(
              "updates",
              String.class,
              "auto",
              Group.SCHEDULE,
              "One network after the other, or both at once from the same fakes, which is up to a"
                  + " third faster and worse with few images, or so from where the learning rates fall"
                  + " (auto: at once where the relativistic loss's r1 and r2 hold a discriminator that"
                  + " compares no images, and with patches of 45 images or more from the start; in the"
                  + " lab never)")
          .choices(() -> withAuto(List.of(ALTERNATING, SIMULTANEOUS, ANNEALING)))
          .from("Mescheder et al. 2017");
  public static final Setting<Double> LEARNING_RATE_G =
      define("learning_rate_g", Double.class, 5e-4, Group.SCHEDULE, "Adam's rate, generator")
          .range(0, 1);
  public static final Setting<Double> LEARNING_RATE_D =
      define("learning_rate_d", Double.class, 5e-4, Group.SCHEDULE, "Adam's rate, discriminator")
          .range(0, 1)
          .from("TTUR: Heusel et al. 2017");
  public static final Setting<Double> BETA1 =
      define("beta1", Double.class, 0.0, Group.SCHEDULE, "Adam's beta 1").range(0, 0.9999);
  public static final Setting<Double> BETA2 =
      define("beta2", Double.class, 0.99, Group.SCHEDULE, "Adam's beta 2").range(0, 0.999999);
  public static final Setting<Double> WEIGHT_DECAY =
      define(
              "weight_decay",
              Double.class,
              0.0,
              Group.SCHEDULE,
              "Weight decay of both networks, decoupled from Adam")
          .range(0, 10)
          .from("Loshchilov and Hutter 2019");
  public static final Setting<Double> ANNEAL_FROM =
      define(
              "anneal_from",
              Double.class,
              0.5,
              Group.SCHEDULE,
              "Share of the training after which the learning rates fall linearly (1: never)")
          .range(0, 1);
  public static final Setting<Double> ANNEAL_IMAGES =
      define(
              "anneal_images",
              Double.class,
              20000.0,
              Group.SCHEDULE,
              "Most images during which they fall; in a longer training they begin later (0: never)")
          .range(0, 1e9);
  public static final Setting<Double> ANNEAL_TO =
      define("anneal_to", Double.class, 0.02, Group.SCHEDULE, "Share of the rates left at the end")
          .range(0, 1);
  public static final Setting<String> MINIBATCH_UNTIL =
      define(
              "minibatch_until",
              String.class,
              "auto",
              Group.SCHEDULE,
              "How long D compares the images of a batch: until the learning rates begin to fall, or to"
                  + " the end (auto: until they fall where patches of 45 images, or 1000 whole ones, are"
                  + " trained on and the relativistic loss's r1 and r2 hold D)")
          .choices(() -> withAuto(List.of(ANNEALING, END)));
  public static final Setting<Double> EMA_IMAGES =
      define(
              "ema_images",
              Double.class,
              10000.0,
              Group.SCHEDULE,
              "Half-life in images of the generator's running average (at most 5 % of those seen)")
          .range(0, 1e9)
          .from("Karras et al. 2018");

  public static final Setting<String> DEVICE =
      define("device", String.class, "auto", Group.DEVICE, "What does the work")
          .choices(() -> List.of("auto", "cpu", "cuda"));

  /**
   * What convolutions multiply; see {@link org.lookalike.nn.Network#setMixedPrecision(boolean)}.
   */
  public static final Setting<String> PRECISION =
      define(
              "precision",
              String.class,
              Setting.AUTO,
              Group.DEVICE,
              "What convolutions multiply while they train; sums and weights stay float32 (auto:"
                  + " bfloat16 where the processor has instructions for it)")
          .choices(() -> List.of(Setting.AUTO, Precision.FLOAT32, Precision.BFLOAT16))
          .from("Kalamkar et al. 2019");

  private static final TrainSettings DEFAULTS = new TrainSettings(Map.of());
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** Only what differs from the defaults; an entry may be {@code null} for auto. */
  private final Map<String, Object> values;

  private TrainSettings(Map<String, Object> values) {
    this.values = values;
  }

  private static <T> Setting<T> define(
      String key, Class<T> type, T defaultValue, Group group, String help) {
    Setting<T> setting = new Setting<>(key, type, defaultValue, group, help);
    ALL.put(key, setting);
    return setting;
  }

  private static List<String> labels(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .collect(Collectors.toList());
  }

  private static List<String> withAuto(Enum<?>[] constants) {
    return withAuto(labels(constants));
  }

  private static List<String> withAuto(List<String> names) {
    List<String> all = new ArrayList<>(List.of(Setting.AUTO));
    all.addAll(names);
    return all;
  }

  /** Every setting, in the order dialogs show them. */
  public static Collection<Setting<?>> all() {
    return Collections.unmodifiableCollection(ALL.values());
  }

  /**
   * The setting of that name.
   *
   * @throws InputException if there is none; it names the nearest
   */
  public static Setting<?> named(String key) {
    Setting<?> setting = ALL.get(key);
    if (setting != null) return setting;
    throw new InputException(
        String.format(
            "There is no setting '%s'; did you mean '%s'?", key, Nearest.to(key, ALL.keySet())));
  }

  public static TrainSettings defaults() {
    return DEFAULTS;
  }

  /** The value; {@code null} means auto. */
  @SuppressWarnings("unchecked")
  public <T> T get(Setting<T> setting) {
    return values.containsKey(setting.key())
        ? (T) values.get(setting.key())
        : setting.defaultValue();
  }

  /** Whether the value was given, be it the default's. */
  public boolean isSet(Setting<?> setting) {
    return values.containsKey(setting.key());
  }

  /** A copy with one value, checked as if it had been typed. */
  public <T> TrainSettings with(Setting<T> setting, T value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(setting.key(), setting.parse(setting.format(value)));
    return new TrainSettings(copy);
  }

  /** A copy with one value as a user typed it. */
  public TrainSettings with(String key, String text) {
    Setting<?> setting = named(key);
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(key, setting.parse(text));
    return new TrainSettings(copy);
  }

  /** A copy in which whatever {@code other} sets overrides this. */
  public TrainSettings with(TrainSettings other) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.putAll(other.values);
    return new TrainSettings(copy);
  }

  /** What does the sampling, scaling and augmenting of the real images. */
  public DatasetOptions datasetOptions() {
    return DatasetOptions.defaults()
        .withSize(get(SIZE))
        .withSampling(Sampling.fromLabel(get(SAMPLING)))
        .withPixelSize(get(PIXEL_SIZE))
        .withFit(Fit.fromLabel(get(FIT)))
        .withFlips(Choice.fromLabel(get(FLIPS)))
        .withTurns(Choice.fromLabel(get(TURNS)))
        .withRotations(get(ROTATIONS))
        .withIntensity(Intensity.fromLabel(get(INTENSITY)))
        .withSaturated(get(SATURATED))
        .withHeldOut(get(HELD_OUT))
        .withInARow(get(CONDITIONAL).equals("none") ? 1 : get(PACK))
        .withSeed(get(SEED));
  }

  /** All settings, defaults too, as JSON; auto as {@code "auto"}. */
  public String toJson() {
    return GSON.toJson(toJsonTree());
  }

  /** See {@link #toJson()}. */
  public JsonObject toJsonTree() {
    JsonObject json = new JsonObject();
    for (Setting<?> setting : ALL.values()) {
      Object value = get(setting);
      if (value == null) json.addProperty(setting.key(), Setting.AUTO);
      else if (value instanceof Number) json.addProperty(setting.key(), (Number) value);
      else if (value instanceof Boolean) json.addProperty(setting.key(), (Boolean) value);
      else json.addProperty(setting.key(), value.toString());
    }
    return json;
  }

  /**
   * Reads settings from JSON: an object of setting names and values; what is missing is default.
   *
   * @throws InputException for unknown names (naming the nearest) and impossible values
   */
  public static TrainSettings fromJson(JsonObject json) {
    TrainSettings settings = DEFAULTS;
    for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
      named(entry.getKey());
      if (!entry.getValue().isJsonPrimitive()) {
        throw new InputException(
            String.format("The setting '%s' must be one value, not a list.", entry.getKey()));
      }
      settings = settings.with(entry.getKey(), entry.getValue().getAsString());
    }
    return settings;
  }

  /**
   * Reads a settings file.
   *
   * @throws InputException if it is not one
   */
  public static TrainSettings read(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return fromJson(JsonParser.parseString(text).getAsJsonObject());
    } catch (IOException e) {
      throw new InputException("The settings file " + file + " cannot be read.", e);
    } catch (JsonParseException | IllegalStateException e) {
      throw new InputException(
          "The settings file " + file + " is not a JSON object of settings and values.", e);
    }
  }

  /**
   * Reads settings typed as {@code key=value key=value …}.
   *
   * @throws InputException for anything else
   */
  public static TrainSettings parse(String text) {
    TrainSettings settings = DEFAULTS;
    for (String part : text.trim().split("[\\s,;]+")) {
      if (part.isEmpty()) continue;
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new InputException("'" + part + "' is not a setting; write it as key=value.");
      }
      settings = settings.with(part.substring(0, equals), part.substring(equals + 1));
    }
    return settings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainSettings && toJson().equals(((TrainSettings) other).toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }
}
