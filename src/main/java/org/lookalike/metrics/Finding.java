package org.lookalike.metrics;

import java.util.Locale;

/** One figure of a report, beside what real images give and in words. */
public final class Finding {
  private final String key;
  private final String label;
  private final String reading;
  private final String meaning;
  private final String paper;
  private final double value;
  private double spread = Double.NaN;
  private int size;
  private Estimate atSize;
  private Estimate floor;
  private String note = "";

  Finding(String key, String label, String reading, String meaning, String paper, double value) {
    this.key = key;
    this.label = label;
    this.reading = reading;
    this.meaning = meaning;
    this.paper = paper;
    this.value = value;
  }

  /** Standard deviation of the value, where the measure has one. */
  Finding withSpread(double deviation) {
    spread = deviation;
    return this;
  }

  /**
   * @param images of each side
   * @param comparable the measure at that size; {@code null} if it is the value itself
   * @param ofReals the same between real images
   */
  Finding withFloor(int images, Estimate comparable, Estimate ofReals) {
    size = images;
    atSize = comparable;
    floor = ofReals;
    return this;
  }

  /** Why there is no figure, or what to mind. */
  Finding withNote(String sentence) {
    note = sentence;
    return this;
  }

  /** In {@code report.json}. */
  public String key() {
    return key;
  }

  public String label() {
    return label;
  }

  /** Whether low or high is good. */
  public String reading() {
    return reading;
  }

  public String meaning() {
    return meaning;
  }

  public String paper() {
    return paper;
  }

  /** NaN if there is none; then {@link #note()} says why. */
  public double value() {
    return value;
  }

  /** Standard deviation of {@link #value()}; NaN if unknown. */
  public double spread() {
    return spread;
  }

  /** Images a side that {@link #atSize()} and {@link #floor()} compare; 0 if there is no floor. */
  public int size() {
    return size;
  }

  /** The measure at the floor's number of images; {@code null} if it is {@link #value()}. */
  public Estimate atSize() {
    return atSize;
  }

  /** The same measure between real images; {@code null} if there are too few. */
  public Estimate floor() {
    return floor;
  }

  public String note() {
    return note;
  }

  /** The figure in no more digits than the number of images supports. */
  public String valueText() {
    if (Double.isNaN(value)) return "–";
    return text(value, spread, size == 0 ? Integer.MAX_VALUE : 2 * size);
  }

  /** {@link #atSize()} in words. */
  public String atSizeText() {
    if (atSize == null) return "";
    return text(atSize.mean(), atSize.deviation(), size);
  }

  /** {@link #floor()} in words. */
  public String floorText() {
    return floor == null ? "" : text(floor.mean(), floor.deviation(), size);
  }

  private static String text(double value, double spread, int images) {
    String figure = figure(value, images);
    return Double.isNaN(spread) ? figure : figure + " ± " + figure(spread, 1);
  }

  private static String figure(double value, int images) {
    int digits = images < Evaluation.FEW ? 2 : 3;
    if (value == 0) return "0";
    int whole = (int) Math.floor(Math.log10(Math.abs(value))) + 1;
    int decimals = Math.max(0, Math.min(4, digits - whole));
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
