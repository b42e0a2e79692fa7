// Handles 4,080 events of 51 aggregates in four threads, some of them out of order, and says what it did: the events
// and the regressions that it counted itself, under a lock of each aggregate. The threads wait for each other after
// every ten rounds.
using System;
using System.Linq;
using System.Threading;

class Event
{
    public string Aggregate;
    public long Version;
}

class State
{
    public long Highest, Regressions;
}

static class Program
{
    const int Aggregates = 51, Lanes = 4, Ten = 10 * Aggregates, Events = 80 * Aggregates;

    /// <summary>A sound bus has nothing out of order, and the events of an aggregate in one lane.</summary>
    static readonly bool Sound = Environment.GetEnvironmentVariable("SOUND") != null;

    static readonly State[] States = Enumerable.Range(0, Aggregates).Select(_ => new State()).ToArray();

    // docs/YOUR-BUS.md: begin
    static void Handle(Event e, string lane)
    {
        BusRecord.Line("start", e.Aggregate, e.Version, "lane", lane); // before anything else
        Apply(e);
    }

    static void Publish(Event e)
    {
        BusRecord.Line("publish", e.Aggregate, e.Version); // before the client's call
        Send(e);
        BusRecord.Line("acked", e.Aggregate, e.Version); // the broker has acknowledged it
    }
    // docs/YOUR-BUS.md: end

    /// <summary>Takes a moment now and then, so that the lanes take turns.</summary>
    static void Apply(Event e)
    {
        if (e.Version % 4 == 0) Thread.Sleep(1);
    }

    static void Send(Event e) { }

    /// <summary>The i-th event: aggregate by aggregate, the versions of the rounds 3 and 4 of every ten exchanged.</summary>
    static Event Task(int i)
    {
        int aggregate = i % Aggregates, round = i / Aggregates;
        int version = round + 1 + (Sound ? 0 : round % 10 == 3 ? 1 : round % 10 == 4 ? -1 : 0);
        return new Event { Aggregate = aggregate == 0 ? "a\"b\\c\nü" : "agg-" + aggregate, Version = version };
    }

    /// <summary>Handles a fourth of the events of ten rounds.</summary>
    static void HandleShare(int lane, int from)
    {
        for (int i = from; i < from + Ten; i++)
        {
            if (i % (Sound ? Aggregates : Ten) % Lanes != lane) continue;
            var e = Task(i);
            var state = States[i % Aggregates];
            lock (state)
            {
                Handle(e, "w" + lane);
                if (e.Version < state.Highest) state.Regressions++;
                else state.Highest = e.Version;
            }
        }
    }

    static void Main()
    {
        for (int i = 0; i < Events; i++) Publish(Task(i));
        for (int from = 0; from < Events; from += Ten)
        {
            int start = from;
            var threads = Enumerable.Range(0, Lanes).Select(lane => new Thread(() => HandleShare(lane, start))).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
        }
        Console.WriteLine($"{{\"events\":{Events},\"regressions\":{States.Sum(state => state.Regressions)}}}");
    }
}
