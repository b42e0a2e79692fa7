// Handles 4,080 events of 51 aggregates in four threads, some of them out of order, and says what it did: the events
// and the regressions that it counted itself, under a lock of each aggregate. The threads wait for each other after
// every ten rounds.
import java.util.concurrent.locks.LockSupport;

final class Main {
  static final int AGGREGATES = 51, LANES = 4, TEN = 10 * AGGREGATES, EVENTS = 80 * AGGREGATES;

  record Event(String aggregate, long version) {}

  static final class State {
    long highest, regressions;
  }

  /** A sound bus has nothing out of order, and the events of an aggregate in one lane. */
  static final boolean SOUND = System.getenv("SOUND") != null;

  static final State[] STATES = new State[AGGREGATES];

  // docs/YOUR-BUS.md: begin
  static void handle(Event event, String lane) {
    BusRecord.line("start", event.aggregate(), event.version(), "lane", lane); // before anything else
    apply(event);
  }

  static void publish(Event event) {
    BusRecord.line("publish", event.aggregate(), event.version()); // before the client's call
    send(event);
    BusRecord.line("acked", event.aggregate(), event.version()); // the broker has acknowledged it
  }
  // docs/YOUR-BUS.md: end

  /** Takes a moment now and then, so that the lanes take turns. */
  static void apply(Event event) {
    if (event.version() % 4 == 0) LockSupport.parkNanos(50_000);
  }

  static void send(Event event) {}

  /** The i-th event: aggregate by aggregate, the versions of the rounds 3 and 4 of every ten exchanged. */
  static Event task(int i) {
    int aggregate = i % AGGREGATES, round = i / AGGREGATES;
    int version = round + 1 + (SOUND ? 0 : round % 10 == 3 ? 1 : round % 10 == 4 ? -1 : 0);
    return new Event(aggregate == 0 ? "a\"b\\c\nü" : "agg-" + aggregate, version);
  }

  /** Handles a fourth of the events of ten rounds. */
  static void handleShare(int lane, int from) {
    for (int i = from; i < from + TEN; i++) {
      if (i % (SOUND ? AGGREGATES : TEN) % LANES != lane) continue;
      var event = task(i);
      var state = STATES[i % AGGREGATES];
      synchronized (state) {
        handle(event, "w" + lane);
        if (event.version() < state.highest) state.regressions++;
        else state.highest = event.version();
      }
    }
  }

  public static void main(String[] args) throws InterruptedException {
    for (int i = 0; i < AGGREGATES; i++) STATES[i] = new State();
    for (int i = 0; i < EVENTS; i++) publish(task(i));
    for (int from = 0; from < EVENTS; from += TEN) {
      var threads = new Thread[LANES];
      for (int lane = 0; lane < LANES; lane++) {
        int share = lane, start = from;
        threads[lane] = new Thread(() -> handleShare(share, start));
        threads[lane].start();
      }
      for (var thread : threads) thread.join();
    }
    long regressions = 0;
    for (var state : STATES) regressions += state.regressions;
    System.out.println("{\"events\":" + EVENTS + ",\"regressions\":" + regressions + "}");
  }
}
