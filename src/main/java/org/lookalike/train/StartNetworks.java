package org.lookalike.train;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.NetworkOptions;
import org.lookalike.gan.NetworkOptions.Conditional;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Spectral;
import org.lookalike.gan.NetworkOptions.Upsampling;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.DatasetInfo;
import org.lookalike.image.InputException;
import org.lookalike.nn.Network;

/**
 * The networks of an earlier training that a new one starts from, on other images (transfer
 * learning; Wang et al. 2018). Optimisers and counters start anew.
 */
final class StartNetworks {
  /** What networks are made by, but for what follows from the images. */
  private static final List<Setting<?>> OF_NETWORKS =
      List.of(
          TrainSettings.ARCHITECTURE,
          TrainSettings.SIZE,
          TrainSettings.WIDTH,
          TrainSettings.LATENT,
          TrainSettings.NOISE,
          TrainSettings.SKIP_Z,
          TrainSettings.REFINE,
          TrainSettings.LAST_ACTIVATION,
          TrainSettings.UPSAMPLING,
          TrainSettings.DOWNSAMPLING,
          TrainSettings.NORMALISATION_G,
          TrainSettings.NORMALISATION_D,
          TrainSettings.SPECTRAL_NORMALISATION,
          TrainSettings.MINIBATCH,
          TrainSettings.RESIDUAL,
          TrainSettings.ATTENTION,
          TrainSettings.DROPOUT,
          TrainSettings.CONDITIONAL,
          TrainSettings.GENERATORS,
          TrainSettings.PACK);

  private static final Gson GSON = new Gson();

  private final String name;
  private final String origin;
  private final NetworkShape shape;
  private final Architecture design;
  private final TrainSettings settings;
  private final long images;
  private final Consumer<Gan> weights;

  /**
   * @param name as the setting has it
   * @param origin what they learnt from, for messages
   * @param settings of that training
   * @param images seen there
   * @param weights gives them to networks of that shape
   */
  StartNetworks(
      String name,
      String origin,
      NetworkShape shape,
      TrainSettings settings,
      long images,
      Consumer<Gan> weights) {
    this.name = name;
    this.origin = origin;
    this.shape = shape;
    design = Architectures.named(settings.get(TrainSettings.ARCHITECTURE));
    this.settings = SettingsResolver.designed(settings, design, shape.options());
    this.images = images;
    this.weights = weights;
  }

  /**
   * Those that settings name; {@code null} for new ones and where the choice is open.
   *
   * @throws InputException if there is no such run
   */
  static StartNetworks of(TrainSettings given) {
    String from = given.get(TrainSettings.START_FROM);
    switch (from) {
      case Setting.AUTO:
      case TrainSettings.NEW_NETWORKS:
        return null;
      default:
        return SimulatedNetworks.named(from)
            .map(SimulatedNetworks::open)
            .orElseGet(() -> ofRun(folder(from)));
    }
  }

  private static Path folder(String from) {
    try {
      Path folder = Paths.get(from);
      if (Files.isDirectory(folder)) return folder;
    } catch (InvalidPathException e) {
      throw noFolder(from, e);
    }
    throw noFolder(from, null);
  }

  private static InputException noFolder(String from, Exception cause) {
    return new InputException(
        String.format(
            "start_from=%s: there is no such folder; give a training's run folder or one of %s.",
            from, String.join(", ", TrainSettings.START_FROM.wordsForFolder())),
        cause);
  }

  /**
   * Those of simulated images, if there are some of just the make that is to be trained; {@code
   * null} if not, or if others or new ones were asked for. Coloured ones serve here for colours
   * alone: grey ones are nearer to grey images.
   */
  static StartNetworks fitting(TrainSettings resolved, NetworkShape wanted) {
    if (!resolved.get(TrainSettings.START_FROM).equals(Setting.AUTO)) return null;
    for (SimulatedNetworks known : SimulatedNetworks.values()) {
      StartNetworks networks = known.open();
      if (networks.has(TrainSettings.LOSS, resolved)
          && networks.has(TrainSettings.ARCHITECTURE, resolved)
          && (networks.shape.channels() == 1 || networks.shape.channels() == wanted.channels())
          && networks.servesSize(wanted.size())
          && networks.servesChannels(wanted.channels())
          && networks.isLike(wanted)) {
        return networks;
      }
    }
    return null;
  }

  /**
   * Whether they do such images good. Those of grey images by transmitted light know no layout that
   * all share: of X-rays one in ten came out torn into black and white.
   */
  boolean suit(DatasetInfo images) {
    return !images.sharesLayout() || !name.equals(TrainSettings.SIMULATED_GREY);
  }

  /** For the log, where they fit but do not suit. */
  String describeUnused() {
    return String.format(
        "Starts with new networks, as these images share a layout and %s share none; start_from=%s"
            + " starts from those all the same.",
        origin, name);
  }

  static StartNetworks ofRun(Path run) {
    RunFolder folder = RunFolder.open(run);
    Path checkpoint = folder.checkpoint();
    try (Archive.Reader reader = Checkpoint.open(checkpoint)) {
      Checkpoint.Description saved = Checkpoint.describe(reader);
      TrainSettings settings = TrainSettings.fromJson(saved.settings);
      String name = folder.path().toString();
      return new StartNetworks(
          name,
          name,
          saved.network,
          settings,
          saved.latest.images,
          gan -> readNetworks(checkpoint, gan));
    }
  }

  private static void readNetworks(Path checkpoint, Gan gan) {
    try (Archive.Reader reader = Checkpoint.open(checkpoint)) {
      Checkpoint.readNetworks(reader, gan);
    }
  }

  NetworkShape shape() {
    return shape;
  }

  /** Images seen in the earlier training. */
  long images() {
    return images;
  }

  /** What that training was itself told to start from. */
  String startedFrom() {
    return settings.get(TrainSettings.START_FROM);
  }

  /** The settings that made these networks. */
  JsonObject description() {
    JsonObject all = settings.toJsonTree();
    JsonObject some = new JsonObject();
    for (Setting<?> setting : OF_NETWORKS) some.add(setting.key(), all.get(setting.key()));
    some.add(TrainSettings.LOSS.key(), all.get(TrainSettings.LOSS.key()));
    return some;
  }

  /**
   * The settings with what these networks are, where it was not given, and the loss they know.
   *
   * @throws InputException if other networks were given
   */
  TrainSettings adopted(TrainSettings given) {
    String minibatch = given.get(TrainSettings.MINIBATCH);
    String others =
        said(
            setting ->
                setting != TrainSettings.SIZE
                    && isGiven(setting, given)
                    && !has(setting, given)
                    && !(setting == TrainSettings.MINIBATCH && serves(minibatch)));
    if (!others.isEmpty()) {
      throw new InputException(
          String.format(
              "The networks of %s have %s; leave these settings, or use start_from=%s.",
              origin, others, TrainSettings.NEW_NETWORKS));
    }
    if (!SettingsResolver.mayCompare(given) && !serves(Minibatch.NONE.label())) {
      throw new InputException(
          String.format(
              "The networks of %s have %s, and loss=%s wants a discriminator that compares no images;"
                  + " use another loss, or start_from=%s.",
              origin,
              said(setting -> setting == TrainSettings.MINIBATCH),
              given.get(TrainSettings.LOSS),
              TrainSettings.NEW_NETWORKS));
    }
    TrainSettings adopted = given.with(TrainSettings.START_FROM, name);
    for (Setting<?> setting : OF_NETWORKS) {
      boolean open = setting == TrainSettings.MINIBATCH && !SettingsResolver.mayCompare(given);
      if (!open && !isGiven(setting, given)) adopted = adopted(adopted, setting);
    }
    return given.isSet(TrainSettings.LOSS) ? adopted : adopted(adopted, TrainSettings.LOSS);
  }

  /**
   * Whether their D serves for one that compares images like that: as theirs does, or with what
   * theirs makes of a batch's deviation left out, or with a deviation it has yet to learn from.
   *
   * @param minibatch as typed
   */
  private boolean serves(String minibatch) {
    String theirs = settings.get(TrainSettings.MINIBATCH);
    List<String> alike = List.of(Minibatch.NONE.label(), Minibatch.DEVIATION.label());
    return minibatch.equals(theirs) || alike.contains(minibatch) && alike.contains(theirs);
  }

  /** How a D of that make compares images, as typed. */
  private String minibatch(NetworkShape made) {
    return made.options().minibatch(design.minibatch()).label();
  }

  private static boolean isGiven(Setting<?> setting, TrainSettings given) {
    return given.isSet(setting) && !text(setting, given).equals(Setting.AUTO);
  }

  private <T> TrainSettings adopted(TrainSettings given, Setting<T> setting) {
    return given.with(setting, settings.get(setting));
  }

  private boolean has(Setting<?> setting, TrainSettings other) {
    return text(setting, other).equals(text(setting, settings));
  }

  private static String text(Setting<?> setting, TrainSettings settings) {
    return setting.format(settings.get(setting));
  }

  /** Some of what these networks are made by, as typed. */
  private String said(Predicate<Setting<?>> chosen) {
    return OF_NETWORKS.stream()
        .filter(chosen)
        .map(setting -> setting.key() + "=" + text(setting, settings))
        .collect(Collectors.joining(", "));
  }

  /**
   * @param size of the images to be drawn
   * @param channels of the images
   * @param classes of the images; 0 where they have none
   * @throws InputException if these networks were made for others
   */
  void checkFit(int size, int channels, int classes) {
    if (!servesSize(size)) {
      throw unlike(String.format("%d pixels and serve for no other size", shape.size()), size);
    }
    if (!servesChannels(channels)) {
      int known = shape.channels();
      throw unlike(known == 1 ? "1 channel" : known + " channels", channels);
    }
    int known = shape.options().classes();
    if (known > 0 && known != classes) throw unlike(known + " classes", classes);
  }

  private InputException unlike(String there, int here) {
    return new InputException(
        String.format(
            "The networks of %s are for images of %s, these have %d; start from a training on like"
                + " images, or use start_from=%s.",
            origin, there, here, TrainSettings.NEW_NETWORKS));
  }

  /** For other sizes where layers are at the same distance from the image then. */
  private boolean servesSize(int size) {
    NetworkOptions options = shape.options();
    return shape.size() == size || !options.isResidual() && !options.hasAttention();
  }

  /** For other channels where one layer of each network is all that differs. */
  private boolean servesChannels(int channels) {
    if (shape.channels() == channels) return true;
    NetworkOptions options = shape.options();
    return options.pack() == 1
        && options.conditional() != Conditional.CONCATENATION
        && options.spectral() == Spectral.NONE
        && options.upsampling() != Upsampling.PIXEL_SHUFFLE;
  }

  /** Whether networks are of the same make, whatever the size and channels of their images. */
  private boolean isLike(NetworkShape wanted) {
    NetworkShape same =
        new NetworkShape(wanted.size(), wanted.channels(), shape.latent(), shape.width())
            .with(optionsFor(wanted));
    return spelledOut(same).equals(spelledOut(wanted));
  }

  private NetworkOptions optionsFor(NetworkShape wanted) {
    NetworkOptions options = shape.options();
    return serves(minibatch(wanted))
        ? options.withMinibatch(wanted.options().minibatch(design.minibatch()))
        : options;
  }

  private String spelledOut(NetworkShape one) {
    return GSON.toJson(one.with(design.complete(one.options())));
  }

  /**
   * Gives new networks these weights. For images of other channels each is drawn as the mean of
   * those was, and looked at as if it were all of them. For images of another size the layers next
   * to the image are alike; the coarsest stay new. A D that is to compare no images does without
   * the weights that a batch's deviation takes, one that is to begins with such of 0.
   *
   * @return how many of D's layers with weights, from the image on, have got theirs
   */
  int giveTo(Gan gan) {
    NetworkShape wanted = gan.shape();
    if (!isLike(wanted)) throw new IllegalArgumentException("Networks of another make");
    boolean sameSize = shape.size() == wanted.size();
    if (sameSize && shape.channels() == wanted.channels()) {
      giveAll(gan);
      return gan.discriminator().layersWithWeights();
    }
    Gan known = new Gan(design, shape.with(optionsFor(wanted)), 0);
    giveAll(known);
    double share = shape.channels() / Math.sqrt(wanted.channels());
    int ofG = gan.generator().takeWeights(known.average(), Network.End.LAST, 1);
    int ofD = gan.discriminator().takeWeights(known.discriminator(), Network.End.FIRST, share);
    boolean all =
        ofG == gan.generator().layersWithWeights()
            && ofD == gan.discriminator().layersWithWeights();
    if (all != sameSize) throw new IllegalStateException("Networks of one make differ");
    gan.updateAverage(0);
    return ofD;
  }

  /** To networks of that training's own images, whether or not D is to compare them. */
  private void giveAll(Gan gan) {
    if (minibatch(gan.shape()).equals(minibatch(shape))) {
      weights.accept(gan);
      return;
    }
    Gan known = made();
    gan.generator().takeWeights(known.generator(), Network.End.LAST, 1);
    gan.average().takeWeights(known.average(), Network.End.LAST, 1);
    gan.discriminator().takeWeightsButDeviation(known.discriminator());
  }

  /** Networks of that training's own images with these weights. */
  Gan made() {
    Gan gan = new Gan(design, shape, 0);
    weights.accept(gan);
    return gan;
  }

  /**
   * For the log.
   *
   * @param asked what was asked for before it followed these networks
   * @param wanted what they are to serve for
   */
  String describe(TrainSettings asked, NetworkShape wanted) {
    boolean sameSize = shape.size() == wanted.size();
    String compares = minibatch(wanted);
    boolean alike = compares.equals(minibatch(shape));
    String followed =
        said(
            setting ->
                !isGiven(setting, asked)
                    && !has(setting, asked)
                    && (alike || setting != TrainSettings.MINIBATCH));
    String coarse =
        String.format(
            " They drew %d px: the layers next to the image are theirs, the coarse ones are new.",
            shape.size());
    String channels =
        String.format(
            " %s for %d.",
            shape.channels() == 1 ? "Their channel serves" : "The mean of their channels serves",
            wanted.channels());
    String comparison =
        compares.equals(Minibatch.NONE.label())
            ? " What D made of a batch's deviation is left out."
            : " D sees a batch's deviation now and has yet to learn from it.";
    return String.format(
        "Starts from the networks of %s (%d images seen, loss=%s)%s.%s%s%s start_from=%s begins anew.",
        origin,
        images,
        text(TrainSettings.LOSS, settings),
        followed.isEmpty() ? "" : " as they are: " + followed,
        sameSize ? "" : coarse,
        shape.channels() == wanted.channels() ? "" : channels,
        alike ? "" : comparison,
        TrainSettings.NEW_NETWORKS);
  }
}
