package org.lookalike.nn.onednn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/**
 * A convolution {@code [n, in, h, w]} to {@code [n, out, h', w']} with square kernels and symmetric
 * zero padding, and its two adjoints. Weights are plain, {@code [out, in, k, k]}.
 */
public final class ConvolutionKernels {
  /** What oneDNN calls implementations that it makes for a shape; others are general. */
  private static final Pattern COMPILED = Pattern.compile("(jit|brg).*");

  /** Channels that oneDNN multiplies at once where it has registers for most. */
  private static final int BLOCK = 16;

  /** In place of a slope: no activation follows. */
  public static final double LINEAR = 1;

  private final long in;
  private final long out;
  private final long[] kernel;
  private final long[] stride;
  private final long[] padding;
  private final TensorPool pool;
  private final Map<String, Sized> sizes = new HashMap<>();

  /** Of all input channels but the last; {@code null} unless that is the only one of its block. */
  private final ConvolutionKernels full;

  /** Of that last one. */
  private final ConvolutionKernels last;

  private boolean rounds;

  /**
   * @param pool where results and copies are kept
   */
  public ConvolutionKernels(
      long in, long out, long kernel, long stride, long padding, TensorPool pool) {
    this.in = in;
    this.out = out;
    this.kernel = new long[] {kernel, kernel};
    this.stride = new long[] {stride, stride};
    this.padding = new long[] {padding, padding};
    this.pool = pool;
    boolean split = in > BLOCK && in % BLOCK == 1;
    full = split ? new ConvolutionKernels(in - 1, out, kernel, stride, padding, pool) : null;
    last = split ? new ConvolutionKernels(1, out, kernel, stride, padding, pool) : null;
  }

  /**
   * Whether what is multiplied is rounded to bfloat16 first; sums and results stay floats, and so
   * do the errors of a last channel that is computed by itself.
   *
   * @param rounds only where {@link OneDnn#hasBfloat16()}
   */
  public void setRounding(boolean rounds) {
    this.rounds = rounds;
    if (full != null) full.setRounding(rounds);
  }

  /**
   * The convolution of {@code x}, plus bias, through a rectifier.
   *
   * @param name of the result in the pool
   * @param bias {@code [out]}; {@code null} for none
   * @param slope of the rectifier below zero, or {@link #LINEAR}
   */
  public Tensor forward(String name, Operand x, Tensor weights, Tensor bias, double slope) {
    return sized(x.tensor().shape()).forward(name, x, weights, bias, slope);
  }

  /**
   * The gradient with respect to the input; that is the transposed convolution of {@code error}.
   *
   * @param input shape of the input
   */
  public Tensor data(String name, Operand error, Tensor weights, long... input) {
    if (full != null) return split(name, error, weights, input);
    return sized(input).data(name, error, weights);
  }

  /**
   * The same, plain. oneDNN takes blocks of channels in groups of a divisor of their number, so one
   * more channel than a power of two, as that of minibatch statistics, triples its time.
   */
  private Tensor split(String name, Operand error, Tensor weights, long... input) {
    Tensor result = pool.plain(name, input);
    long most = in - 1;
    Tensor ofFull =
        full.data(name + ", full blocks", error, weights.channels(0, most), with(most, input));
    Tensor ofLast =
        last.data(name + ", last channel", error, weights.channels(most, 1), with(1, input));
    pool.copy(ofFull, result.channels(0, most));
    pool.copy(ofLast, result.channels(most, 1));
    return result;
  }

  private static long[] with(long channels, long... input) {
    long[] shape = input.clone();
    shape[1] = channels;
    return shape;
  }

  /**
   * The gradients with respect to weights and bias.
   *
   * @param dw receives the former, plain
   * @param db receives the latter; {@code null} if there is none
   */
  public void weights(Operand x, Operand error, Tensor dw, Tensor db) {
    sized(x.tensor().shape()).weights(x, error, dw, db);
  }

  private Sized sized(long[] input) {
    return sized(input, rounds);
  }

  private Sized sized(long[] input, boolean rounded) {
    String key = Arrays.toString(input) + rounded;
    Sized sized = sizes.get(key);
    if (sized == null) {
      sized = new Sized(input, rounded ? sized(input, false) : null);
      sizes.put(key, sized);
    }
    return sized;
  }

  /** Attributes that let a rectifier follow. */
  static primitive_attr rectified(double slope) {
    primitive_attr attributes = new primitive_attr();
    if (slope != LINEAR) {
      post_ops after = new post_ops();
      after.append_eltwise(1f, algorithm.eltwise_relu, (float) slope, 0f);
      attributes.set_post_ops(after);
    }
    return attributes;
  }

  /** The primitives for one size of input, of floats or of numbers rounded to bfloat16. */
  private final class Sized {
    /** What results are laid out as where operands are rounded; {@code null} where they are not. */
    final Sized exact;

    final memory.data_type type;
    final long[] x;
    final long[] w;
    final long[] y;
    final convolution_forward.primitive_desc hint;
    final Map<String, Forward> forwards = new HashMap<>();
    final Map<Boolean, Weights> weights = new HashMap<>();
    Data data;

    Sized(long[] input, Sized exact) {
      this.exact = exact;
      type = exact == null ? memory.data_type.f32 : memory.data_type.bf16;
      x = input.clone();
      w = new long[] {out, in, kernel[0], kernel[1]};
      y = new long[] {x[0], out, side(x[2]), side(x[3])};
      hint =
          new convolution_forward.primitive_desc(
              describe(operand(x), false, operand(y)), OneDnn.engine());
    }

    /** What is multiplied, in whatever layout oneDNN likes. */
    memory.desc operand(long... shape) {
      return Layout.any(type, shape);
    }

    /**
     * The input as one of these, the first that suits. oneDNN pads a single channel to a block of
     * them for kernels of one pixel, though it has faster code for channels in planes.
     */
    List<memory.desc> inputs() {
      memory.desc any = operand(x);
      if (in > 1) return List.of(any);
      return List.of(new memory.desc(x, type, memory.format_tag.abcd), any);
    }

    /** What oneDNN makes code of its own for, else the last. */
    <P extends primitive_desc_base> P choose(Function<memory.desc, P> ofInput) {
      P chosen = null;
      for (memory.desc input : inputs()) {
        chosen = ofInput.apply(input);
        if (isCompiled(chosen)) return chosen;
      }
      return chosen;
    }

    memory.desc output() {
      return exact == null ? operand(y) : exact.hint.dst_desc();
    }

    memory.desc inputGradient() {
      return exact == null ? operand(x) : exact.data().dx.description();
    }

    /**
     * Whether rounding gains nothing, since oneDNN makes no code of its own for it, as for weight
     * gradients of a few channels.
     */
    boolean isSlow(primitive_desc_base chosen) {
      return exact != null && !isCompiled(chosen);
    }

    boolean isCompiled(primitive_desc_base chosen) {
      return COMPILED.matcher(chosen.impl_info_str().getString()).matches();
    }

    Data data() {
      if (data == null) data = new Data(this);
      return data;
    }

    long side(long n) {
      return (n + 2 * padding[0] - kernel[0]) / stride[0] + 1;
    }

    convolution_forward.desc describe(memory.desc from, boolean bias, memory.desc to) {
      prop_kind training = prop_kind.forward_training;
      algorithm direct = algorithm.convolution_direct;
      memory.desc by = operand(w);
      return bias
          ? new convolution_forward.desc(
              training, direct, from, by, Layout.any(out), to, stride, padding, padding)
          : new convolution_forward.desc(training, direct, from, by, to, stride, padding, padding);
    }

    Tensor forward(String name, Operand input, Tensor w, Tensor bias, double slope) {
      boolean biased = bias != null;
      Forward forward =
          forwards.computeIfAbsent(biased + " " + slope, k -> new Forward(this, biased, slope));
      return forward.run(name, input, w, bias);
    }

    Tensor data(String name, Operand error, Tensor w) {
      return data().run(name, error, w);
    }

    void weights(Operand input, Operand error, Tensor dw, Tensor db) {
      weights
          .computeIfAbsent(db != null, biased -> new Weights(this, biased))
          .run(input, error, dw, db);
    }
  }

  private final class Forward {
    final Layout x;
    final Layout w;
    final Layout y;
    final Kernel kernel;

    Forward(Sized sized, boolean biased, double slope) {
      convolution_forward.primitive_desc chosen = choose(sized, biased, slope);
      x = Layout.of(chosen.src_desc(), sized.x);
      w = Layout.of(chosen.weights_desc(), sized.w);
      y = Layout.of(chosen.dst_desc(), sized.y);
      kernel = new Kernel(new convolution_forward(chosen));
    }

    private convolution_forward.primitive_desc choose(Sized sized, boolean biased, double slope) {
      convolution_forward.primitive_desc chosen =
          sized.choose(
              input ->
                  new convolution_forward.primitive_desc(
                      sized.describe(input, biased, sized.output()),
                      rectified(slope),
                      OneDnn.engine()));
      return sized.isSlow(chosen) ? choose(sized.exact, biased, slope) : chosen;
    }

    Tensor run(String name, Operand input, Tensor weights, Tensor bias) {
      Tensor result = pool.get(name, y);
      if (bias != null) kernel.with(dnnl.DNNL_ARG_BIAS, bias);
      kernel
          .with(dnnl.DNNL_ARG_SRC, pool.convert("convolution input", input, x))
          .with(dnnl.DNNL_ARG_WEIGHTS, pool.convert("weights forward", weights, w))
          .with(dnnl.DNNL_ARG_DST, result)
          .run();
      return result;
    }
  }

  private final class Data {
    final Layout dx;
    final Layout w;
    final Layout dy;
    final Kernel kernel;

    Data(Sized sized) {
      convolution_backward_data.primitive_desc chosen = choose(sized);
      dx = Layout.of(chosen.diff_src_desc(), sized.x);
      w = Layout.of(chosen.weights_desc(), sized.w);
      dy = Layout.of(chosen.diff_dst_desc(), sized.y);
      kernel = new Kernel(new convolution_backward_data(chosen));
    }

    private convolution_backward_data.primitive_desc choose(Sized sized) {
      convolution_backward_data.primitive_desc chosen =
          new convolution_backward_data.primitive_desc(
              new convolution_backward_data.desc(
                  algorithm.convolution_direct,
                  sized.inputGradient(),
                  sized.operand(sized.w),
                  sized.operand(sized.y),
                  stride,
                  padding,
                  padding),
              OneDnn.engine(),
              sized.hint);
      return sized.isSlow(chosen) ? choose(sized.exact) : chosen;
    }

    Tensor run(String name, Operand error, Tensor weights) {
      Tensor result = pool.get(name, dx);
      kernel
          .with(dnnl.DNNL_ARG_DIFF_DST, pool.convert("convolution error", error, dy))
          .with(dnnl.DNNL_ARG_WEIGHTS, pool.convert("weights backward", weights, w))
          .with(dnnl.DNNL_ARG_DIFF_SRC, result)
          .run();
      return result;
    }
  }

  private final class Weights {
    final Layout x;
    final Layout dw;
    final Layout dy;
    final Kernel kernel;

    Weights(Sized sized, boolean biased) {
      convolution_backward_weights.primitive_desc chosen = choose(sized, biased);
      x = Layout.of(chosen.src_desc(), sized.x);
      dw = Layout.of(chosen.diff_weights_desc(), sized.w);
      dy = Layout.of(chosen.diff_dst_desc(), sized.y);
      kernel = new Kernel(new convolution_backward_weights(chosen));
    }

    private convolution_backward_weights.primitive_desc choose(Sized sized, boolean biased) {
      convolution_backward_weights.primitive_desc chosen =
          sized.choose(
              input ->
                  new convolution_backward_weights.primitive_desc(
                      describe(sized, input, biased), OneDnn.engine(), sized.hint));
      return sized.isSlow(chosen) ? choose(sized.exact, biased) : chosen;
    }

    private convolution_backward_weights.desc describe(
        Sized sized, memory.desc from, boolean biased) {
      algorithm direct = algorithm.convolution_direct;
      memory.desc to = sized.operand(sized.y);
      memory.desc by = Layout.any(sized.w);
      return biased
          ? new convolution_backward_weights.desc(
              direct, from, by, Layout.any(out), to, stride, padding, padding)
          : new convolution_backward_weights.desc(direct, from, by, to, stride, padding, padding);
    }

    void run(Operand input, Operand error, Tensor gradient, Tensor biasGradient) {
      boolean direct = gradient.layout() == dw;
      Tensor blocked = direct ? gradient : pool.get("weight gradient", dw);
      if (biasGradient != null) kernel.with(dnnl.DNNL_ARG_DIFF_BIAS, biasGradient);
      kernel
          .with(dnnl.DNNL_ARG_SRC, pool.convert("convolution input", input, x))
          .with(dnnl.DNNL_ARG_DIFF_DST, pool.convert("convolution error", error, dy))
          .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, blocked)
          .run();
      if (!direct) pool.copy(blocked, gradient);
    }
  }
}
