package org.lookalike.imagej;

import ij.IJ;
import ij.ImagePlus;
import java.awt.EventQueue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.lookalike.image.InputException;
import org.lookalike.lab.LabMethod;
import org.lookalike.lab.LabSession;
import org.lookalike.lab.LabSettings;
import org.lookalike.lab.Mixture;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.DynamicCommandInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/**
 * <em>Mode Collapse Lab…</em>: watch a GAN lose modes of a mixture that is known, and cure it.
 *
 * <pre>{@code
 * run("Mode Collapse Lab...", "layout=ring loss=non-saturating steps=10000 seed=1 output=[/data/lab]");
 * }</pre>
 *
 * <p>In a macro and without a display there is no window: it plays to the end and gives the film.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Lookalike>Mode Collapse Lab...")
public class LabCommand extends LookalikeCommand {
  private static final String LAYOUT = "layout";
  private static final String METHOD = "method";
  private static final String NETS = "nets";
  private static final String STEPS = "steps";
  private static final String SET = "set";
  private static final String OUTPUT = "output";
  private static final int DEFAULT_STEPS = 10_000;

  /** Stands for the method's own. */
  private static final String AUTO = Setting.AUTO;

  @Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
  private final String hint =
      "Watch which modes of a known mixture a GAN finds, and which it loses.";

  @Parameter(type = ItemIO.OUTPUT, description = "The run's pictures, where there is no window")
  private ImagePlus film;

  private boolean inputsAdded;

  @Override
  public DynamicCommandInfo getInfo() {
    DynamicCommandInfo info = super.getInfo();
    if (!inputsAdded) {
      inputsAdded = true;
      addInputs(info);
    }
    return info;
  }

  private static void addInputs(DynamicCommandInfo info) {
    add(info, LAYOUT, Mixture.labels(), "Where the modes are: in the plane, or on a line");
    add(info, METHOD, LabMethod.names(), "Networks and settings to start from");
    add(info, NETS, orAuto(LabMethod.NETS), "The two networks (auto: the method's own)");
    Setting<String> loss = TrainSettings.LOSS;
    add(info, loss.key(), orAuto(loss.choices()), loss.help() + " (auto: the method's own)");
    DefaultMutableModuleItem<String> set =
        SettingInputs.item(
            info, SET, String.class, "Remedies and all other settings, as r1=0.01 r2=0.01 pack=2");
    set.setLabel("Remedies");
    info.addInput(set);
    DefaultMutableModuleItem<Integer> steps =
        SettingInputs.item(info, STEPS, Integer.class, "Steps of the generator");
    steps.setDefaultValue(DEFAULT_STEPS);
    info.addInput(steps);
    SettingInputs.add(info, TrainSettings.SEED, true);
    info.getMutableInput(TrainSettings.SEED.key(), String.class)
        .setDescription("The same seed and settings give the same run");
    DefaultMutableModuleItem<File> output =
        SettingInputs.item(
            info,
            OUTPUT,
            File.class,
            "A folder for film.tif, curves.png and last.png; empty: only show");
    output.setWidgetStyle(FileWidget.DIRECTORY_STYLE);
    info.addInput(output);
    for (Setting<?> setting : LabSettings.all()) {
      if (info.getInput(setting.key()) == null) SettingInputs.add(info, setting, false);
    }
  }

  private static List<String> orAuto(List<String> choices) {
    List<String> labels = new ArrayList<>(List.of(AUTO));
    labels.addAll(choices);
    return labels;
  }

  private static void add(DynamicCommandInfo info, String key, List<String> choices, String help) {
    DefaultMutableModuleItem<String> item = SettingInputs.item(info, key, String.class, help);
    item.setChoices(choices);
    item.setDefaultValue(choices.get(0));
    info.addInput(item);
  }

  @Override
  protected void execute() throws IOException {
    Mixture mixture = Mixture.fromLabel(text(LAYOUT, Mixture.labels().get(0)));
    LabSession session = new LabSession(mixture, method(), steps());
    File folder = (File) getInput(OUTPUT);
    Path output = isBlank(folder) ? null : folder.toPath();
    boolean windows = ImageJStatus.imageJIsOpen() && TrainingWindows.arePossible();
    if (windows && !IJ.isMacro()) EventQueue.invokeLater(() -> new LabWindow(session, output));
    else playToTheEnd(session, output);
  }

  private String text(String key, String defaultValue) {
    String text = (String) getInput(key);
    return text == null || text.trim().isEmpty() ? defaultValue : text.trim();
  }

  private int steps() {
    Integer steps = (Integer) getInput(STEPS);
    if (steps == null) return DEFAULT_STEPS;
    if (steps >= 1) return steps;
    throw new InputException(String.format("steps=%d is not possible; give 1 or more.", steps));
  }

  /**
   * What to play by: remedies override the other inputs, which override the method.
   *
   * @throws InputException if an input is impossible
   */
  LabMethod method() {
    LabMethod method = LabMethod.named(text(METHOD, LabMethod.names().get(0)));
    String nets = text(NETS, AUTO);
    if (!nets.equals(AUTO)) method = method.withNets(nets);
    TrainSettings settings = TrainSettings.defaults();
    for (Setting<?> setting : LabSettings.all()) {
      String value = text(setting.key(), null);
      boolean own = setting == TrainSettings.LOSS && AUTO.equals(value);
      if (value != null && !own) settings = settings.with(setting.key(), value);
    }
    settings = settings.with(TrainSettings.parse(text(SET, "")));
    return method.with(method.name(), settings);
  }

  private void playToTheEnd(LabSession session, Path output) throws IOException {
    IJ.resetEscape();
    try {
      while (session.advance() && !IJ.escapePressed()) {
        IJ.showProgress(session.steps(), session.planned());
      }
      if (!session.isOver()) {
        cancel("");
        return;
      }
      film = session.film().draw("Mode collapse lab");
      if (output != null) session.save(output);
      tell(session.advice(session.snapshot()));
    } finally {
      IJ.showProgress(1.0);
      session.close();
    }
  }
}
