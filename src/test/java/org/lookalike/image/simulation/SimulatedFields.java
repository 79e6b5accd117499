package org.lookalike.image.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lookalike.image.Dataset;
import org.lookalike.image.DatasetOptions;
import org.lookalike.image.ImageSources;

/** What a simulator draws, for its test. */
final class SimulatedFields<P extends ImageProcessor> {
  private final LongFunction<Supplier<P>> simulator;

  /**
   * @param simulator what draws one field after another, from a seed
   */
  SimulatedFields(LongFunction<Supplier<P>> simulator) {
    this.simulator = simulator;
  }

  List<P> draw(int count, long seed) {
    return Stream.generate(simulator.apply(seed)).limit(count).collect(Collectors.toList());
  }

  void assertFollowTheSeed() {
    List<P> first = draw(12, 3);
    List<P> again = draw(12, 3);
    for (int i = 0; i < first.size(); i++) {
      assertThat(again.get(i).getPixels()).isEqualTo(first.get(i).getPixels());
    }
    assertThat(draw(1, 4).get(0).getPixels()).isNotEqualTo(first.get(0).getPixels());
  }

  /** As a training reads them. */
  Dataset dataset(int count, long seed) {
    List<P> fields = draw(count, seed);
    ImageStack stack = new ImageStack(fields.get(0).getWidth(), fields.get(0).getHeight());
    fields.forEach(stack::addSlice);
    DatasetOptions options = DatasetOptions.defaults().withSize(64);
    return Dataset.open(ImageSources.of(new ImagePlus("fields", stack)), options, line -> {});
  }
}
