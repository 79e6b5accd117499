package org.lookalike.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparedImagesTest {
  @Test
  void imagesTakeTheirShareOfMemoryButLeaveSomeOfWhatIsFree() {
    assertThat(PreparedImages.budget(0.4, 1000, 1000)).isEqualTo(400);
    assertThat(PreparedImages.budget(0.4, 1000, 500)).isEqualTo(300);
    assertThat(PreparedImages.budget(0.4, 1000, 0)).isZero();
  }
}
