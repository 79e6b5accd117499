package org.lookalike.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.lookalike.nn.onednn.ConvolutionKernels;
import org.lookalike.nn.onednn.OneDnn;
import org.lookalike.nn.onednn.Tensor;
import org.lookalike.nn.onednn.TensorPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What does the work, how fast it is, and why nothing else does. */
public final class ComputeDevice {
  private static final double GIGA = 1e9;
  private static final int COLLECTIONS = 3;
  private static final long COLLECTION_MILLIS = 100;

  private final String backend;
  private final String processor;
  private final int threads;
  private final double gigaflops;
  private final double roundedGigaflops;
  private final DeviceChoice choice;
  private final boolean cuda;

  private ComputeDevice(String backend, String processor, int threads, DeviceChoice choice) {
    this.backend = backend;
    this.processor = processor;
    this.threads = threads;
    this.choice = choice;
    gigaflops = timeConvolution(false);
    roundedGigaflops = hasBfloat16() ? timeConvolution(true) : Double.NaN;
    cuda = ComputeBackend.isCuda();
  }

  /**
   * Starts ND4J if need be and times a convolution (some tenths of a second).
   *
   * @param requested auto, cpu or cuda; what ND4J runs on once it has started stays
   */
  public static ComputeDevice describe(String requested) {
    ComputeBackend.start(requested);
    return new ComputeDevice(
        Nd4j.getBackend().getClass().getSimpleName(),
        processorName(),
        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads(),
        ComputeBackend.choose(requested));
  }

  /** Whether it is what was requested; auto always is. */
  public boolean isWhatWasRequested(String requested) {
    return requested.equals(DeviceChoice.AUTO) || cuda == requested.equals(DeviceChoice.CUDA);
  }

  /** One sentence: why this device and not the other. */
  public String reason() {
    if (cuda == choice.isCuda()) return choice.reason();
    if (cuda) {
      return "ND4J has started on the GPU already; start the program anew to use the processor.";
    }
    return String.format(
        "GPU not used: %s; %s",
        choice.reason(),
        ComputeBackend.hasTriedCuda()
            ? "ND4J's CUDA backend did not start on it; reinstall NVIDIA's driver."
            : "ND4J has started on the processor already; start the program anew to use it.");
  }

  /**
   * Whether this processor has instructions for numbers of the type bfloat16, and they are used.
   */
  public static boolean hasBfloat16() {
    return OneDnn.hasBfloat16();
  }

  /** Bytes ND4J may still take outside the Java heap. */
  public static long freeOffHeapBytes() {
    long limit = Pointer.maxPhysicalBytes();
    if (limit <= 0) return Long.MAX_VALUE;
    long byBudget = Pointer.maxBytes() > 0 ? Pointer.maxBytes() - Pointer.totalBytes() : limit;
    return Math.min(limit - Pointer.physicalBytes(), byBudget);
  }

  /**
   * Has what earlier trainings left outside the heap given back, which happens no sooner than Java
   * collects the objects that hold it.
   *
   * @return bytes free then
   */
  public static long collectOffHeapBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      System.runFinalization();
      try {
        // JavaCPP frees what was collected on a thread of its own.
        Thread.sleep(COLLECTION_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return freeOffHeapBytes();
  }

  /** Several lines in plain words. */
  public String report() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Device: %s (%s, %d threads)%n4x4 convolution by %s: %.0f GFLOP/s%s%n",
            cuda ? "GPU " + choice.reason() : processor,
            backend,
            threads,
            OneDnn.isAvailable() ? "oneDNN" : "ND4J",
            gigaflops,
            hasBfloat16()
                ? String.format(Locale.ROOT, ", in bfloat16 %.0f", roundedGigaflops)
                : ""));
    if (!cuda && !OneDnn.isAvailable()) {
      text.append(
          String.format(
              "oneDNN is not used directly: %s; training is slower without.%n", OneDnn.whyNot()));
    }
    String arch = System.getProperty("os.arch");
    if (!cuda && (arch.equals("aarch64") || arch.equals("arm64"))) {
      text.append(
          String.format(
              "ND4J has no oneDNN build for this processor: training is several times slower.%n"));
    }
    if (!cuda) text.append(reason());
    return text.toString().trim();
  }

  private static double timeConvolution(boolean rounded) {
    int n = 16;
    int in = 64;
    int out = 128;
    int side = 32;
    INDArray x = Nd4j.rand(DataType.FLOAT, n, in, side, side);
    INDArray w = Nd4j.rand(DataType.FLOAT, out, in, 4, 4);
    INDArray y = Nd4j.create(DataType.FLOAT, n, out, side / 2, side / 2);
    TensorPool pool = new TensorPool();
    Tensor weights = Tensor.of(w);
    ConvolutionKernels kernels = new ConvolutionKernels(in, out, 4, 2, 1, pool);
    kernels.setRounding(rounded);
    Runnable convolve =
        OneDnn.isAvailable()
            ? () ->
                kernels.forward(
                    "y", pool.operand(Tensor.of(x)), weights, null, ConvolutionKernels.LINEAR)
            : () -> Ops.convolve(x, w, null, y, 4, 2, 1);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 12; i++) {
      long start = System.nanoTime();
      convolve.run();
      best = Math.min(best, (System.nanoTime() - start) / GIGA);
    }
    double operations = 2.0 * n * out * (side / 2) * (side / 2) * in * 16;
    return operations / best / GIGA;
  }

  private static String processorName() {
    Path info = Paths.get("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try {
        for (String line : Files.readAllLines(info)) {
          if (line.startsWith("model name")) return line.substring(line.indexOf(':') + 1).trim();
        }
      } catch (IOException e) {
        return "processor of unknown name (" + e.getMessage() + ")";
      }
    }
    String identifier = System.getenv("PROCESSOR_IDENTIFIER");
    return identifier != null ? identifier : System.getProperty("os.arch") + " processor";
  }
}
