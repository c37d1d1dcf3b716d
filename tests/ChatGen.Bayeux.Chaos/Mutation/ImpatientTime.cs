using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>A clock that goes the faster the longer nothing happens, so that a delay of a day takes no longer than one of a second.</summary>
internal sealed class ImpatientTime : FakeTimeProvider
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_shortestStep = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestStep = TimeSpan.FromHours(6);

    /// <summary>Lets time pass.</summary>
    /// <param name="server">The server: while it answers, no time passes, and while it holds a connect, little.</param>
    /// <param name="stop">Stops the clock.</param>
    public async Task RunAsync(MutatingServer server, CancellationToken stop)
    {
        using PeriodicTimer timer = new(s_tick);
        TimeSpan step = s_shortestStep;
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (server.IsAnswering)
                {
                    step = s_shortestStep;
                    continue;
                }

                step = server.Held > 0 ? s_shortestStep : step;
                Advance(step);
                step = step < s_longestStep ? step * 2 : step;
            }
        }
        catch (OperationCanceledException)
        {
            // The clock is not needed any more.
        }
    }
}
