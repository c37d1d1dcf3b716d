using System.Collections.Immutable;
using ChatGen.Bayeux.Protocol;
using ChatGen.Bayeux.Session;
using Xunit;

namespace ChatGen.Bayeux.Tests.Session;

/// <summary>Every phase of the session against everything that can happen: what the phase is afterwards, and whether something is under way or scheduled.</summary>
/// <remarks>
/// A cell is the phase's letters, then what the loop does: <c>&gt;h</c> sends a handshake, <c>&gt;c</c> a connect, <c>&gt;d</c> a disconnect, <c>..</c> waits
/// for a time, <c>end</c> gives all up; a cell of phase letters alone does nothing.
/// </remarks>
public sealed class TransitionTableTests
{
    private const string Table = """
                              | Di       | Ha       | HD       | Ci       | Co       | Un       | Dg
        connect               | Ha >h    | Ha       | HD       | Ci       | Co       | Un       | Dg
        resume                | Un >c    | Ha       | HD       | Ci       | Co       | Un       | Dg
        disconnect            | Di end   | Di end   | Di end   | Dg >d    | Dg >d    | Dg >d    | Dg
        abort                 | Di end   | Di end   | Di end   | Di end   | Di end   | Di end   | Di end
        advice                | Di       | Ha       | HD       | Ci       | Co       | Un       | Dg
        event                 | Di       | Ha       | HD       | Ci       | Co       | Un       | Dg
        delay elapsed         | Di       | Ha       | Ha >h    | Ci       | Co       | Un >c    | Dg
        request failed        | Di       | HD ..    | HD       | Un ..    | Un ..    | Un       | Dg
        other request failed  | Di       | Ha       | HD       | Ci       | Co       | Un       | Dg
        handshake accepted    | Di       | Ci >c    | HD       | Ci       | Co       | Un       | Dg
        handshake refused     | Di       | HD ..    | HD       | Ci       | Co       | Un       | Dg
        handshake forbidden   | Di       | Di end   | HD       | Ci       | Co       | Un       | Dg
        other handshake reply | Di       | Ha       | HD       | Ci       | Co       | Un       | Dg
        connect accepted      | Di       | Ha       | HD       | Co >c    | Co >c    | Un       | Dg
        connect, interval     | Di       | Ha       | HD       | Co ..    | Co ..    | Un       | Dg
        connect, handshake    | Di       | Ha       | HD       | Ha >h    | Ha >h    | Un       | Dg
        connect, none         | Di       | Ha       | HD       | Di end   | Di end   | Un       | Dg
        connect refused       | Di       | Ha       | HD       | Un ..    | Un ..    | Un       | Dg
        refused, handshake    | Di       | Ha       | HD       | Ha >h    | Ha >h    | Un       | Dg
        refused, none         | Di       | Ha       | HD       | Di end   | Di end   | Un       | Dg
        other connect reply   | Di       | Ha       | HD       | Ci       | Co       | Un       | Dg
        server disconnects    | Di       | Ha       | HD       | Di end   | Di end   | Di end   | Di end
        disconnect reply      | Di       | Ha       | HD       | Ci       | Co       | Un       | Di end
        disconnect failed     | Di       | Ha       | HD       | Ci       | Co       | Un       | Di end
        """;

    private static readonly BayeuxFault Broken = new(BayeuxFaultKind.ConnectionClosed, "broken");

    private static readonly ImmutableDictionary<string, SessionPhase> Phases = new Dictionary<string, SessionPhase>
    {
        ["Di"] = SessionPhase.Disconnected,
        ["Ha"] = SessionPhase.Handshaking,
        ["HD"] = SessionPhase.HandshakeDelayed,
        ["Ci"] = SessionPhase.Connecting,
        ["Co"] = SessionPhase.Connected,
        ["Un"] = SessionPhase.Unconnected,
        ["Dg"] = SessionPhase.Disconnecting,
    }.ToImmutableDictionary();

    private static readonly BayeuxSnapshot Snapshot = new() { ClientId = "resumed", Transport = ConnectionTypes.LongPolling, HandshakeTransport = ConnectionTypes.LongPolling };

    private static readonly ImmutableDictionary<string, Func<SessionState, SessionInput>> Inputs = new Dictionary<string, Func<SessionState, SessionInput>>
    {
        ["connect"] = static _ => new SessionInput.ConnectRequested(),
        ["resume"] = static _ => new SessionInput.ResumeRequested(Snapshot),
        ["disconnect"] = static _ => new SessionInput.DisconnectRequested(),
        ["abort"] = static _ => new SessionInput.AbortRequested(Broken),
        ["advice"] = static _ => new SessionInput.AdviceReceived(new Advice { Interval = TimeSpan.FromSeconds(9) }),
        ["event"] = static _ => SessionInput.EventReceived.Instance,
        ["delay elapsed"] = static _ => new SessionInput.DelayElapsed(),
        ["request failed"] = static state => new SessionInput.MetaFailed(state.OutstandingId ?? "none", Broken),
        ["other request failed"] = static _ => new SessionInput.MetaFailed("other", Broken),
        ["handshake accepted"] = static state => Reply(MetaChannel.Handshake, state.OutstandingId ?? "h", true, null, "new"),
        ["handshake refused"] = static state => Reply(MetaChannel.Handshake, state.OutstandingId ?? "h", false, null),
        ["handshake forbidden"] = static state => Reply(MetaChannel.Handshake, state.OutstandingId ?? "h", false, new Advice { Reconnect = ReconnectAdvice.None }),
        ["other handshake reply"] = static _ => Reply(MetaChannel.Handshake, "other", true, null, "new"),
        ["connect accepted"] = static state => Reply(MetaChannel.Connect, state.OutstandingId ?? "c", true, null),
        ["connect, interval"] = static state => Reply(MetaChannel.Connect, state.OutstandingId ?? "c", true, new Advice { Interval = TimeSpan.FromSeconds(2) }),
        ["connect, handshake"] = static state => Reply(MetaChannel.Connect, state.OutstandingId ?? "c", true, new Advice { Reconnect = ReconnectAdvice.Handshake }),
        ["connect, none"] = static state => Reply(MetaChannel.Connect, state.OutstandingId ?? "c", true, new Advice { Reconnect = ReconnectAdvice.None }),
        ["connect refused"] = static state => Reply(MetaChannel.Connect, state.OutstandingId ?? "c", false, null),
        ["refused, handshake"] = static state => Reply(MetaChannel.Connect, state.OutstandingId ?? "c", false, new Advice { Reconnect = ReconnectAdvice.Handshake }),
        ["refused, none"] = static state => Reply(MetaChannel.Connect, state.OutstandingId ?? "c", false, new Advice { Reconnect = ReconnectAdvice.None }),
        ["other connect reply"] = static _ => Reply(MetaChannel.Connect, "other", true, null),
        ["server disconnects"] = static _ => Reply(MetaChannel.Disconnect, null, true, null),
        ["disconnect reply"] = static state => Reply(MetaChannel.Disconnect, state.DisconnectId ?? "d", true, null),
        ["disconnect failed"] = static state => new SessionInput.MetaFailed(state.DisconnectId ?? "d", Broken),
    }.ToImmutableDictionary();

    public static TheoryData<string, string, string> Cells()
    {
        string[] lines = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] phases = Fields(lines[0])[1..];
        var cells = new TheoryData<string, string, string>();
        foreach (string[] fields in lines[1..].Select(Fields))
        {
            for (int i = 0; i < phases.Length; i++)
            {
                cells.Add(fields[0], phases[i], fields[i + 1]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void What_happens_leads_where_the_table_says(string input, string phase, string expected)
    {
        SessionState state = StateIn(Phases[phase]);
        SessionTransition next = SessionReducer.Step(state, Inputs[input](state), TimeSpan.FromMinutes(1));
        Assert.Equal(expected, $"{Phases.Single(known => known.Value == next.State.Phase).Key} {ActionOf(next.Effects)}".TrimEnd());
    }

    [Fact]
    public void The_table_knows_every_phase_and_every_input()
    {
        string[] lines = Table.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enum.GetValues<SessionPhase>().Order(), Fields(lines[0])[1..].Select(name => Phases[name]).Order());
        Assert.Equal(Inputs.Keys.Order(StringComparer.Ordinal), lines[1..].Select(line => Fields(line)[0]).Order(StringComparer.Ordinal));
        Assert.Equal(
            typeof(SessionInput).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(SessionInput))).OrderBy(type => type.Name),
            Inputs.Values.Select(make => make(StateIn(SessionPhase.Connected)).GetType()).Distinct().OrderBy(type => type.Name));
    }

    private static string[] Fields(string line) => [.. line.Split('|').Select(field => field.Trim())];

    private static string ActionOf(ImmutableArray<SessionEffect> effects) => string.Concat(effects.Select(static effect => effect switch
    {
        SessionEffect.SendHandshake => ">h",
        SessionEffect.SendConnect => ">c",
        SessionEffect.SendDisconnect => ">d",
        SessionEffect.Schedule => "..",
        SessionEffect.Ended => "end",
        _ => "",
    }));

    private static SessionInput.MetaReceived Reply(string channel, string? id, bool successful, Advice? advice, string? clientId = null) =>
        new(new BayeuxMessage { Channel = channel, Id = id, Successful = successful, Advice = advice, ClientId = clientId });

    /// <summary>A state as it comes about: established, over long-polling.</summary>
    private static SessionState StateIn(SessionPhase phase)
    {
        var state = new SessionState { Policy = new SessionPolicy { AllowWebSocket = false } };
        if (phase == SessionPhase.Disconnected)
        {
            return state;
        }

        state = Step(state, "connect");
        state = Step(state, "handshake accepted");
        state = Step(state, "connect accepted");
        return phase switch
        {
            SessionPhase.Handshaking => Step(state, "refused, handshake"),
            SessionPhase.HandshakeDelayed => Step(Step(state, "refused, handshake"), "request failed"),
            SessionPhase.Connecting => Step(Step(state, "refused, handshake"), "handshake accepted") with { Rehandshakes = 0 },
            SessionPhase.Connected => state,
            SessionPhase.Unconnected => Step(state, "request failed"),
            _ => Step(state, "disconnect"),
        };
    }

    private static SessionState Step(SessionState state, string input) => SessionReducer.Step(state, Inputs[input](state), TimeSpan.Zero).State;
}
