package org.lookalike.imagej;

import ij.gui.GenericDialog;
import java.awt.Button;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Label;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JDialog;

/** Finds windows and dialogs of ImageJ 1.x and uses them as a person would. */
final class Dialogs {
  private Dialogs() {}

  static Thread inThread(Runnable work) {
    Thread thread = new Thread(work, "test");
    thread.start();
    return thread;
  }

  static void press(GenericDialog dialog, String label) throws Exception {
    Button button =
        Arrays.stream(dialog.getButtons())
            .filter(b -> b != null && b.getLabel().trim().equals(label))
            .findFirst()
            .orElseThrow(AssertionError::new);
    EventQueue.invokeAndWait(
        () -> dialog.actionPerformed(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label)));
  }

  /** Presses a button of the dialog's own that opens another dialog. */
  static JDialog open(GenericDialog dialog, String label) throws Exception {
    Button button = button(dialog, label);
    ActionEvent event = new ActionEvent(button, ActionEvent.ACTION_PERFORMED, label);
    EventQueue.invokeLater(
        () -> Arrays.stream(button.getActionListeners()).forEach(l -> l.actionPerformed(event)));
    return await(JDialog.class);
  }

  /** The button among the dialog's fields whose label starts so. */
  static Button button(GenericDialog dialog, String label) {
    return Arrays.stream(dialog.getComponents())
        .filter(c -> c instanceof Button && ((Button) c).getLabel().startsWith(label))
        .map(Button.class::cast)
        .findFirst()
        .orElseThrow(AssertionError::new);
  }

  static void press(Container dialog, String label) throws Exception {
    JButton button =
        parts(dialog)
            .filter(c -> c instanceof JButton && label.equals(((JButton) c).getText()))
            .map(JButton.class::cast)
            .findFirst()
            .orElseThrow(AssertionError::new);
    EventQueue.invokeAndWait(button::doClick);
  }

  /** The component of that name. */
  static <C extends Component> C named(Container dialog, String name, Class<C> type) {
    return parts(dialog)
        .filter(c -> name.equals(c.getName()))
        .map(type::cast)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No component " + name));
  }

  /** All components, from the outer to the inner ones. */
  static Stream<Component> parts(Container container) {
    return Arrays.stream(container.getComponents())
        .flatMap(
            c ->
                c instanceof Container
                    ? Stream.concat(Stream.of(c), parts((Container) c))
                    : Stream.of(c));
  }

  /** Types into the field, or chooses from the list, that follows a label. */
  static void enter(GenericDialog dialog, String label, String text) throws Exception {
    EventQueue.invokeAndWait(
        () -> {
          Component[] parts = dialog.getComponents();
          for (int i = 0; i + 1 < parts.length; i++) {
            if (!(parts[i] instanceof Label)) continue;
            if (!((Label) parts[i]).getText().trim().startsWith(label)) continue;
            Component field = parts[i + 1];
            if (field instanceof Choice) ((Choice) field).select(text);
            else textField(field).setText(text);
            return;
          }
          throw new AssertionError("No field " + label);
        });
  }

  /** The field itself, or the one in a panel beside its button. */
  private static TextField textField(Component field) {
    if (field instanceof TextField) return (TextField) field;
    for (Component inner : ((Container) field).getComponents()) {
      if (inner instanceof TextField) return (TextField) inner;
    }
    throw new AssertionError("No text field in " + field);
  }

  static <W extends Window> W await(Class<W> type) throws Exception {
    until(() -> find(type) != null);
    return find(type);
  }

  /** A window says that it shows while it is still being constructed; only then has it no peer. */
  private static <W extends Window> W find(Class<W> type) {
    return Arrays.stream(Window.getWindows())
        .filter(w -> type.isInstance(w) && w.isDisplayable() && w.isShowing())
        .map(type::cast)
        .findFirst()
        .orElse(null);
  }

  static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!condition.call()) {
      if (System.nanoTime() > end) throw new AssertionError("It did not happen in 15 seconds.");
      Thread.sleep(20);
    }
  }
}
