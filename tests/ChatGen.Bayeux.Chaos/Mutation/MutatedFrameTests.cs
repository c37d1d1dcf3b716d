using System.Text;
using System.Text.Json;
using ChatGen.Bayeux.Protocol;
using Xunit;

namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>Whatever a frame is, the reader gives its messages or says that it is none.</summary>
public sealed class MutatedFrameTests(ITestOutputHelper output)
{
    private const int MaxDepth = 64;

    // One for all frames, as a client has: no name of an earlier frame may be taken for one of a later.
    private readonly ChannelNames _names = new();

    [Fact]
    public void Mutated_frames_are_read_as_JSON_has_it_or_refused()
    {
        output.WriteLine($"seed {ChaosSettings.Seed}, {ChaosSettings.Frames} frames");
        var random = new Random(ChaosSettings.Seed);
        var mutator = new FrameMutator(random);
        int accepted = 0;
        for (int number = 0; number < ChaosSettings.Frames; number++)
        {
            byte[] frame = mutator.Mutate(FrameSeeds.All[random.Next(FrameSeeds.All.Count)]);
            try
            {
                accepted += Check(frame) ? 1 : 0;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Frame {number}, {Convert.ToHexString(frame)}\n{Encoding.UTF8.GetString(frame)}\n{exception}");
            }
        }

        output.WriteLine($"{accepted} accepted");

        // Else the mutations are too coarse to reach anything but the first check.
        Assert.InRange(accepted, ChaosSettings.Frames / 10, ChaosSettings.Frames * 9 / 10);
    }

    [Fact]
    public void Frames_that_mutations_start_from_are_accepted() => Assert.All(FrameSeeds.All, frame => Assert.True(Check(frame)));

    /// <summary>Reads a frame, and compares with what System.Text.Json's document makes of it.</summary>
    /// <returns>Whether the reader has accepted it.</returns>
    private bool Check(byte[] frame)
    {
        List<BayeuxMessage> messages = [];
        try
        {
            BayeuxReader.Read(frame, MaxDepth, _names, messages);
        }
        catch (JsonException)
        {
            return false;
        }

        using var document = JsonDocument.Parse(frame, new JsonDocumentOptions { MaxDepth = MaxDepth });
        JsonElement root = document.RootElement;
        JsonElement[] expected = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
        Assert.Equal(expected.Length, messages.Count);
        foreach ((JsonElement json, BayeuxMessage message) in expected.Zip(messages))
        {
            Assert.Equal(json.GetProperty("channel").GetString(), message.Channel);
            Assert.StartsWith("/", message.Channel, StringComparison.Ordinal);
            Assert.Equal(json.TryGetProperty("data", out JsonElement data) ? data.GetRawText() : "", Encoding.UTF8.GetString(message.Data.Span));
            Assert.Equal(json.TryGetProperty("ext", out JsonElement ext) ? ext.GetRawText() : "", Encoding.UTF8.GetString(message.Ext.Span));
            Assert.Equal(json.TryGetProperty("successful", out JsonElement successful) ? successful.GetBoolean() : null, message.Successful);
            Assert.Equal(json.TryGetProperty("clientId", out JsonElement clientId) ? clientId.GetString() : null, message.ClientId);
        }

        return true;
    }
}
