using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>Writes the log to the console, one line per entry, from <see cref="LogLevel.Information"/> on. Specification: the default of option <c>logger</c>.</summary>
/// <remarks>Thread-safe. What fails on the console's side is passed over, so that a closed console does not break a chat.</remarks>
public sealed class ConsoleChatLogger : ILogger
{
    private readonly TextWriter? _writer;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a logger.</summary>
    /// <param name="writer">Where to; by default whatever <see cref="Console.Out"/> is when an entry is written.</param>
    /// <param name="timeProvider">The clock of the entries; by default the system's.</param>
    public ConsoleChatLogger(TextWriter? writer = null, TimeProvider? timeProvider = null)
    {
        _writer = writer;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Does nothing: entries carry no scopes.</summary>
    /// <returns>Always <see langword="null"/>.</returns>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = new StringBuilder(160);
        line.Append(_timeProvider.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        line.Append(' ').Append(Label(logLevel)).Append(" ChatGen: ").Append(formatter(state, exception));
        if (exception is not null)
        {
            line.Append(" (").Append(exception.GetType().Name).Append(": ").Append(exception.Message).Append(')');
        }

        // A line break or an escape sequence within an entry could pass for an entry of its own or steer the terminal.
        for (int i = 0; i < line.Length; i++)
        {
            if (char.IsControl(line[i]))
            {
                line[i] = ' ';
            }
        }

        try
        {
            (_writer ?? Console.Out).WriteLine(line.ToString());
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // Nobody reads the console any more, and there is nowhere else to say so.
        }
    }

    private static string Label(LogLevel logLevel) => logLevel switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
