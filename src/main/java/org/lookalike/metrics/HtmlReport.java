package org.lookalike.metrics;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.Mosaic;

/** A report as one page that needs nothing beside it, to read, print and cite. */
final class HtmlReport {
  private static final int COLUMNS = 8;
  private static final int WIDEST = 520;
  private static final double DARK = 0.2;
  private static final String STYLE =
      "body{font:15px/1.5 Georgia,serif;max-width:1080px;margin:2em auto;padding:0 1em;color:#222}"
          + "h1,h2{font-family:Helvetica,Arial,sans-serif;font-weight:600}h2{margin-top:2em}"
          + "table{border-collapse:collapse;width:100%;font-size:14px}"
          + "th,td{text-align:left;padding:.35em .7em;border-bottom:1px solid #ccc;"
          + "vertical-align:top}th{border-bottom:2px solid #444}td.n{white-space:nowrap}"
          + ".side{display:flex;flex-wrap:wrap;gap:24px}figure{margin:0 0 1em}"
          + "figcaption{font-size:13px;color:#555;max-width:520px}"
          + "img{image-rendering:pixelated;background:#fff}"
          + ".pairs{display:grid;grid-template-columns:repeat(auto-fill,minmax(220px,1fr));"
          + "gap:14px}.pairs figcaption{font-size:12px;overflow-wrap:anywhere}"
          + ".verdict{background:#f3f6f9;border-left:4px solid #2166ac;padding:.6em 1em}"
          + ".methods{background:#f7f7f2;padding:.8em 1em}.dim{color:#777;font-size:13px}"
          + "@media print{body{margin:0;max-width:none}h2,figure,tr{break-inside:avoid}}";

  private final Report report;
  private boolean dark;
  private final StringBuilder page = new StringBuilder();

  HtmlReport(Report report) {
    this.report = report;
  }

  String page() throws IOException {
    add("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<title>Lookalike report</title><style>%s</style></head><body>", STYLE);
    add("<h1>How good, how varied, how new</h1>");
    add(
        "<p>%d synthetic images compared with %d real ones%s in the %s. Random draws start from the"
            + " seed %d.</p>",
        (int) report.get("n_synthetic"),
        (int) report.get("n_real"),
        report.gallery() == null ? "" : " at " + report.gallery().size() + " pixels",
        escape(features()),
        Evaluation.SEED);
    verdicts();
    table();
    Gallery gallery = report.gallery();
    if (gallery != null) {
      pictures(gallery);
      pairs(gallery);
      plots(gallery.map());
    }
    methods();
    add("<p class=\"dim\">%s, Java %s.</p>", version(), escape(System.getProperty("java.version")));
    add("</body></html>");
    return page.toString();
  }

  private void add(String format, Object... values) {
    page.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    page.append('\n');
  }

  private String features() {
    String name = report.features();
    String full = name.contains("features") ? name : "features of " + name;
    return report.scale().isEmpty() ? full : full + ", " + report.scale();
  }

  private void verdicts() {
    add("<div class=\"verdict\">");
    for (String verdict : report.verdicts()) add("<p>%s</p>", escape(verdict));
    add("</div>");
  }

  private void table() {
    add("<h2>Figures</h2><table><tr><th>Measure</th><th>Value</th><th>At the floor's size</th>");
    add("<th>Floor: real against real</th><th>What it says</th></tr>");
    for (Finding finding : report.findings()) {
      boolean none = Double.isNaN(finding.value());
      String label = finding.key().equals("fid") ? report.nameOfFid() : finding.label();
      String at =
          finding.size() == 0
              ? ""
              : String.format("<br><span class=\"dim\">%d images a side</span>", finding.size());
      add(
          "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td class=\"n\">%s%s</td>"
              + "<td>%s; %s.%s <span class=\"dim\">%s</span></td></tr>",
          escape(label),
          none ? "–" : finding.valueText(),
          none ? "" : finding.atSizeText(),
          finding.floorText(),
          at,
          escape(finding.meaning()),
          escape(finding.reading()),
          finding.note().isEmpty() ? "" : " <b>" + escape(sentence(finding)) + "</b>",
          escape(finding.paper()));
    }
    add("</table><p class=\"dim\">± is the standard deviation over random subsets. The floor is");
    add("the same measure between two parts of the real images: the best to hope for. Compare it");
    add("with the column before it, which is taken at the same number of images.</p>");
  }

  private static String sentence(Finding finding) {
    String note = finding.note().replaceFirst("[.]$", "");
    if (!Double.isNaN(finding.value())) {
      return Character.toUpperCase(note.charAt(0)) + note.substring(1) + ".";
    }
    return "No figure: it " + (note.startsWith("needs") ? note : "fails: " + note) + ".";
  }

  /** Dark pictures by their square root, as fluorescence is looked at. */
  private float[] shown(float[] images) {
    if (!dark) return images;
    float[] bright = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      bright[i] = (float) (2 * Math.sqrt(Math.max(0, (images[i] + 1) / 2)) - 1);
    }
    return bright;
  }

  private static boolean isDark(float[] images) {
    double sum = 0;
    for (float value : images) sum += (value + 1) / 2;
    return sum < DARK * images.length;
  }

  private void pictures(Gallery gallery) throws IOException {
    dark = isDark(gallery.reals());
    add("<h2>At random</h2><div class=\"side\">");
    picture(gallery.reals(), gallery, COLUMNS, "Real images, chosen at random.");
    picture(gallery.synthetics(), gallery, COLUMNS, "Synthetic images, chosen at random.");
    add("</div>");
    if (dark) add("<p class=\"dim\">Intensities are shown by their square root.</p>");
  }

  private void picture(float[] images, Gallery gallery, int columns, String caption)
      throws IOException {
    int width = columns * (gallery.size() + 2) - 2;
    byte[] png =
        ImageFiles.png(Mosaic.draw(shown(images), gallery.channels(), gallery.size(), columns, 2));
    int zoom = Math.max(1, WIDEST / width);
    add(
        "<figure><img width=\"%d\" alt=\"%s\" src=\"data:image/png;base64,%s\"><figcaption>%s"
            + "</figcaption></figure>",
        Math.min(WIDEST, zoom * width),
        escape(caption),
        Base64.getEncoder().encodeToString(png),
        escape(caption));
  }

  private void pairs(Gallery gallery) throws IOException {
    String kind = gallery.map().isToTraining() ? "training" : "real";
    add("<h2>The nearest pairs</h2>");
    add(
        "<p>Synthetic images (left) that are nearest to a %s image (right), against that image's own"
            + " distance to the others. Where a"
            + " pair looks the same, the model copies.</p><div class=\"pairs\">",
        kind);
    for (Gallery.Pair pair : gallery.pairs()) {
      float[] both = Arrays.copyOf(pair.synthetic(), 2 * pair.synthetic().length);
      System.arraycopy(pair.real(), 0, both, pair.real().length, pair.real().length);
      int width = 2 * gallery.size() + 2;
      byte[] png =
          ImageFiles.png(Mosaic.draw(shown(both), gallery.channels(), gallery.size(), 2, 2));
      add(
          "<figure><img width=\"%d\" alt=\"pair\" src=\"data:image/png;base64,%s\"><figcaption>"
              + "%s<br>distance %.3g; that image to its nearest neighbour %.3g</figcaption>"
              + "</figure>",
          Math.max(1, 210 / width) * width,
          Base64.getEncoder().encodeToString(png),
          escape(pair.name()),
          pair.distance(),
          pair.ordinary());
    }
    add("</div>");
  }

  private void plots(FeatureMap map) {
    add("<h2>In feature space</h2><div class=\"side\"><figure>");
    add(SvgPlot.scatter(map.reals(), map.synthetics()));
    add("<figcaption>The first two principal components of the real images' features. Real images");
    add("where there are no synthetic ones are kinds the model leaves out.</figcaption></figure>");
    add("<figure>");
    add(SvgPlot.distributions(map.realDistances(), map.syntheticDistances()));
    add(
        map.isToTraining()
            ? "<figcaption>Share of images within a distance of the nearest training image. A blue"
                + " curve left of the grey one means copies.</figcaption>"
            : "<figcaption>Share of images within a distance of the nearest real image (of a real"
                + " image: the nearest other one).</figcaption>");
    add("</figure></div>");
  }

  private void methods() {
    Set<String> papers = new LinkedHashSet<>();
    StringBuilder list = new StringBuilder();
    for (Finding finding : report.findings()) {
      if (Double.isNaN(finding.value()) || !papers.add(finding.label())) continue;
      if (list.length() > 0) list.append(", ");
      String label = finding.key().equals("fid") ? report.nameOfFid() : finding.label();
      list.append(label).append(" (").append(finding.paper()).append(")");
    }
    add("<h2>For a methods section</h2><p class=\"methods\">");
    add(
        "%d synthetic images were compared with %d real images using %s in the %s, by %s. Figures"
            + " are given beside the same measure between two random parts of the real images at"
            + " an equal number of images.</p>",
        (int) report.get("n_synthetic"),
        (int) report.get("n_real"),
        version(),
        escape(features()),
        escape(list.toString()));
  }

  private static String version() {
    String version = HtmlReport.class.getPackage().getImplementationVersion();
    return "Lookalike" + (version == null ? "" : " " + version);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
