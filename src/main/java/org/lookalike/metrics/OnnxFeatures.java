package org.lookalike.metrics;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.lookalike.image.InputException;

/**
 * Any network in a file of the Open Neural Network Exchange format (onnx.ai), run by ONNX Runtime
 * on the CPU.
 *
 * <p>Images are mapped to [0, 1] and resampled to the model's input: area averaging where they
 * shrink, bilinear where they grow. A network takes three channels: one channel is copied to three;
 * two get a third of zeros; more than three are averaged to one grey image, which is copied to
 * three. For a network of one channel all are averaged. Then come value scale, mean and standard
 * deviation of the {@link OnnxOptions}.
 *
 * <p>Unless an output is named, it is the first called something with feature, embed or pool, else
 * the first of the form {@code [n, d]} not called logits or probabilities, else the first. Height
 * and width that are left in it are averaged, and so are a transformer's tokens. At most 16 images
 * are in the network at once, or as many as the model's input demands.
 */
public final class OnnxFeatures implements FeatureExtractor {
  private static final int BATCH = 16;

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String inputName;
  private final OnnxInput input;
  private final String outputName;
  private final int fixedBatch;
  private boolean closed;

  private OnnxFeatures(
      String name,
      OrtEnvironment environment,
      OrtSession session,
      OnnxOptions o,
      OnnxOutput.Kind kind)
      throws OrtException {
    this.name = name;
    this.environment = environment;
    this.session = session;
    Map<String, NodeInfo> inputs = session.getInputInfo();
    if (inputs.size() != 1) {
      throw new InputException(
          String.format(
              "%s takes %d inputs; give a model whose only input is pictures.",
              name, inputs.size()));
    }
    NodeInfo node = inputs.values().iterator().next();
    inputName = node.getName();
    if (!isTensor(node, OnnxJavaType.FLOAT)) {
      throw new InputException(
          String.format(
              "The input '%s' of %s is no tensor of 32-bit numbers; give a model that takes"
                  + " pictures as such.",
              inputName, name));
    }
    long[] shape = ((TensorInfo) node.getInfo()).getShape();
    input = new OnnxInput(shape, o, name);
    fixedBatch = shape[0] > 0 ? Math.toIntExact(shape[0]) : 0;
    outputName = OnnxOutput.choose(outputs(session), o.output(), kind, name);
  }

  /**
   * With {@link OnnxOptions#defaults()}.
   *
   * @throws InputException as {@link #open(Path, OnnxOptions)}
   */
  public static OnnxFeatures open(Path model) {
    return open(model, OnnxOptions.defaults());
  }

  /**
   * @param model an ONNX file
   * @throws InputException if there is no such file, it is no ONNX model, its input is no pictures
   *     or does not fit the options, it has no output of that name, or ONNX Runtime does not run on
   *     this computer
   */
  public static OnnxFeatures open(Path model, OnnxOptions options) {
    return open(model, options, OnnxOutput.Kind.FEATURES);
  }

  static OnnxFeatures open(Path model, OnnxOptions options, OnnxOutput.Kind kind) {
    if (!Files.isRegularFile(model)) {
      throw new InputException("There is no file " + model + "; give an ONNX model.");
    }
    String name = model.getFileName().toString();
    OrtEnvironment environment = environment();
    OrtSession session = session(environment, model);
    try {
      return new OnnxFeatures(name, environment, session, options, kind);
    } catch (OrtException e) {
      close(session);
      throw cannot("read", name, e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  private static OrtEnvironment environment() {
    try {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      // On by default on Windows; nobody who measures images has asked for it.
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | OrtException e) {
      throw new InputException(
          "ONNX Runtime does not start on this computer; use the built-in features.", e);
    }
  }

  private static OrtSession session(OrtEnvironment environment, Path model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Runtime.getRuntime().availableProcessors());
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return environment.createSession(model.toString(), options);
    } catch (OrtException e) {
      if (e.getCode() == OrtException.OrtErrorCode.ORT_INVALID_PROTOBUF) {
        throw new InputException(model + " is no ONNX model; give a network exported as one.", e);
      }
      throw cannot("open", model.getFileName().toString(), e);
    }
  }

  private static Map<String, Integer> outputs(OrtSession session) throws OrtException {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    for (NodeInfo node : session.getOutputInfo().values()) {
      if (isTensor(node, OnnxJavaType.FLOAT) || isTensor(node, OnnxJavaType.FLOAT16)) {
        ranks.put(node.getName(), ((TensorInfo) node.getInfo()).getShape().length);
      }
    }
    return ranks;
  }

  private static boolean isTensor(NodeInfo node, OnnxJavaType type) {
    return node.getInfo() instanceof TensorInfo && ((TensorInfo) node.getInfo()).type == type;
  }

  /** ONNX Runtime's reason without its code, made the end of a sentence. */
  private static InputException cannot(String what, String model, OrtException e) {
    String reason = String.valueOf(e.getMessage()).replaceFirst("^Error code.*?message: *", "");
    reason = reason.lines().findFirst().orElse("no reason given").replaceFirst("[.\\s]+$", "");
    return new InputException(
        String.format("ONNX Runtime cannot %s %s: %s.", what, model, reason), e);
  }

  @Override
  public String name() {
    return name;
  }

  /** Name of the output the features come from. */
  public String output() {
    return outputName;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InputException if the model does not run on pictures of its input size, or its output
   *     is not one row an image
   */
  @Override
  public float[][] features(float[] nchw, int n, int channels, int size) {
    float[][] rows = new float[n][];
    int batch = fixedBatch > 0 ? fixedBatch : Math.min(BATCH, n);
    float[] pictures = new float[Math.multiplyExact(batch, input.length())];
    for (int first = 0; first < n; first += batch) {
      int count = Math.min(batch, n - first);
      // A model of fixed batch runs over what the last one left; those rows are not taken.
      int run = fixedBatch > 0 ? fixedBatch : count;
      input.fill(pictures, nchw, first, count, channels, size);
      System.arraycopy(run(pictures, run, count), 0, rows, first, count);
    }
    return rows;
  }

  private float[][] run(float[] pictures, int batch, int count) {
    FloatBuffer values = FloatBuffer.wrap(pictures, 0, batch * input.length());
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, values, input.shape(batch));
        OrtSession.Result result = session.run(Map.of(inputName, tensor), Set.of(outputName))) {
      OnnxTensor output = (OnnxTensor) result.get(0);
      long[] shape = output.getInfo().getShape();
      if (shape.length == 0 || shape[0] != batch) {
        throw new InputException(
            String.format(
                "The output '%s' of %s is not one row an image; name another.", outputName, name));
      }
      FloatBuffer buffer = output.getFloatBuffer();
      float[] all = new float[buffer.remaining()];
      buffer.get(all);
      return OnnxOutput.rows(all, shape, input.layout(), count);
    } catch (OrtException e) {
      throw cannot("run", name, e);
    }
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    close(session);
  }

  private static void close(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
