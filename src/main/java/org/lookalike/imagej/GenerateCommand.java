package org.lookalike.imagej;

import ij.IJ;
import ij.ImagePlus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.lookalike.gan.GanModel;
import org.lookalike.image.ImageOutput;
import org.lookalike.train.TrainSettings;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.DynamicCommandInfo;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/**
 * <em>Generate Images…</em>: new images from a trained model.
 *
 * <pre>{@code
 * run("Generate Images...", "model=[/data/run1] count=500 seed=7 output=[/data/synthetic.tif]");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Lookalike>Generate Images...")
public class GenerateCommand extends LookalikeCommand {
  private static final String CLASS = "class";

  @Parameter(
      label = "Model",
      description = "A model file, or the output folder of a training",
      style = FileWidget.FILE_AND_DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File model;

  @Parameter(label = "Count", description = "How many images", min = "1", persist = false)
  private int count = 64;

  @Parameter(
      label = "Truncation",
      description = "1: the variety the model learnt; less: more typical images, more alike",
      min = "0.05",
      max = "2",
      stepSize = "0.05",
      persist = false)
  private double truncation = 1;

  @Parameter(
      label = "Output",
      description = "A .tif file for a stack, or a folder for one file an image; empty: only open",
      style = FileWidget.SAVE_STYLE,
      required = false,
      persist = false)
  private File output;

  @Parameter(type = ItemIO.OUTPUT, description = "The new images as a stack")
  private ImagePlus synthetic;

  private boolean seedAdded;

  @Override
  public DynamicCommandInfo getInfo() {
    DynamicCommandInfo info = super.getInfo();
    if (!seedAdded) {
      seedAdded = true;
      SettingInputs.add(info, TrainSettings.SEED, true);
      info.getMutableInput(TrainSettings.SEED.key(), String.class)
          .setDescription("The same seed and model give the same images");
      info.addInput(
          SettingInputs.item(
              info, CLASS, String.class, "For models trained with classes; empty: all in turn"));
    }
    return info;
  }

  @Override
  protected void execute() throws IOException {
    Path file = required(model, "model", "a model file or the output folder of a training");
    GanModel gan = GanModel.read(file);
    String className = (String) getInput(CLASS);
    gan.checkRequest(count, truncation, className);
    ImageOutput target = isBlank(output) ? null : ImageOutput.at(output.toPath(), gan.sourceName());
    IJ.resetEscape();
    ImagePlus made =
        gan.generate("Synthetic images", count, seed(), truncation, className, IJ::escapePressed);
    if (made == null) {
      cancel("");
      return;
    }
    synthetic = InputImages.synthetic(made);
    if (target == null) return;
    target.save(made, 0);
    tell("Saved " + count + " images to " + output.getAbsolutePath() + ".");
  }

  private long seed() {
    String text = (String) getInput(TrainSettings.SEED.key());
    boolean blank = text == null || text.trim().isEmpty();
    return blank ? TrainSettings.SEED.defaultValue() : TrainSettings.SEED.parse(text);
  }
}
