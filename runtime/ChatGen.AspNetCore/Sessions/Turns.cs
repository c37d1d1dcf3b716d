namespace ChatGen;

/// <summary>Lets what concerns one key happen one after the other, and keeps nothing of keys that nobody waits for.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Turns
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);

    /// <summary>Keys that somebody has or waits for.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count;
            }
        }
    }

    /// <summary>Waits for the turn of a key. Disposing what is returned passes it on.</summary>
    public async ValueTask<Turn> TakeAsync(string key, CancellationToken cancellationToken)
    {
        Line? line;
        lock (_gate)
        {
            if (!_lines.TryGetValue(key, out line))
            {
                _lines.Add(key, line = new Line());
            }

            line.Users++;
        }

        try
        {
            await line.Semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new Turn(this, key, line);
        }
        catch
        {
            Quit(key, line);
            throw;
        }
    }

    private void Quit(string key, Line line)
    {
        lock (_gate)
        {
            if (--line.Users == 0)
            {
                _lines.Remove(key);
            }
        }
    }

    internal sealed class Line
    {
        // Without a wait handle there is nothing to dispose of.
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }
    }

    internal readonly struct Turn(Turns turns, string key, Line line) : IDisposable
    {
        public void Dispose()
        {
            line.Semaphore.Release();
            turns.Quit(key, line);
        }
    }
}
