using System.Buffers;
using System.Text.Json;

namespace ChatGen;

/// <summary>
/// Keeps a session's state in a file that expires some time after it was last written. Specification: the built-in storage and option
/// <c>maxOfflineDuration</c>, for hosts that have no cookies.
/// </summary>
/// <remarks>
/// The file is replaced as a whole, so that a reader sees the old state or the new one and never a part. On Unix only its owner can read
/// it. One instance serves one session at a time; several processes that share the file overwrite each other's state.
/// </remarks>
public sealed class FileChatStateStorage : IExpiringChatStateStorage
{
    private readonly string _path;
    private readonly TimeSpan _maxOfflineDuration;
    private readonly TimeProvider _timeProvider;

    /// <summary>Makes a storage. Nothing is read or written yet.</summary>
    /// <param name="path">The file; it and its directories are made when they are needed.</param>
    /// <param name="maxOfflineDuration">How long what this instance writes can be read; zero: it keeps nothing.</param>
    /// <param name="timeProvider">The clock; by default the system's.</param>
    public FileChatStateStorage(string path, TimeSpan maxOfflineDuration, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxOfflineDuration, TimeSpan.Zero);
        _path = Path.GetFullPath(path);
        _maxOfflineDuration = maxOfflineDuration;
        _timeProvider = timeProvider ?? TimeProvider.System;
    }

    /// <summary>A quarter of the time until the state expires, at least 100 ms and at most a day; <see cref="Timeout.InfiniteTimeSpan"/> if nothing is kept at all.</summary>
    public TimeSpan RenewalInterval => IExpiringChatStateStorage.RenewalIntervalOf(_maxOfflineDuration);

    /// <summary>Reads what was written last. A file that has expired is deleted.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The state; <see langword="null"/> if there is none or it has expired.</returns>
    /// <exception cref="FormatException">There is a file, but it holds no state. It has been renamed to end in <c>.unreadable</c>, so the next call finds none.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async ValueTask<ChatSessionState?> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096, useAsync: true);
            await using (stream.ConfigureAwait(false))
            {
                using var buffer = new MemoryStream();
                await stream.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
                content = buffer.ToArray();
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        DateTimeOffset expires;
        ChatSessionState state;
        try
        {
            (expires, state) = Parse(content);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new FormatException(SetAside(), exception);
        }

        // What counts is the life that the writer gave it, as with a cookie.
        if (_timeProvider.GetUtcNow() < expires)
        {
            return state;
        }

        File.Delete(_path);
        return null;
    }

    /// <summary>Stores a state in place of what was stored before; its life begins anew.</summary>
    /// <param name="state">The state; <see langword="null"/> deletes the file.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="IOException">The file cannot be written or deleted.</exception>
    public async ValueTask WriteAsync(ChatSessionState? state, CancellationToken cancellationToken)
    {
        string directory = Path.GetDirectoryName(_path)!;
        if (state is null || _maxOfflineDuration == TimeSpan.Zero)
        {
            Delete(directory);
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        string temporaryPath = $"{_path}.{Guid.NewGuid():N}.tmp";
        try
        {
            // Not flushed to the disk: the state lives for seconds, and a file that a power failure leaves empty is reported as unreadable.
            var stream = new FileStream(temporaryPath, options);
            await using (stream.ConfigureAwait(false))
            {
                await stream.WriteAsync(Format(state), cancellationToken).ConfigureAwait(false);
            }

            File.Move(temporaryPath, _path, overwrite: true);
        }
        catch
        {
            File.Delete(temporaryPath);
            throw;
        }
    }

    private static (DateTimeOffset Expires, ChatSessionState State) Parse(byte[] content)
    {
        using JsonDocument document = JsonDocument.Parse(content);
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("expires"u8, out JsonElement expires)
            && expires.ValueKind == JsonValueKind.String
            && expires.TryGetDateTimeOffset(out DateTimeOffset time)
            && document.RootElement.TryGetProperty("state"u8, out JsonElement state))
        {
            return (time, ChatSessionState.FromJson(state.GetRawText()));
        }

        throw new FormatException("The file has no 'expires' or no 'state'.");
    }

    private ReadOnlyMemory<byte> Format(ChatSessionState state)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        DateTimeOffset expires = DateTimeOffset.MaxValue - now > _maxOfflineDuration ? now + _maxOfflineDuration : DateTimeOffset.MaxValue;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("expires"u8, expires);
            writer.WritePropertyName("state"u8);
            writer.WriteRawValue(state.ToJson());
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private void Delete(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        File.Delete(_path);

        // What a killed process left half written admits to a session too.
        foreach (string leftover in Directory.EnumerateFiles(directory, Path.GetFileName(_path) + ".*.tmp"))
        {
            File.Delete(leftover);
        }
    }

    private string SetAside()
    {
        string asidePath = _path + ".unreadable";
        try
        {
            File.Move(_path, asidePath, overwrite: true);
            return $"The file holds no state of a chat session; it was moved to '{asidePath}'.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The file '{_path}' holds no state of a chat session, and it could not be moved aside: {exception.Message}";
        }
    }
}
