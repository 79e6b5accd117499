package org.lookalike.imagej;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.lookalike.train.HistoryRow;

/** What the curves show so far. Filled by the training thread, read by the event thread. */
final class CurveData {
  private final List<HistoryRow> rows = new ArrayList<>();

  synchronized void add(HistoryRow row) {
    rows.add(row);
  }

  synchronized int size() {
    return rows.size();
  }

  /** The rows of that kind. */
  synchronized CurveData where(Predicate<HistoryRow> kind) {
    CurveData some = new CurveData();
    rows.stream().filter(kind).forEach(some::add);
    return some;
  }

  /** One value of each row. */
  synchronized float[] values(ToDoubleFunction<HistoryRow> column) {
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) column.applyAsDouble(rows.get(i));
    }
    return values;
  }
}
