using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>Whole conversations with a server that mutates its answers, and then is good again.</summary>
public sealed class MutatedConversationTests(ITestOutputHelper output)
{
    private const int Conversations = 100;
    private const int AnswersEach = 100;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_reports_what_is_wrong_goes_on_or_stops_and_is_well_with_a_good_server_afterwards(bool disableWebSockets)
    {
        output.WriteLine($"seed {ChaosSettings.Seed}, {Conversations} conversations");
        ConcurrentBag<string> failures = [];
        ConcurrentDictionary<BayeuxFaultKind, int> faults = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken };

        await Parallel.ForAsync(0, Conversations, options, async (number, _) =>
        {
            using MutatingServer server = new((ChaosSettings.Seed * Conversations) + number);
            string at = "";
            try
            {
                await ConverseAsync(server, disableWebSockets, faults, step => at = step).WaitAsync(s_limit, TestContext.Current.CancellationToken);
            }
            catch (Exception exception)
            {
                failures.Add($"Conversation {number}, while {at}: {exception}\n{server.LastFrames}");
            }
        });

        output.WriteLine(string.Join(", ", faults.OrderBy(fault => fault.Key).Select(fault => $"{fault.Key} {fault.Value}")));
        Assert.True(failures.IsEmpty, $"{failures.Count} of {Conversations} failed.\n{string.Join("\n\n", failures.Take(3))}");

        // Else the mutations do not reach where it hurts.
        Assert.Contains(BayeuxFaultKind.InvalidResponse, faults.Keys);
        Assert.Contains(BayeuxFaultKind.ConnectRejected, faults.Keys);
    }

    private static async Task ConverseAsync(MutatingServer server, bool disableWebSockets, ConcurrentDictionary<BayeuxFaultKind, int> faults, Action<string> onStep)
    {
        ImpatientTime time = new();
        using CancellationTokenSource stop = new();
        Task clock = time.RunAsync(server, stop.Token);
        BayeuxFault? defect = null;
        Exception? garbled = null;
        await using (BayeuxClient client = new(new BayeuxClientOptions
        {
            Url = new Uri("http://nowhere.example/cometd"),
            DisableWebSockets = disableWebSockets,
            HttpMessageHandler = server,
            TimeProvider = time,
        }))
        {
            client.Faulted += fault =>
            {
                faults.AddOrUpdate(fault.Kind, 1, static (_, count) => count + 1);

                // Other exceptions than the reader's and the socket's would be the client's own.
                defect ??= fault.Exception is null or JsonException or WebSocketException or OperationCanceledException ? null : fault;
            };

            // Of two subscriptions that the server may deny, and one that it is not told of.
            client.Subscribe("/chaos", OnEvent);
            client.Subscribe("/**", OnEvent);
            client.Listen("/service/chat", OnEvent);

            server.HostileAnswersLeft = AnswersEach;
            while (server.HostileAnswersLeft > 0)
            {
                if (client.State == BayeuxClientState.Disconnected)
                {
                    onStep("connecting");
                    await TryConnectAsync(client);
                }

                onStep("publishing");
                await client.PublishAsync("/chaos", "1"u8.ToArray());
            }

            onStep("returning");
            await AssertWellAsync(client, server, onStep);
            Assert.True(defect is null, $"{defect} {defect?.Exception}");
            Assert.Null(garbled);
        }

        await stop.CancelAsync();
        await clock;

        // What is handed out is the JSON that was checked, whatever has become of the memory that it arrived in.
        void OnEvent(BayeuxEvent bayeuxEvent)
        {
            try
            {
                using var document = JsonDocument.Parse(bayeuxEvent.Data);
            }
            catch (JsonException exception)
            {
                garbled ??= exception;
            }
        }
    }

    private static async Task AssertWellAsync(BayeuxClient client, MutatingServer server, Action<string> onStep)
    {
        TaskCompletionSource<string> received = new(TaskCreationOptions.RunContinuationsAsynchronously);
        PublishResult? result = null;

        // What the server said last may still end the session, or keep what is published now waiting for too long.
        while (result?.Outcome != PublishOutcome.Acknowledged)
        {
            if (client.State == BayeuxClientState.Disconnected)
            {
                onStep("connecting to the good server");
                await TryConnectAsync(client);
            }

            onStep("publishing to the good server");
            result = await client.PublishAsync("/chaos", "1"u8.ToArray());
        }

        onStep("subscribing at the good server");
        using BayeuxSubscription subscription = client.Subscribe("/well", bayeuxEvent => received.TrySetResult(Encoding.UTF8.GetString(bayeuxEvent.Data.Span)));
        try
        {
            await subscription.ConfirmedAsync();
        }
        catch (BayeuxException)
        {
            // On a busy machine the clock may have been quicker than the answer; the client asks again by itself.
        }

        onStep("waiting for an event of the good server");
        server.Push("/well", "\"good\"");
        Assert.Equal("\"good\"", await received.Task);
        server.StopPushing();
        onStep("waiting for one connect at the good server");
        await Waiting.UntilAsync(() => server.Held == 1, () => $"{server.Held} connects are outstanding.");
        onStep("disconnecting from the good server");
        await client.DisconnectAsync();
        Assert.Equal(BayeuxClientState.Disconnected, client.State);
    }

    private static async Task TryConnectAsync(BayeuxClient client)
    {
        try
        {
            await client.ConnectAsync();
        }
        catch (BayeuxException)
        {
            // It has said so, which is all that is asked of it.
        }
    }
}
