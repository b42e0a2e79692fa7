// Writes the record of a bus: a line for each thing that happens. The page shows what stands between the marks.

// docs/YOUR-BUS.md: begin
using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

static class BusRecord
{
    static long places;
    static readonly ConcurrentQueue<string> Lines = new ConcurrentQueue<string>();
    static readonly StreamWriter Out = new StreamWriter(
        $"record-{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}-{Process.GetCurrentProcess().Id}.ndjson");

    static BusRecord()
    {
        AppDomain.CurrentDomain.ProcessExit += (sender, e) => Write();
        new Thread(() => { for (; ; Thread.Sleep(100)) Write(); }) { IsBackground = true }.Start();
    }

    /// <summary>Takes the line's place first, by one atomic step. more: name, value, name, value …</summary>
    public static void Line(string ev, string aggregate, long version, params object[] more)
    {
        long order = Interlocked.Increment(ref places);
        var line = new StringBuilder($"{{\"order\":{order},\"ev\":{Json(ev)}");
        line.Append($",\"aggregate\":{Json(aggregate)},\"version\":{version}");
        for (int i = 0; i < more.Length; i += 2) line.Append($",{Json(more[i])}:{Json(more[i + 1])}");
        Lines.Enqueue(line.Append("}\n").ToString());
    }

    static string Json(object value)
    {
        if (value is int || value is long) return value.ToString();
        return '"' + Regex.Replace(value.ToString(), "[\\x00-\\x1f\"\\\\]", m => $"\\u{(int)m.Value[0]:x4}") + '"';
    }

    /// <summary>Every 100 ms and at exit; handlers never wait for it.</summary>
    static void Write()
    {
        lock (Out)
        {
            while (Lines.TryDequeue(out var line)) Out.Write(line);
            Out.Flush();
        }
    }
}
// docs/YOUR-BUS.md: end
