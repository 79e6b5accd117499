package org.lookalike.gan;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.lookalike.image.InputException;
import org.lookalike.image.WholeFiles;

/**
 * Zip files of JSON and plain arrays. Reading checks each entry's name and size first, and never
 * deserialises objects.
 */
public final class Archive {
  private static final int COPY = 1 << 16;

  private Archive() {}

  /** Fills an archive. */
  public interface Content {
    void writeTo(Writer writer) throws IOException;
  }

  /** Writes {@code file} whole or not at all. */
  public static void write(Path file, Content content) throws IOException {
    WholeFiles.write(
        file,
        part -> {
          try (ZipOutputStream zip =
              new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            // Weights shrink by a fourteenth, for fifteen times the time.
            zip.setLevel(Deflater.NO_COMPRESSION);
            content.writeTo(new Writer(zip));
          }
        });
  }

  /** Adds entries. */
  public static final class Writer {
    private final ZipOutputStream zip;

    private Writer(ZipOutputStream zip) {
      this.zip = zip;
    }

    public void bytes(String name, byte[] bytes) throws IOException {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(bytes);
      zip.closeEntry();
    }

    public void text(String name, String text) throws IOException {
      bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Big-endian IEEE floats. */
    public void floats(String name, float[] values) throws IOException {
      zip.putNextEntry(new ZipEntry(name));
      ByteBuffer buffer = ByteBuffer.allocate(COPY);
      for (float value : values) {
        if (!buffer.hasRemaining()) flush(buffer);
        buffer.putFloat(value);
      }
      flush(buffer);
      zip.closeEntry();
    }

    private void flush(ByteBuffer buffer) throws IOException {
      zip.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
  }

  /** Reads entries by name. */
  public static final class Reader implements AutoCloseable {
    private final Path file;
    private final String what;
    private final String remedy;
    private final ZipFile zip;

    /**
     * @param what what the file should be, for messages: "model"
     * @throws InputException if it is missing or no zip file
     */
    public Reader(Path file, String what) {
      this(file, what, "give one that a training has written");
    }

    /**
     * @param what what the file should be, for messages: "model"
     * @param remedy what to do if it is not, for messages
     * @throws InputException if it is missing or no zip file
     */
    public Reader(Path file, String what, String remedy) {
      this.file = file;
      this.what = what;
      this.remedy = remedy;
      if (!Files.isRegularFile(file)) {
        throw new InputException("There is no " + what + " file " + file + ".");
      }
      try {
        zip = new ZipFile(file.toFile());
      } catch (ZipException e) {
        throw broken(e);
      } catch (IOException e) {
        throw new InputException("The file " + file + " cannot be read.", e);
      }
    }

    public boolean has(String name) {
      return zip.getEntry(name) != null;
    }

    /**
     * @param limit most bytes the entry may have
     * @throws InputException if it is missing, larger or damaged
     */
    public byte[] bytes(String name, long limit) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null || entry.getSize() > limit) throw broken(null);
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] bytes = readUpTo(in, limit);
        if (bytes.length != entry.getSize()) throw broken(null);
        return bytes;
      } catch (IOException e) {
        throw broken(e);
      }
    }

    private byte[] readUpTo(InputStream in, long limit) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] chunk = new byte[COPY];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        if (out.size() + (long) n > limit) throw broken(null);
        out.write(chunk, 0, n);
      }
      return out.toByteArray();
    }

    public String text(String name, long limit) {
      return new String(bytes(name, limit), StandardCharsets.UTF_8);
    }

    /**
     * A text entry as Gson reads it.
     *
     * @throws InputException if it is missing, larger than {@code limit} bytes, damaged or empty
     */
    public <T> T json(String name, long limit, Class<T> type) {
      try {
        T value = new Gson().fromJson(text(name, limit), type);
        if (value == null) throw broken(null);
        return value;
      } catch (JsonParseException e) {
        throw broken(e);
      }
    }

    /** Exactly {@code length} floats as {@link Writer#floats} writes them. */
    public float[] floats(String name, long length) {
      byte[] bytes = bytes(name, 4 * length);
      if (bytes.length != 4 * length) throw broken(null);
      float[] values = new float[(int) length];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
      return values;
    }

    /** What to throw when the content is not as it should be. */
    public InputException broken(Throwable cause) {
      return new InputException(
          String.format("%s is not a Lookalike %s or is damaged; %s.", file, what, remedy), cause);
    }

    @Override
    public void close() {
      try {
        zip.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
