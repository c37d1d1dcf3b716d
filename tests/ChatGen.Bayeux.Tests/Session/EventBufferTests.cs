using System.Text;
using ChatGen.Bayeux.Session;
using Xunit;

namespace ChatGen.Bayeux.Tests.Session;

public sealed class EventBufferTests
{
    [Fact]
    public void Events_and_notices_come_in_the_order_in_which_they_were_added()
    {
        EventBuffer buffer = new(10, 1000, BayeuxOverflowPolicy.PauseReceiving);
        Add(buffer, "1");
        buffer.Add(SessionFault.QueueFull);
        Add(buffer, "2");
        Assert.Equal(["1", "QueueFull", "2"], Taken(buffer));
    }

    [Fact]
    public void A_full_buffer_has_room_again_when_half_of_it_is_taken()
    {
        EventBuffer buffer = new(4, 100_000, BayeuxOverflowPolicy.PauseReceiving);
        for (int i = 0; i < 5; i++)
        {
            Assert.False(buffer.IsFull);
            Add(buffer, "x");
        }

        Assert.True(buffer.IsFull);
        Task room = buffer.RoomAsync();
        for (int i = 0; i < 3; i++)
        {
            Assert.False(room.IsCompleted);
            Assert.True(buffer.TryTake(default, out _));
        }

        Assert.True(room.IsCompletedSuccessfully);
        Assert.False(buffer.IsFull);
    }

    [Fact]
    public void Bytes_fill_a_buffer_too()
    {
        EventBuffer buffer = new(1000, 5_000, BayeuxOverflowPolicy.PauseReceiving);
        Add(buffer, new string('x', 6_000));
        Assert.True(buffer.IsFull);
    }

    [Fact]
    public void The_oldest_events_are_dropped_and_counted_and_notices_stay()
    {
        EventBuffer buffer = new(3, 100_000, BayeuxOverflowPolicy.DropOldest);
        buffer.Add(SessionFault.QueueFull);
        for (int i = 0; i < 10; i++)
        {
            Add(buffer, $"{i}");
        }

        Assert.False(buffer.IsFull);
        Assert.Equal(["EventsDropped", "QueueFull", "7", "8", "9"], Taken(buffer));
    }

    [Fact]
    public void Faults_that_nobody_takes_do_not_pile_up()
    {
        EventBuffer buffer = new(3, 100_000, BayeuxOverflowPolicy.PauseReceiving);
        for (int i = 0; i < 100_000; i++)
        {
            buffer.Add(SessionFault.QueueFull);
        }

        Assert.InRange(Taken(buffer).Count, 1, 1000);
    }

    [Fact]
    public async Task Whoever_waits_is_let_go_at_the_end()
    {
        EventBuffer buffer = new(1, 100_000, BayeuxOverflowPolicy.PauseReceiving);
        Add(buffer, "1");
        Add(buffer, "2");
        Task room = buffer.RoomAsync();
        buffer.Complete();
        await room.Soon();
        Assert.False(buffer.TryTake(default, out _));
        Assert.True(buffer.IsCompleted);
        Add(buffer, "3");
        Assert.False(buffer.TryTake(default, out _));
    }

    private static void Add(EventBuffer buffer, string text)
    {
        byte[] data = Encoding.UTF8.GetBytes(text);
        buffer.Add("/a", data, default);
        Array.Clear(data);
    }

    private static List<string> Taken(EventBuffer buffer)
    {
        var taken = new List<string>();
        EventBufferItem item = default;
        while (buffer.TryTake(item, out item))
        {
            taken.Add(item.Notice is BayeuxFault fault ? fault.Kind.ToString() : Encoding.UTF8.GetString(item.Event.Data.Span));
        }

        return taken;
    }
}
