using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ChatGen;

/// <summary>What a host sets for all sessions of a client. Everything has a default.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ChatClientSettings
{
    /// <summary>The clock and the timers; by default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// File of the built-in state storage; by default <c>ChatGen/&lt;application&gt;/&lt;schema id&gt;.json</c> in the user's directory for
    /// local application data. Programs that hold several sessions at a time need one file for each.
    /// </summary>
    public string? StateFilePath { get; init; }

    /// <summary>Makes the built-in state storage for a maximum offline duration, for hosts that have a better place than a file; by default a <see cref="FileChatStateStorage"/>. Called once per session; the client disposes what this makes if it is disposable, when it lets go of the session.</summary>
    public Func<TimeSpan, IChatStateStorage>? CreateStateStorage { get; init; }

    /// <summary>
    /// Makes the storage of a session's history, so that restoring it asks the backend only for what came after; by default none is kept. Called once per
    /// session. It is not used where the built-in state storage keeps nothing, since the maximum offline duration is zero.
    /// </summary>
    public Func<IChatHistoryStorage>? CreateHistoryStorage { get; init; }

    /// <summary>How the CometD transport connects where it is the built-in transport. The options of a session can disable WebSockets besides. Default: the defaults.</summary>
    public CometDChatTransportOptions CometD { get; init; } = new();

    /// <summary>
    /// Makes the HttpClient that the built-in REST transport sends with; by default one of its own without redirects or cookies. Called once per
    /// session; the session disposes it and sets its base address and timeout.
    /// </summary>
    public Func<HttpClient>? CreateHttpClient { get; init; }

    /// <summary>Makes the built-in transport; by default the one over CometD, or over HTTP if the schema has no CometD. The client disposes what this makes if it is disposable.</summary>
    public Func<ChatBuiltInTransportRequest, IChatTransport>? CreateTransport { get; init; }

    /// <summary>Receives the log of sessions whose options name no logger; by default a <see cref="ConsoleChatLogger"/>.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>A file for <see cref="StateFilePath"/> in the directory of the default one, for a program with several clients of a schema.</summary>
    /// <param name="schemaId">The schema's <c>$id</c>.</param>
    /// <param name="clientName">Tells the clients apart; <see langword="null"/> for the default file.</param>
    public static string DefaultStateFilePath(string schemaId, string? clientName = null)
    {
        ArgumentNullException.ThrowIfNull(schemaId);

        // No part of the path has a tilde otherwise.
        string suffix = clientName is null ? "" : "~" + FileName(clientName);
        string application = Assembly.GetEntryAssembly()?.GetName().Name ?? Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "application";
        return Path.Combine(DataDirectory(), FileName(application), FileName(schemaId) + suffix + ".json");
    }

    private static string DataDirectory()
    {
        // Without DoNotVerify the answer is empty on Unix until somebody has made the directory.
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (data.Length > 0)
        {
            return Path.Combine(data, "ChatGen");
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0 ? Path.Combine(home, ".chatgen") : Path.Combine(Path.GetTempPath(), FileName("ChatGen-" + Environment.UserName));
    }

    /// <summary>The name itself if it is fit for a file on every platform, else what is fit of it and a hash that keeps different names apart.</summary>
    private static string FileName(string name)
    {
        const int MaxLength = 80;
        string fit = string.Concat(name.Take(MaxLength).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')).Trim('.');
        return fit == name && fit.Length > 0
            ? fit
            : $"{fit}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4))}";
    }
}
