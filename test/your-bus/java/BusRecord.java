// Writes the record of a bus: a line for each thing that happens. The page shows what stands between the marks.

// docs/YOUR-BUS.md: begin
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

final class BusRecord {
  private static final AtomicLong PLACES = new AtomicLong();
  private static final ConcurrentLinkedQueue<String> LINES = new ConcurrentLinkedQueue<>();
  private static final Pattern ESCAPED = Pattern.compile("[\\x00-\\x1f\"\\\\]");
  private static final BufferedWriter OUT = open();

  /** Takes the line's place first, by one atomic step. {@code more}: name, value, name, value … */
  static void line(String ev, String aggregate, long version, Object... more) {
    long order = PLACES.incrementAndGet();
    var line = new StringBuilder("{\"order\":" + order + ",\"ev\":" + json(ev));
    line.append(",\"aggregate\":" + json(aggregate) + ",\"version\":" + version);
    for (int i = 0; i < more.length; i += 2) line.append("," + json(more[i]) + ":" + json(more[i + 1]));
    LINES.add(line.append("}\n").toString());
  }

  private static String json(Object value) {
    if (value instanceof Number || value instanceof Boolean) return value.toString();
    return '"' + ESCAPED.matcher(value.toString()).replaceAll(m -> String.format("\\\\u%04x", (int) m.group().charAt(0))) + '"';
  }

  private static BufferedWriter open() {
    var path = Path.of("record-" + System.currentTimeMillis() + "-" + ProcessHandle.current().pid() + ".ndjson");
    Runtime.getRuntime().addShutdownHook(new Thread(BusRecord::write));
    new Timer(true).schedule(new TimerTask() { public void run() { write(); } }, 100, 100);
    try { return Files.newBufferedWriter(path); } catch (IOException e) { throw new UncheckedIOException(e); }
  }

  /** Every 100 ms and at exit; handlers never wait for it. */
  private static synchronized void write() {
    try {
      for (String line; (line = LINES.poll()) != null; ) OUT.write(line);
      OUT.flush();
    } catch (IOException e) { throw new UncheckedIOException(e); }
  }
}
// docs/YOUR-BUS.md: end
