using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Tests;

public sealed class FileChatStateStorageTests : IDisposable
{
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(5);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), "chatgen-" + Guid.NewGuid().ToString("N"));
    private readonly FakeTimeProvider _time = new();
    private readonly ChatSessionState _state = new()
    {
        SessionId = "a\"b\\ü",
        ServerUrl = new Uri("https://chat.example.com/cometd"),
        LastIndex = 12,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string StateFile => Path.Combine(_directory, "deeper", "state.json");

    public void Dispose()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task What_was_written_is_read_by_another_instance()
    {
        ChatSessionState written = _state with { Values = _state.Values.Add("key", "value") };
        await Storage().WriteAsync(written, Ct);
        ChatSessionState read = (await Storage().ReadAsync(Ct))!;
        Assert.Equal(written.ToJson(), read.ToJson());
    }

    [Fact]
    public async Task Nothing_is_read_where_nothing_was_written()
    {
        Assert.Null(await Storage().ReadAsync(Ct));
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public async Task The_newest_state_replaces_the_one_before_and_leaves_no_other_file()
    {
        await Storage().WriteAsync(_state with { LastIndex = 100_000 }, Ct);
        await Storage().WriteAsync(_state with { LastIndex = 1 }, Ct);
        Assert.Equal(1, (await Storage().ReadAsync(Ct))!.LastIndex);
        Assert.Equal([StateFile], Directory.GetFiles(Path.GetDirectoryName(StateFile)!));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task A_state_expires_exactly_when_its_life_is_over_and_is_deleted_then(long ticksAfter, bool alive)
    {
        await Storage().WriteAsync(_state, Ct);
        _time.Advance(s_life + TimeSpan.FromTicks(ticksAfter));
        Assert.Equal(alive, await Storage().ReadAsync(Ct) is not null);
        Assert.Equal(alive, File.Exists(StateFile));
    }

    [Fact]
    public async Task Writing_again_begins_a_new_life()
    {
        await Storage().WriteAsync(_state, Ct);
        _time.Advance(TimeSpan.FromSeconds(4));
        await Storage().WriteAsync(_state, Ct);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.NotNull(await Storage().ReadAsync(Ct));
    }

    [Fact]
    public async Task Clearing_deletes_the_file_and_what_a_killed_process_left_of_it()
    {
        await Storage().WriteAsync(_state, Ct);
        await File.WriteAllTextAsync(StateFile + ".0123.tmp", "secret", Ct);
        await File.WriteAllTextAsync(StateFile + ".unrelated", "kept", Ct);
        await Storage().WriteAsync(null, Ct);
        Assert.Equal([StateFile + ".unrelated"], Directory.GetFiles(Path.GetDirectoryName(StateFile)!));
        await Storage().WriteAsync(null, Ct);
    }

    [Fact]
    public async Task Clearing_where_nothing_was_written_makes_nothing()
    {
        await Storage().WriteAsync(null, Ct);
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public async Task A_life_of_zero_keeps_nothing()
    {
        var never = new FileChatStateStorage(StateFile, TimeSpan.Zero, _time);
        await Storage().WriteAsync(_state, Ct);
        await never.WriteAsync(_state, Ct);
        Assert.False(File.Exists(StateFile));
        Assert.Equal(Timeout.InfiniteTimeSpan, never.RenewalInterval);
    }

    [Fact]
    public async Task The_life_that_counts_is_the_writers()
    {
        await Storage().WriteAsync(_state, Ct);
        Assert.NotNull(await new FileChatStateStorage(StateFile, TimeSpan.Zero, _time).ReadAsync(Ct));
        _time.Advance(s_life);
        Assert.Null(await new FileChatStateStorage(StateFile, TimeSpan.FromDays(1), _time).ReadAsync(Ct));
    }

    [Fact]
    public async Task A_life_without_end_is_allowed()
    {
        var forever = new FileChatStateStorage(StateFile, TimeSpan.MaxValue, _time);
        await forever.WriteAsync(_state, Ct);
        _time.Advance(TimeSpan.FromDays(10_000));
        Assert.NotNull(await forever.ReadAsync(Ct));
        Assert.Equal(TimeSpan.FromDays(1), forever.RenewalInterval);
    }

    [Theory]
    [InlineData(5_000, 1_250)]
    [InlineData(400, 100)]
    [InlineData(40, 100)]
    public void The_renewal_interval_is_a_quarter_of_the_life_but_at_least_100_ms(int life, int expected)
    {
        var storage = new FileChatStateStorage(StateFile, TimeSpan.FromMilliseconds(life), _time);
        Assert.Equal(TimeSpan.FromMilliseconds(expected), storage.RenewalInterval);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"expires":"2100-01-01T00:00:00Z"}""")]
    [InlineData("""{"expires":"never","state":{"sessionId":"a"}}""")]
    [InlineData("""{"expires":"2100-01-01T00:00:00Z","state":{"lastIndex":1}}""")]
    [InlineData("""{"expires":"2100-01-01T00:00:00Z","state":"secret"}""")]
    public async Task A_file_that_is_no_state_is_moved_aside_and_told_of_once(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StateFile)!);
        await File.WriteAllTextAsync(StateFile, content, Ct);
        FormatException exception = await Assert.ThrowsAsync<FormatException>(async () => await Storage().ReadAsync(Ct));
        Assert.Contains(StateFile + ".unreadable", exception.Message, StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(StateFile + ".unreadable", Ct));
        Assert.Null(await Storage().ReadAsync(Ct));
    }

    [Fact]
    public async Task Restoring_from_a_file_that_is_no_state_fails_once_and_then_finds_no_session()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(StateFile)!);
        await File.WriteAllTextAsync(StateFile, "no JSON", Ct);
        await using var bench = new Bench();
        ChatSessionSetup setup = bench.Setup with { StateStorage = Storage() };
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.Client.RestoreSessionAsync(setup, Ct));
        Assert.StartsWith("The stored state could not be read: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(".unreadable", exception.Message, StringComparison.Ordinal);
        Assert.Null(await bench.Client.RestoreSessionAsync(setup, Ct));
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_file_and_enter_its_directory()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix file modes.");
            return;
        }

        await Storage().WriteAsync(_state, Ct);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(StateFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(StateFile)!));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_the_state_before_and_no_other_file()
    {
        await Storage().WriteAsync(_state, Ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Storage().WriteAsync(_state with { LastIndex = 99 }, new CancellationToken(canceled: true)));
        Assert.Equal(12, (await Storage().ReadAsync(Ct))!.LastIndex);
        Assert.Equal([StateFile], Directory.GetFiles(Path.GetDirectoryName(StateFile)!));
    }

    [Fact]
    public async Task Readers_never_see_half_a_state_while_it_is_written_again_and_again()
    {
        await Storage().WriteAsync(_state, Ct);
        Task writing = Task.Run(
            async () =>
            {
                for (int i = 0; i < 300; i++)
                {
                    await Storage().WriteAsync(_state with { SessionId = new string('x', 1 + (i * 37 % 5_000)) }, Ct);
                }
            },
            Ct);
        while (!writing.IsCompleted)
        {
            Assert.NotNull(await Storage().ReadAsync(Ct));
        }

        await writing;
    }

    [Fact]
    public async Task The_file_holds_expiry_and_state()
    {
        await Storage().WriteAsync(_state, Ct);
        using JsonDocument document = JsonDocument.Parse(await File.ReadAllTextAsync(StateFile, Ct));
        Assert.Equal(_time.GetUtcNow() + s_life, document.RootElement.GetProperty("expires").GetDateTimeOffset());
        Assert.Equal(12, document.RootElement.GetProperty("state").GetProperty("lastIndex").GetInt32());
    }

    [Fact]
    public void A_negative_life_and_an_empty_path_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FileChatStateStorage(StateFile, TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentException>(() => new FileChatStateStorage(" ", s_life));
    }

    private FileChatStateStorage Storage() => new(StateFile, s_life, _time);
}
