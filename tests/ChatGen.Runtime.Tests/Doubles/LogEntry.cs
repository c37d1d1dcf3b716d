using Microsoft.Extensions.Logging;

namespace ChatGen.Tests;

public sealed record LogEntry(LogLevel Level, string Text, Exception? Exception);
