package org.lookalike.gan;

import java.util.List;
import java.util.stream.Collectors;

/** The register of architectures. */
public final class Architectures {
  private static final List<Architecture> ALL = List.of(new LightNet(), new ClassicDcgan());

  private Architectures() {}

  /** Their names; the first is the default. */
  public static List<String> names() {
    return ALL.stream().map(Architecture::name).collect(Collectors.toList());
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Architecture named(String name) {
    for (Architecture architecture : ALL) if (architecture.name().equals(name)) return architecture;
    throw new IllegalArgumentException("no architecture " + name);
  }
}
