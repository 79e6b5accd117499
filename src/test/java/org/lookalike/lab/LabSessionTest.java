package org.lookalike.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ij.ImagePlus;
import ij.io.Opener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.image.InputException;
import org.lookalike.train.TrainSettings;

class LabSessionTest {
  private static final String PLAIN = "loss=non-saturating width=32 seed=3";
  private static final int STEPS = 120;

  @TempDir Path folder;
  private LabSession session = session(PLAIN);

  private static LabSession session(String settings) {
    return new LabSession(
        Mixture.RING, LabMethod.of("test", "plain", TrainSettings.parse(settings)), STEPS);
  }

  private void play(int steps) {
    for (int i = 0; i < steps; i++) session.advance();
  }

  private void change(String settings) {
    session.change(session.settings().with(TrainSettings.parse(settings)));
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void watchingDoesNotChangeWhatIsLearnt() {
    LabMethod method = LabMethod.of("test", "plain", TrainSettings.parse(PLAIN));
    LabRun unwatched = LabRun.begin(Mixture.RING, method, STEPS, 3);
    for (int i = 0; i < 40; i++) {
      unwatched.step();
      session.advance();
      session.snapshot();
    }
    assertThat(session.snapshot().samples()).isEqualTo(unwatched.samples(LabRun.JUDGED));
    unwatched.close();
  }

  @Test
  void anotherLossKeepsTheStepsAndTakesEffect() {
    play(30);
    float[] before = session.snapshot().samples();
    LabSession unchanged = session;
    session = session(PLAIN);
    play(30);
    change("loss=hinge learning_rate_g=0.002");
    assertThat(session.steps()).isEqualTo(30);
    assertThat(session.snapshot().samples()).isEqualTo(before);
    assertThat(session.snapshot().loss()).isEqualTo("hinge");
    play(10);
    for (int i = 0; i < 10; i++) unchanged.advance();
    assertThat(session.steps()).isEqualTo(40);
    assertThat(session.snapshot().samples()).isNotEqualTo(unchanged.snapshot().samples());
    unchanged.close();
  }

  @Test
  void otherNetworksBeginAnew() {
    play(10);
    TrainSettings packed = session.settings().with(TrainSettings.PACK, 2);
    assertThat(session.change(packed)).isTrue();
    assertThat(session.steps()).isZero();
    assertThat(session.film().size()).isEqualTo(1);
    assertThat(session.curves().size()).isEqualTo(1);
    play(5);
    assertThat(session.change(packed.with(TrainSettings.R1, 0.5))).isFalse();
    assertThat(session.steps()).isEqualTo(5);
  }

  @Test
  void anImpossibleSettingIsASentenceAndTheRunGoesOn() {
    play(10);
    assertThatThrownBy(() -> change("loss=relativistic real_label=0.9"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("real_label");
    assertThatThrownBy(() -> change("pack=3"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("pack=3 does not divide batch=16");
    assertThatThrownBy(() -> change("augment=color"))
        .isInstanceOf(InputException.class)
        .hasMessage("augment is for images and means nothing in the lab; leave it out.");
    assertThatThrownBy(() -> change("minibatch=deviation"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("minibatch=deviation is for images");
    assertThatThrownBy(() -> change("normalisation_g=instance"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("normalisation_g=instance is for images");
    assertThat(session.settings().get(TrainSettings.LOSS)).isEqualTo("non-saturating");
    play(1);
    assertThat(session.steps()).isEqualTo(11);
    assertThat(session.isBroken()).isFalse();
  }

  @Test
  void restartPlaysTheSameAgain() {
    play(20);
    float[] samples = session.snapshot().samples();
    session.restart();
    assertThat(session.steps()).isZero();
    play(20);
    assertThat(session.snapshot().samples()).isEqualTo(samples);
  }

  @Test
  void leavesWholeFiles() throws Exception {
    play(STEPS);
    assertThat(session.isOver()).isTrue();
    Path output = folder.resolve("new");
    session.save(output);
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("film.tif", "curves.png", "last.png");
    }
    ImagePlus film = new Opener().openImage(output.resolve("film.tif").toString());
    assertThat(film.getStackSize()).isEqualTo(session.film().size()).isBetween(10, 52);
    assertThat(film.getStack().getSliceLabel(1)).isEqualTo("step 0");
    assertThat(film.getStack().getSliceLabel(film.getStackSize())).isEqualTo("step " + STEPS);
    ImagePlus last = new Opener().openImage(output.resolve("last.png").toString());
    assertThat((int[]) last.getProcessor().convertToRGB().getPixels())
        .isEqualTo((int[]) LabPicture.draw(session.snapshot()).getPixels());
  }

  @Test
  void saysNothingOfARunThatHasHardlyBegun() {
    assertThat(session.advice(session.snapshot())).contains("hardly begun");
    play(20);
    assertThat(session.advice(session.snapshot())).doesNotContain("hardly begun");
  }
}
