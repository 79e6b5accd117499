package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import ij.IJ;
import ij.macro.Interpreter;
import java.io.File;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.convert.ConvertService;

class MacroOptionsTest {
  private static Context context;
  private final CommandInfo command = new CommandInfo(DummyCommand.class);

  @BeforeAll
  static void start() {
    context = new Context(ConvertService.class);
  }

  @AfterAll
  static void stop() {
    context.dispose();
  }

  private static MacroOptions parse(String options) {
    return MacroOptions.parse(options);
  }

  private Object converted(String options, String key) {
    return parse(options).convert(command, context.service(ConvertService.class)).get(key);
  }

  @Test
  void readsValuesAsImageJDoes() {
    assertThat(parse("a=1 b=[two [nested] words] c='quoted one' flag d=[] ").values())
        .containsExactly(
            entry("a", "1"),
            entry("b", "two [nested] words"),
            entry("c", "quoted one"),
            entry("flag", "true"),
            entry("d", ""));
    assertThat(parse("  ").values()).isEmpty();
  }

  /** What a macro calls. */
  public static final class Reader {
    private static String folder;

    public static String read(String options) {
      folder = parse(options).values().get("folder");
      return folder;
    }
  }

  @Test
  void takesWhatAMacrosVariableHolds() {
    String reader = Reader.class.getName() + ".read";
    IJ.runMacro("dir = '/data/my images'; call('" + reader + "', 'folder=&dir');");
    // Without ImageJ's window a macro switches this on for good.
    Interpreter.batchMode = false;
    assertThat(Reader.folder).isEqualTo("/data/my images");
    assertThat(parse("folder=&dir").values()).containsExactly(entry("folder", "&dir"));
  }

  @Test
  void saysWhichBracketIsMissing() {
    assertThatThrownBy(() -> parse("folder=[/data/my images count=3"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'folder'");
  }

  @Test
  void convertsToTheInputsTypes() {
    assertThat(converted("count=7", "count")).isEqualTo(7);
    assertThat(converted("pixel_size=1e-3", "pixel_size")).isEqualTo(0.001);
    assertThat(converted("mirror", "mirror")).isEqualTo(true);
    assertThat(converted("folder=[/my data]", "folder")).isEqualTo(new File("/my data"));
    assertThat(converted("hidden=x", "hidden")).isEqualTo("x");
    assertThat(converted("folder=[]", "folder")).isNull();
  }

  @Test
  void namesTheNearestKey() {
    assertThatThrownBy(() -> converted("pixelsize=2", ""))
        .isInstanceOf(InputException.class)
        .hasMessage("There is no key 'pixelsize'; did you mean 'pixel_size'?");
  }

  @Test
  void refusesValuesOfAnotherType() {
    assertThatThrownBy(() -> converted("count=many", ""))
        .isInstanceOf(InputException.class)
        .hasMessage("count=many is not a whole number within range.");
    assertThatThrownBy(() -> converted("count=2.5", "")).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> converted("mirror=maybe", ""))
        .isInstanceOf(InputException.class)
        .hasMessage("mirror=maybe is not true or false.");
    assertThatThrownBy(() -> converted("loss=hingy", ""))
        .isInstanceOf(InputException.class)
        .hasMessage("loss=hingy is unknown; known are: hinge, relativistic.");
    assertThatThrownBy(() -> converted("image=nowhere", ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no open image has that title");
  }
}
