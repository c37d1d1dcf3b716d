using System.Globalization;
using ChatGen.Bayeux.Session;
using Xunit;

namespace ChatGen.Bayeux.Tests.Session;

/// <summary>Random lives of a session. The seed of a failure is its test case's; <c>CHATGEN_SESSION_SEED</c> chooses others.</summary>
public sealed class SessionModelTests
{
    private const int SeedsPerCase = 100;
    private const int Steps = 2_000;

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_happens_the_loop_keeps_its_promises(int group)
    {
        int first = int.Parse(Environment.GetEnvironmentVariable("CHATGEN_SESSION_SEED") ?? "1", CultureInfo.InvariantCulture);
        int delivered = 0;
        int sessions = 0;
        for (int i = 0; i < SeedsPerCase; i++)
        {
            int seed = first + (group * SeedsPerCase) + i;
            var model = new SessionModel(seed, new SessionPolicy { AllowWebSocket = group % 2 == 0, MaxConnectAttempts = 1 + (group % 4) });
            try
            {
                model.Run(Steps);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {exception.Message}"), exception);
            }

            delivered += model.Delivered;
            sessions += model.Sessions;
        }

        // What never happens proves nothing.
        Assert.True(delivered > 100 * SeedsPerCase, $"Only {delivered} events were delivered.");
        Assert.True(sessions > SeedsPerCase, $"There were only {sessions} sessions.");
    }
}
