package org.lookalike.nn;

import java.util.Locale;

/** Whether to compute on the processor or on a GPU, and why. */
final class DeviceChoice {
  static final String AUTO = "auto";
  static final String CPU = "cpu";
  static final String CUDA = "cuda";

  /** What ND4J's CUDA 11.6 library has machine code for; it has none to be compiled later. */
  private static final double OLDEST_GENERATION = 3.7;

  private static final double NEWEST_GENERATION = 8.9;

  /** What any CUDA 11 library wants. */
  private static final double OLDEST_DRIVER_LINUX = 450.80;

  private static final double OLDEST_DRIVER_WINDOWS = 452.39;
  private static final long LEAST_MEGABYTES = 2000;

  private final boolean cuda;
  private final String reason;

  private DeviceChoice(boolean cuda, String reason) {
    this.cuda = cuda;
    this.reason = reason;
  }

  /**
   * @param requested auto, cpu or cuda
   * @param gpu {@code null} if there is none
   * @param cudaJars whether ND4J's CUDA backend is installed
   * @param windows whether this is Windows
   */
  static DeviceChoice of(String requested, Gpu gpu, boolean cudaJars, boolean windows) {
    if (requested.equals(CPU)) return processor("device=cpu was asked for.");
    if (gpu == null) {
      return processor("No NVIDIA GPU was found (nvidia-smi does not answer).");
    }
    String obstacle = obstacle(gpu, cudaJars, windows);
    return obstacle == null
        ? new DeviceChoice(true, gpu.toString())
        : processor("GPU not used: " + gpu + "; " + obstacle);
  }

  private static DeviceChoice processor(String reason) {
    return new DeviceChoice(false, reason);
  }

  /** The first thing that stands in the way, and what to do; {@code null} if nothing does. */
  private static String obstacle(Gpu gpu, boolean cudaJars, boolean windows) {
    double able = gpu.capability();
    if (able < OLDEST_GENERATION || able > NEWEST_GENERATION) {
      return String.format(
          Locale.ROOT,
          "ND4J's CUDA 11.6 library has no code for its generation (it covers compute capability"
              + " %.1f to %.1f); a GPU of another generation is needed.",
          OLDEST_GENERATION,
          NEWEST_GENERATION);
    }
    if (gpu.megabytes() < LEAST_MEGABYTES) {
      return String.format(
          Locale.ROOT,
          "it has too little memory; one with %,d MB or more is needed.",
          LEAST_MEGABYTES);
    }
    double oldest = windows ? OLDEST_DRIVER_WINDOWS : OLDEST_DRIVER_LINUX;
    if (gpu.driverNumber() < oldest) {
      return String.format(
          Locale.ROOT,
          "its driver is too old for CUDA 11; install version %.2f or newer from NVIDIA.",
          oldest);
    }
    if (!cudaJars) {
      return "this installation has ND4J for processors only; build Lookalike with the Maven"
          + " profile cuda (-Pcuda) and install those jars.";
    }
    return null;
  }

  boolean isCuda() {
    return cuda;
  }

  /** One sentence or a description of the GPU that is used. */
  String reason() {
    return reason;
  }
}
