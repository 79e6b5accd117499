package org.lookalike.metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the smallest ONNX file, whose output {@code y} is its input {@code x}. */
final class IdentityModel {
  private static final int FLOAT = 1;

  private IdentityModel() {}

  /**
   * @param shape of both; -1 leaves a dimension open
   */
  static Path write(Path file, int... shape) throws IOException {
    byte[] node = join(text(1, "x"), text(2, "y"), text(4, "Identity"));
    byte[] graph =
        join(
            field(1, node),
            text(2, "g"),
            field(11, value("x", shape)),
            field(12, value("y", shape)));
    byte[] opset = number(2, 13);
    return Files.write(file, join(number(1, 7), field(7, graph), field(8, opset)));
  }

  private static byte[] value(String name, int... shape) {
    byte[] dimensions = {};
    for (int d : shape) {
      dimensions = join(dimensions, field(1, d < 0 ? text(2, "open") : number(1, d)));
    }
    byte[] tensor = join(number(1, FLOAT), field(2, dimensions));
    return join(text(1, name), field(2, field(1, tensor)));
  }

  private static byte[] text(int tag, String text) {
    return field(tag, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] field(int tag, byte[] content) {
    return join(variable(tag << 3 | 2), variable(content.length), content);
  }

  private static byte[] number(int tag, int value) {
    return join(variable(tag << 3), variable(value));
  }

  private static byte[] variable(int value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int rest = value; ; rest >>>= 7) {
      if (rest < 128) {
        out.write(rest);
        return out.toByteArray();
      }
      out.write(rest & 127 | 128);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) out.writeBytes(part);
    return out.toByteArray();
  }
}
