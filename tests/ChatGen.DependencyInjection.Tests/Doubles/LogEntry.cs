using Microsoft.Extensions.Logging;

namespace ChatGen.DependencyInjection.Tests;

public sealed record LogEntry(string Category, LogLevel Level, string Text);
