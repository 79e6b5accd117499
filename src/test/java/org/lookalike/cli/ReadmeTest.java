package org.lookalike.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.lookalike.train.Recipes;
import picocli.CommandLine;

/**
 * The README says what the program does.
 *
 * <p>{@code mvn test -Dtest=ReadmeTest -Dreadme.write} writes the table of settings anew.
 */
class ReadmeTest {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN = "<!-- settings: made from TrainSettings -->\n";
  private static final String END = "<!-- end of settings -->";

  @Test
  void table_of_settings_matches_the_settings() throws IOException {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    int end = readme.indexOf(END);
    assertThat(end).as("marker after the table").isGreaterThanOrEqualTo(begin);
    if (System.getProperty("readme.write") != null) {
      String written =
          readme.substring(0, begin) + SettingsTable.markdown() + readme.substring(end);
      Files.writeString(README, written);
      return;
    }
    assertThat(readme.substring(begin, end)).isEqualTo(SettingsTable.markdown());
  }

  @Test
  void every_command_option_and_recipe_is_described() throws IOException {
    String readme = Files.readString(README);
    CommandLine commands = new Cli(System.out, System.err).commandLine();
    commands
        .getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(readme).contains("`" + name + "`");
              command
                  .getCommandSpec()
                  .options()
                  .forEach(option -> assertThat(readme).contains(option.longestName()));
            });
    Recipes.names().forEach(recipe -> assertThat(readme).contains("`" + recipe + "`"));
  }
}
