package org.lookalike.nn.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.stream;
import org.nd4j.linalg.factory.Nd4j;

/** The one engine and stream of this process, if the processor and the installation have oneDNN. */
public final class OneDnn {
  /** Set to {@code nd4j} to do without oneDNN. */
  public static final String SWITCH = "lookalike.kernels";

  private static final int BFLOAT16 = dnnl.dnnl_cpu_isa_avx512_core_bf16;

  private static final engine ENGINE;
  private static final stream STREAM;
  private static final String WHY_NOT;

  static {
    engine engine = null;
    stream stream = null;
    String whyNot = null;
    if ("nd4j".equals(System.getProperty(SWITCH))) {
      whyNot = "switched off by " + SWITCH + "=nd4j";
    } else if (!isOnProcessor()) {
      whyNot = "ND4J does not run on the processor";
    } else {
      try {
        engine = new engine(org.bytedeco.dnnl.engine.kind.cpu, 0);
        stream = new stream(engine);
      } catch (LinkageError | RuntimeException e) {
        // What a platform without the native library throws; the reason is reported, not lost.
        whyNot = "its library does not load here (" + e.getMessage() + ")";
      }
    }
    ENGINE = engine;
    STREAM = stream;
    WHY_NOT = whyNot;
  }

  private OneDnn() {}

  /** Whether ND4J keeps its arrays in the processor's memory. */
  public static boolean isOnProcessor() {
    return Nd4j.getBackend().getClass().getSimpleName().equals("CpuBackend");
  }

  /** Whether layers can use this package. */
  public static boolean isAvailable() {
    return WHY_NOT == null;
  }

  /** Why not, in a few words; {@code null} if it is available. */
  public static String whyNot() {
    return WHY_NOT;
  }

  /**
   * Whether this processor multiplies numbers of the type bfloat16 (the upper half of a float: 8
   * bits of precision) faster than floats.
   */
  public static boolean hasBfloat16() {
    return isAvailable() && (dnnl.dnnl_get_effective_cpu_isa() & BFLOAT16) == BFLOAT16;
  }

  static engine engine() {
    return ENGINE;
  }

  static stream stream() {
    return STREAM;
  }
}
