using System.Text;
using Xunit;

namespace ChatGen.Bayeux.Tests.Chat;

public sealed class CometDHeldEventsTests
{
    private const string Typing = """{"kind":"typing"}""";

    private static readonly ChatEventCatalog s_history = TestProtocol.Create().Events;

    [Fact]
    public void What_is_within_the_bounds_is_kept_in_order()
    {
        CometDHeldEvents held = Held(3, 1000, Said(1), Typing, Said(2));
        Assert.Equal((0, 0, 0), (held.Missing, held.Passed, held.Lost));
        Assert.Equal([Said(1), Typing, Said(2)], Take(held));
    }

    [Theory]
    [InlineData(3, 10_000)]
    [InlineData(100, 130)]
    public void Beyond_a_bound_the_history_is_let_go_of_and_the_rest_kept(int maxEvents, long maxBytes)
    {
        CometDHeldEvents held = Held(maxEvents, maxBytes, Said(1), Typing, Said(2), Said(3), Said(4), Said(5));
        Assert.InRange(held.Missing, 3, 5);
        Assert.Equal((0, 0), (held.Passed, held.Lost));
        List<string> kept = Take(held);
        Assert.Equal(Typing, kept[0]);
        Assert.Equal(6, held.Missing + kept.Count);
    }

    [Fact]
    public void What_is_in_no_history_is_dropped_when_there_is_too_much_of_it_alone()
    {
        CometDHeldEvents held = Held(4, 1000, Typing, Typing, """{"kind":"unheard of","n":1}""", """{"kind":"said"}""", "7");
        Assert.Equal((0, 3, 0), (held.Missing, held.Passed, held.Lost));
        Assert.Equal(["""{"kind":"said"}""", "7"], Take(held));
    }

    [Fact]
    public void One_event_that_is_larger_than_the_bound_is_not_kept_either()
    {
        CometDHeldEvents held = Held(100, 10, Said(1), Typing);
        Assert.Equal((1, 1, 0), (held.Missing, held.Passed, held.Lost));
        Assert.Empty(Take(held));
    }

    [Fact]
    public void Without_a_history_that_can_be_asked_for_the_oldest_are_lost()
    {
        var held = new CometDHeldEvents(2, 1000, null);
        foreach (string text in (string[])[Said(1), Typing, Said(2), Said(3)])
        {
            held.Add(Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal((0, 0, 2), (held.Missing, held.Passed, held.Lost));
        Assert.Equal([Said(2), Said(3)], Take(held));
    }

    [Fact]
    public void However_much_comes_no_more_is_kept_than_may_be()
    {
        var random = new Random(7);
        var held = new CometDHeldEvents(50, 2000, s_history);
        int missing = 0;
        for (int number = 0; number < 10_000; number++)
        {
            held.Add(Encoding.UTF8.GetBytes(random.Next(3) == 0 ? Typing : Said(number)));
            missing += held.Missing;
            held.OnFound(held.Missing);
        }

        Assert.Equal(0, held.Missing);
        List<string> kept = Take(held);
        Assert.InRange(kept.Count, 1, 50);
        Assert.InRange(kept.Sum(static text => text.Length), 1, 2000);
        Assert.Equal(10_000, missing + held.Passed + kept.Count);
    }

    private static string Said(int index) => $$"""{"kind":"said","n":{{index}},"text":"x"}""";

    private static CometDHeldEvents Held(int maxEvents, long maxBytes, params string[] texts)
    {
        var held = new CometDHeldEvents(maxEvents, maxBytes, s_history);
        foreach (string text in texts)
        {
            held.Add(Encoding.UTF8.GetBytes(text));
        }

        return held;
    }

    private static List<string> Take(CometDHeldEvents held)
    {
        var taken = new List<string>();
        while (held.TryTake(out byte[] data))
        {
            taken.Add(Encoding.UTF8.GetString(data));
        }

        return taken;
    }
}
