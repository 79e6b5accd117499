package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.NetworkOptions;
import org.lookalike.gan.NetworkOptions.Output;
import org.lookalike.gan.PointNets;
import org.lookalike.image.Dataset;
import org.lookalike.image.DatasetInfo;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;

class TrainSettingsTest {
  private static final Architecture LIGHT = Architectures.named("light");

  @Test
  void jsonRoundTrip() {
    TrainSettings settings = TrainSettings.parse("size=128 r1=0.5 images=2000 loss=wasserstein-gp");
    assertThat(TrainSettings.fromJson(settings.toJsonTree())).isEqualTo(settings);
    assertThat(settings.get(TrainSettings.R1)).isEqualTo(0.5);
    assertThat(TrainSettings.defaults().get(TrainSettings.IMAGES)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "sise=64, size",
    "loss=hing, did you mean",
    "size=48, 64",
    "minutes=-1, above 0",
    "minutes=NaN, is not possible",
    "images=0, at least",
    "batch=8.5, whole number",
    "beta1=x, is not a number"
  })
  void wrongValuesAreAnsweredWithWhatToDo(String typed, String hint) {
    assertThatThrownBy(() -> TrainSettings.parse(typed))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(hint);
  }

  @Test
  void theBeginningOfANameIsNearerThanAnotherShortName() {
    assertThat(Nearest.to("dcgan", Recipes.names())).isEqualTo("dcgan-classic");
    assertThat(Nearest.to("litgh", Recipes.names())).isEqualTo("light");
  }

  @Test
  void aListIsNoSetting() {
    assertThatThrownBy(
            () ->
                TrainSettings.fromJson(
                    JsonParser.parseString("{\"size\": [64]}").getAsJsonObject()))
        .isInstanceOf(InputException.class);
  }

  @Test
  void gammaFollowsVarianceAndBatch() {
    TrainSettings given = TrainSettings.parse("size=64 batch=16");
    DatasetInfo images = images(false);
    assertThat(SettingsResolver.resolve(given).get(TrainSettings.R1)).isEqualTo(0.0512);
    assertThat(SettingsResolver.resolve(given, images, 1425).get(TrainSettings.R1))
        .isEqualTo(0.321);
    TrainSettings half = TrainSettings.parse("size=64 batch=32 r1=2");
    assertThat(SettingsResolver.resolve(half, images, 1425).get(TrainSettings.R1)).isEqualTo(2);
    assertThat(SettingsResolver.resolve(half, images, 1425).get(TrainSettings.R2)).isEqualTo(0.16);
    assertThat(SettingsResolver.resolve(given, images, 0).get(TrainSettings.R2)).isEqualTo(0.0512);
    assertThat(
            SettingsResolver.resolve(TrainSettings.parse("loss=wasserstein-gp"))
                .get(TrainSettings.D_STEPS))
        .isEqualTo(5);
  }

  @Test
  void everyRecipeReads() {
    for (String name : Recipes.names()) SettingsResolver.resolve(Recipes.get(name));
  }

  /** What opening such images decides: bright everywhere, or dark with a few bright pixels. */
  private static DatasetInfo images(boolean dark) {
    return images(dark, 8, 64, "");
  }

  private static DatasetInfo images(boolean dark, int count, int side, String typed) {
    ImageStack stack = new ImageStack(side, side);
    for (int i = 0; i < count; i++) {
      ByteProcessor slice = new ByteProcessor(side, side);
      for (int p = 0; p < side * side; p++) {
        slice.set(p, dark ? (p % 50 == 0 ? 200 : p % 5) : 50 + p % 150);
      }
      stack.addSlice(slice);
    }
    ImageSource source = ImageSources.of(new ImagePlus("stack", stack));
    try (Dataset dataset =
        Dataset.open(source, TrainSettings.parse(typed).datasetOptions(), line -> {})) {
      return dataset.info();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| false| width=16, latent=128, normalisation_d=none, downsampling=strided, refine=last,"
            + " minibatch=deviation (as light has it); normalisation_g=batch, upsampling=nearest, noise=off,"
            + " skip_z=off, last_activation=tanh (for images without a dark background);"
            + " augment=color-translation, augment_p=0.5, minibatch_until=end (for 8 whole images);"
            + " r1=0.0512, r2=0.0512 (0.0036 of the images' variance / batch);"
            + " updates=alternating (as D compares images to the end); d_steps=1 (as the loss relativistic has it)",
        "minibatch=none| true| updates=simultaneous (as r1 and r2 hold D);"
            + " d_steps=1 (as the loss relativistic has it)",
        "minibatch=none d_steps=2| true| updates=alternating (as other settings want it)",
        "''| true| normalisation_g=none, upsampling=balanced, noise=on, skip_z=on,"
            + " last_activation=linear (for images with a dark background); augment=translation",
        "augment=none| false| background); minibatch_until=end (for 8 whole images); r1=0.0512",
        "augment_p=0.2| true| augment=translation, minibatch_until=end (for 8 whole images)",
        "noise=off skip_z=off refine=all| true| upsampling=balanced, last_activation=linear (for"
            + " images with a dark",
        "architecture=dcgan| true| noise=off, skip_z=off, refine=none, last_activation=tanh, minibatch=none"
            + " (as dcgan has it); augment=translation",
        "loss=wasserstein-gp| false| minibatch=none, d_steps=5, r1=0, r2=0, updates=alternating (as the loss wasserstein-gp has it).",
        "loss=hinge| true| refine=last, minibatch=deviation (as light has it)",
        "loss=hinge augment=none| true| background); minibatch_until=end (as r1 and r2 do not hold D);",
        "anneal_to=1| false| minibatch_until=end (as learning rates do not fall in the last half only)",
        "sampling=patches| true| augment=none, minibatch_until=end (for patches of 8 images);",
        "sampling=patches minibatch_until=annealing| true| updates=annealing (as r1 and r2 hold a D that"
            + " compares no images then)",
        "minibatch=none unroll=2| true| updates=alternating (as other settings want it)",
        "r1=1 r2=0 size=128| false| background); augment=color-translation, augment_p=0.5 (for 8 whole images);"
            + " minibatch_until=end (as r1 and r2 do not hold D);"
            + " updates=alternating (as r1 and r2 do not hold D); d_steps=1 (as the loss relativistic has it)",
        "architecture=dcgan| false| width=64, latent=100, normalisation_g=batch, normalisation_d=batch,",
        "''| true| d_steps=1 (as the loss relativistic has it);"
            + " range_weight=0.05 (for a linear last activation).",
        "range_weight=1| true| d_steps=1 (as the loss relativistic has it)."
      })
  void saysWhatWasLeftOpen(String typed, boolean dark, String words) {
    TrainSettings given = TrainSettings.parse(typed);
    DatasetInfo images = images(dark, 8, 64, typed);
    TrainSettings resolved = SettingsResolver.resolve(given, images, 227.5);
    assertThat(SettingsResolver.describe(given, resolved, images)).contains(words);
  }

  /** Not with what needs passes of its own, nor where nothing holds D or it compares to the end. */
  @ParameterizedTest
  @CsvSource({
    "minibatch=none, simultaneous",
    "minibatch=none conditional=projection, simultaneous",
    "minibatch=none updates=alternating, alternating",
    "'', simultaneous",
    "minibatch=discrimination, simultaneous",
    "minibatch_until=end, alternating",
    "minibatch_until=end updates=simultaneous, simultaneous",
    "updates=annealing, annealing",
    "updates=alternating, alternating",
    "d_steps=2, alternating",
    "anneal_from=0.2, alternating",
    "r1=0, alternating",
    "minibatch=none loss=hinge r1=1 r2=1, alternating",
    "minibatch=none r1=0, alternating",
    "minibatch=none r2=0, alternating",
    "minibatch=none d_steps=2, alternating",
    "minibatch=none replay_size=50, alternating",
    "minibatch=none unroll=2, alternating",
    "minibatch=none feature_matching=0.5, alternating"
  })
  void bothNetworksMoveAtOnceWhereThatIsSafe(String typed, String updates) {
    TrainSettings given = TrainSettings.parse(typed);
    DatasetInfo patches = images(true, 120, 64, "sampling=patches");
    assertThat(SettingsResolver.resolve(given, patches, 200).get(TrainSettings.UPDATES))
        .isEqualTo(updates);
  }

  /** While D compares images, with patches of many fields only. */
  @ParameterizedTest
  @CsvSource({
    "45, sampling=patches held_out=0, simultaneous",
    "44, sampling=patches held_out=0 minibatch_until=annealing, annealing",
    "1200, '', annealing",
    "1200, minibatch=none, simultaneous",
    "990, '', alternating"
  })
  void bothNetworksMoveAtOnceFromTheStartWithManyFields(int count, String typed, String updates) {
    TrainSettings given = TrainSettings.parse(typed);
    DatasetInfo images = images(true, count, typed.contains("patches") ? 64 : 16, typed);
    assertThat(SettingsResolver.resolve(given, images, 200).get(TrainSettings.UPDATES))
        .isEqualTo(updates);
  }

  /** At the end D judges each image by itself, where it is held then and knows none by heart. */
  @ParameterizedTest
  @CsvSource({
    "'', 120, sampling=patches, annealing",
    "'', 45, sampling=patches held_out=0, annealing",
    "'', 44, sampling=patches held_out=0, end",
    "'', 1200, '', annealing",
    "'', 990, '', end",
    "minibatch=discrimination, 120, sampling=patches, annealing",
    "minibatch_until=end, 120, sampling=patches, end",
    "minibatch_until=annealing, 990, '', annealing",
    "minibatch=none, 120, sampling=patches, end",
    "loss=hinge r1=1 r2=1, 120, sampling=patches, end",
    "loss=wasserstein-gp, 120, sampling=patches, end",
    "r1=0, 120, sampling=patches, end",
    "r2=0, 120, sampling=patches, end",
    "anneal_from=0.4, 120, sampling=patches, end",
    "anneal_from=1, 120, sampling=patches, end",
    "anneal_to=1, 120, sampling=patches, end"
  })
  void imagesAreComparedUntilRatesFallWherePenaltiesHoldDThen(
      String typed, int count, String sampling, String until) {
    TrainSettings given = TrainSettings.parse(typed);
    DatasetInfo images = images(true, count, sampling.isEmpty() ? 16 : 64, sampling);
    TrainSettings resolved = SettingsResolver.resolve(given, images, 200);
    assertThat(resolved.get(TrainSettings.MINIBATCH_UNTIL)).isEqualTo(until);
  }

  /** The mode collapse lab's, for which they are named where they are wanted. */
  @Test
  void withoutImagesNetworksMoveInTurnsAndDComparesToTheEnd() {
    TrainSettings given = TrainSettings.parse("minibatch=none");
    assertThat(SettingsResolver.resolve(given).get(TrainSettings.UPDATES)).isEqualTo("alternating");
    TrainSettings comparing = SettingsResolver.resolve(TrainSettings.defaults());
    assertThat(comparing.get(TrainSettings.MINIBATCH_UNTIL)).isEqualTo("end");
  }

  /** Points may be anywhere, and tanh holds pixels in range by itself. */
  @Test
  void onlyALinearOutputIsDrawnBackIntoRange() {
    TrainSettings linear = TrainSettings.parse("last_activation=linear");
    assertThat(SettingsResolver.resolve(linear).get(TrainSettings.RANGE_WEIGHT)).isEqualTo(0.05);
    TrainSettings tanh = TrainSettings.parse("last_activation=tanh");
    assertThat(SettingsResolver.resolve(tanh).get(TrainSettings.RANGE_WEIGHT)).isZero();
    TrainSettings points = TrainSettings.defaults();
    assertThat(SettingsResolver.resolve(points, PointNets.plain()).get(TrainSettings.RANGE_WEIGHT))
        .isZero();
  }

  @Test
  void patchesAndManyImagesAreNotAugmented() {
    TrainSettings given = TrainSettings.defaults();
    DatasetInfo patches = images(false, 8, 64, "sampling=patches");
    assertThat(SettingsResolver.resolve(given, patches, 200).get(TrainSettings.AUGMENT))
        .isEqualTo("none");
    DatasetInfo many = images(false, 1200, 16, "");
    assertThat(SettingsResolver.resolve(given, many, 200).get(TrainSettings.AUGMENT))
        .isEqualTo("none");
    DatasetInfo few = images(false, 990, 16, "");
    assertThat(SettingsResolver.resolve(given, few, 200).get(TrainSettings.AUGMENT))
        .isEqualTo("color-translation");
  }

  @Test
  void saysThatNothingWasLeftOpen() {
    TrainSettings given =
        TrainSettings.parse(
            "width=16 latent=64 noise=on skip_z=on refine=last last_activation=tanh r1=0 r2=0 d_steps=1"
                + " normalisation_g=none normalisation_d=none minibatch=none upsampling=transposed downsampling=strided"
                + " augment=none updates=simultaneous minibatch_until=end");
    DatasetInfo images = images(true);
    TrainSettings resolved = SettingsResolver.resolve(given, images, 227.5);
    assertThat(SettingsResolver.describe(given, resolved, images))
        .isEqualTo("All settings of the game were given.");
  }

  /** As when a run of an earlier version is resumed, whose settings do not name them. */
  @Test
  void settingsLeftOpenAreWhatTheNetworksAre() {
    NetworkOptions options = new NetworkOptions().withLatentSkips(true).withOutput(Output.LINEAR);
    TrainSettings given = TrainSettings.parse("noise=on");
    TrainSettings closed = SettingsResolver.designed(given, LIGHT, options);
    assertThat(closed.get(TrainSettings.SKIP_Z)).isEqualTo("on");
    assertThat(closed.get(TrainSettings.LAST_ACTIVATION)).isEqualTo("linear");
    assertThat(closed.get(TrainSettings.NOISE)).isEqualTo("on");
    assertThat(closed.get(TrainSettings.MINIBATCH)).isEqualTo("deviation");
    assertThat(closed.get(TrainSettings.NORMALISATION_D)).isEqualTo("none");
    TrainSettings plain = SettingsResolver.designed(given, LIGHT, new NetworkOptions());
    assertThat(plain.get(TrainSettings.SKIP_Z)).isEqualTo("off");
  }
}
