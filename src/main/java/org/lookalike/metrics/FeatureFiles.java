package org.lookalike.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lookalike.image.InputException;
import org.lookalike.image.WholeFiles;

/** Features as CSV: header {@code file,f0,f1,…}, one row an image. */
public final class FeatureFiles {
  private FeatureFiles() {}

  /** Writes the file, and the folder it is to be in. */
  public static void write(FeatureSet set, Path file) throws IOException {
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    WholeFiles.write(file, part -> writeRows(set, part));
  }

  private static void writeRows(FeatureSet set, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("file");
      for (int d = 0; d < set.dimensions(); d++) out.write(",f" + d);
      out.write("\n");
      for (int i = 0; i < set.rows(); i++) {
        String name = set.names().isEmpty() ? Integer.toString(i) : set.names().get(i);
        out.write('"' + name.replace("\"", "\"\"") + '"');
        for (float value : set.row(i)) out.write("," + value);
        out.write("\n");
      }
    }
  }

  /**
   * Reads what {@link #write} wrote, or any CSV of that form.
   *
   * @throws InputException if it is not one
   */
  public static FeatureSet read(Path file) {
    List<float[]> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(file)) {
      String header = in.readLine();
      if (header == null || !header.startsWith("file,")) throw notFeatures(file, 1, null);
      int dimensions = header.split(",").length - 1;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) rows.add(row(line, dimensions, file, rows.size() + 2, names));
      }
    } catch (NoSuchFileException e) {
      throw new InputException("There is no " + file + "; give a CSV file of features.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (rows.isEmpty()) throw notFeatures(file, 2, null);
    int dimensions = rows.get(0).length;
    float[] values = new float[rows.size() * dimensions];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, values, i * dimensions, dimensions);
    }
    return new FeatureSet(values, rows.size(), dimensions, names);
  }

  private static float[] row(
      String line, int dimensions, Path file, int number, List<String> names) {
    int end = line.startsWith("\"") ? line.lastIndexOf('"') + 1 : line.indexOf(',');
    if (end <= 0 || end >= line.length()) throw notFeatures(file, number, null);
    String name = line.substring(0, end);
    boolean quoted = name.startsWith("\"");
    names.add(quoted ? name.substring(1, end - 1).replace("\"\"", "\"") : name);
    String[] fields = line.substring(end + 1).split(",", -1);
    if (fields.length != dimensions) throw notFeatures(file, number, null);
    float[] values = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      try {
        values[d] = Float.parseFloat(fields[d].trim());
      } catch (NumberFormatException e) {
        throw notFeatures(file, number, e);
      }
    }
    return values;
  }

  private static InputException notFeatures(Path file, int line, Exception cause) {
    return new InputException(
        String.format(
            "%s is no file of features: line %d is not of the form file,f0,f1,…; write one with"
                + " the command features.",
            file, line),
        cause);
  }
}
