package org.lookalike.nn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Starts ND4J on the device that was chosen. ND4J takes the CUDA backend whenever its jars are
 * there and some GPU is, even one it has no code for, so it is shown the processor's only unless
 * the GPU will do. It starts once a Java process: what came first stays.
 */
final class ComputeBackend {
  private static final String SERVICE = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";
  private static final String CUDA_CLASS = "org.nd4j.linalg.jcublas.JCublasBackend";

  private static boolean started;
  private static boolean triedCuda;

  private ComputeBackend() {}

  /**
   * Starts ND4J if it is not running yet.
   *
   * @param requested auto, cpu or cuda
   */
  static synchronized void start(String requested) {
    if (started) return;
    ClassLoader own = ComputeBackend.class.getClassLoader();
    triedCuda = hasCuda() && choose(requested).isCuda();
    boolean hide = hasCuda() && !triedCuda;
    // ND4J would look on the thread's class loader, which within ImageJ may be another.
    ND4JClassLoading.setNd4jClassloader(hide ? new ProcessorOnly(own) : own);
    Nd4j.getBackend();
    started = true;
  }

  /** Whether ND4J, when it started, was let try the GPU. */
  static synchronized boolean hasTriedCuda() {
    return triedCuda;
  }

  /** What would be chosen if ND4J started now. */
  static DeviceChoice choose(String requested) {
    // The GPU need not be asked after where it may not be used.
    Gpu gpu = requested.equals(DeviceChoice.CPU) ? null : Gpu.first();
    return DeviceChoice.of(requested, gpu, hasCuda(), isWindows());
  }

  /** Whether ND4J, once started, runs on a GPU. */
  static boolean isCuda() {
    return Nd4j.getBackend().getClass().getName().equals(CUDA_CLASS);
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  private static boolean hasCuda() {
    ClassLoader loader = ComputeBackend.class.getClassLoader();
    return loader.getResource(CUDA_CLASS.replace('.', '/') + ".class") != null;
  }

  /** Hides the CUDA backend from the service loader. */
  private static final class ProcessorOnly extends ClassLoader {
    ProcessorOnly(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      Enumeration<URL> all = super.getResources(name);
      if (!name.equals(SERVICE)) return all;
      List<URL> kept = new ArrayList<>();
      while (all.hasMoreElements()) {
        URL url = all.nextElement();
        if (!namesCuda(url)) kept.add(url);
      }
      return Collections.enumeration(kept);
    }

    private static boolean namesCuda(URL url) throws IOException {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
        return reader.lines().anyMatch(line -> line.trim().equals(CUDA_CLASS));
      }
    }
  }
}
