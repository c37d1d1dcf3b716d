using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ChatGen.Tests;

public sealed class ConsoleChatLoggerTests : IDisposable
{
    private readonly StringWriter _console = new();

    public void Dispose() => _console.Dispose();

    [Theory]
    [InlineData(LogLevel.Trace, null)]
    [InlineData(LogLevel.Debug, null)]
    [InlineData(LogLevel.Information, "info")]
    [InlineData(LogLevel.Warning, "warn")]
    [InlineData(LogLevel.Error, "fail")]
    [InlineData(LogLevel.Critical, "crit")]
    [InlineData(LogLevel.None, null)]
    public void Entries_from_information_on_are_written_one_line_each(LogLevel level, string? label)
    {
        Write(level, "Something happened.");
        Assert.Equal(label is null ? "" : $"2000-01-01T00:00:00.000Z {label} ChatGen: Something happened.{_console.NewLine}", _console.ToString());
        Assert.Equal(label is not null, new ConsoleChatLogger().IsEnabled(level));
    }

    [Fact]
    public void Line_breaks_and_escape_sequences_do_not_get_through()
    {
        Write(LogLevel.Warning, "one\r\ntwo\u001b[31m\u0085three");
        Assert.EndsWith("ChatGen: one  two [31m three" + _console.NewLine, _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_is_told_on_the_same_line()
    {
        Write(LogLevel.Error, "Failed.", new IOException("disk\nfull"));
        Assert.EndsWith("Failed. (IOException: disk full)" + _console.NewLine, _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_console_breaks_nothing()
    {
        var closed = new StringWriter();
        closed.Dispose();
        Exception? exception = Record.Exception(() => new ConsoleChatLogger(closed).Log(LogLevel.Error, default, "text", null, (text, _) => text));
        Assert.Null(exception);
    }

    private void Write(LogLevel level, string message, Exception? exception = null) =>
        new ConsoleChatLogger(_console, new FakeTimeProvider()).Log(level, default, message, exception, static (text, _) => text);
}
