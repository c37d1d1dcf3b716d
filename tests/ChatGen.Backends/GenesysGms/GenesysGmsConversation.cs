using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;

namespace ChatGen.Backends.GenesysGms;

/// <summary>A conversation in Chat Server.</summary>
public class GenesysGmsConversation : EmulatedConversation
{
    private readonly GenesysGmsOptions _options;
    private readonly List<GmsEntry> _transcript = [];
    private readonly List<EmulatedFile> _agentFiles = [];
    private readonly HashSet<string> _earlierAliases = new(StringComparer.Ordinal);
    private GmsParticipant _visitor;
    private GmsParticipant? _agent;
    private int _participants = 1;
    private int _alias = 100;
    private int _failures;
    private int _downloads;
    private int? _readPosition;
    private bool _isBroken;
    private bool _isAliasTold = true;
    private bool _hasCrossed;
    private bool _isEndTold;
    private bool _hasCrossedEnd;

    internal GenesysGmsConversation(Lock gate, ChangeSignal changes, GenesysGmsOptions options, string nickname, int secureKeyBytes)
        : base(gate, changes)
    {
        _options = options;
        _visitor = new GmsParticipant(nickname, _participants, "Client");
        SecureKey = RandomNumberGenerator.GetHexString(secureKeyBytes * 2, lowercase: true);
        SetVisitorName(nickname);
        Record(_visitor, "ParticipantJoined");
    }

    /// <summary>The <c>chatId</c>.</summary>
    public override string Id { get; } = $"0001{RandomNumberGenerator.GetHexString(12)}";

    /// <summary>The <c>userId</c>.</summary>
    public string UserId { get; } = RandomNumberGenerator.GetHexString(16);

    /// <summary>The <c>secureKey</c>.</summary>
    public string SecureKey { get; }

    /// <summary>The <c>alias</c> that is valid now.</summary>
    public string Alias => Read(() => _alias.ToString());

    /// <summary>How far the visitor says that it has read; <see langword="null"/> if it has not said so.</summary>
    public int? ReadPosition => Read(() => _readPosition);

    /// <summary>Told of each new entry of the transcript, within the lock.</summary>
    internal Action<GmsEntry>? OnEntry { get; set; }

    internal bool HasAgent => _agent is not null;

    /// <summary>The index that the next entry will have.</summary>
    internal int NextPosition => _transcript.Count + 1;

    /// <summary>Whether the visitor was removed, so that Chat Server does not know it any more.</summary>
    internal bool IsVisitorRemoved { get; private set; }

    /// <inheritdoc/>
    public override Task AgentJoinsAsync(string name) => Act(() =>
    {
        _agent = new GmsParticipant(name, ++_participants, "Agent");
        Record(_agent, "ParticipantJoined");
    });

    /// <inheritdoc/>
    public override Task AgentWritesAsync(string text) => Act(() => Record(Agent(), "Message", text));

    /// <inheritdoc/>
    public override Task AgentTypesAsync(bool isTyping) => Act(() => Record(Agent(), isTyping ? "TypingStarted" : "TypingStopped"));

    /// <inheritdoc/>
    public override Task AgentSendsFileAsync(string name, string contentType, byte[] content) => Act(() =>
    {
        EmulatedFile file = new(NewFileId(), name, contentType, content);
        _agentFiles.Add(file);
        RecordFile(Agent(), file);
    });

    /// <summary>The agent shows a page.</summary>
    public Task AgentPushesUrlAsync(Uri url) => Act(() => Record(Agent(), "PushUrl", url.OriginalString));

    /// <summary>A notice of the agent's desktop.</summary>
    public Task AgentSendsNoticeAsync(string text) => Act(() => Record(Agent(), "CustomNotice", text));

    /// <summary>The agent leaves the conversation to others, and it goes on.</summary>
    public Task AgentHandsOverAsync() => Act(() =>
    {
        Record(Agent(), "ParticipantLeft");
        _agent = null;
    });

    /// <inheritdoc/>
    public override Task AgentLeavesAsync() => Act(() =>
    {
        GmsParticipant agent = Agent();
        _agent = null;

        // Before the entry, so that whoever is told of it learns that it is the last one.
        End(EmulatedEnd.Agent);
        Record(agent, "ParticipantLeft");
    });

    /// <inheritdoc cref="ChangeAliasAsync"/>
    public override Task LoseSessionAsync() => ChangeAliasAsync();

    /// <summary>Another Chat Server takes over, with another <c>alias</c>.</summary>
    /// <remarks>The old one is understood until the new one was told in a reply, and once more, for a request that may have crossed that reply.</remarks>
    public Task ChangeAliasAsync() => Act(() =>
    {
        _earlierAliases.Add(_alias.ToString());
        _alias++;
        _isAliasTold = false;
        _hasCrossed = false;
    });

    /// <summary>Answers the next requests with <c>statusCode</c> 1 and other fields that are not to be trusted; nothing is done.</summary>
    public void FailRequests(int times) => Change(() => _failures += times);

    /// <summary>Answers all requests with <c>statusCode</c> 2 from now on.</summary>
    public void Break() => Change(() => _isBroken = true);

    /// <summary>Removes the visitor, who is unknown from now on.</summary>
    internal void RemoveVisitor()
    {
        IsVisitorRemoved = true;
        End(EmulatedEnd.Backend);
        Record(_visitor, "ParticipantLeft");
    }

    internal bool Accepts(string alias)
    {
        if (alias == _alias.ToString())
        {
            return true;
        }

        if (!_earlierAliases.Contains(alias) || (_isAliasTold && _hasCrossed))
        {
            return false;
        }

        _hasCrossed |= _isAliasTold;
        return true;
    }

    /// <summary>Whether a request is excused that comes after the end: until the end was told in a reply, and once more, since it may have crossed that reply.</summary>
    internal bool ExcusesRequestAfterEnd()
    {
        bool isExcused = !_isEndTold || !_hasCrossedEnd;
        _hasCrossedEnd |= _isEndTold;
        return isExcused;
    }

    /// <summary>Does what the visitor wants.</summary>
    /// <param name="operation">What it is.</param>
    /// <param name="parameters">The parameters, of which those of the session have been read.</param>
    /// <param name="fileId">The file that it is about.</param>
    /// <returns>The reply.</returns>
    internal GmsReply Do(GmsOperation operation, GmsParameters parameters, string? fileId = null)
    {
        if (_isBroken)
        {
            return new GmsReply(Fields(statusCode: 2));
        }

        if (_failures > 0)
        {
            _failures--;
            JsonObject untrusted = Fields(statusCode: 1);
            (untrusted["alias"], untrusted["secureKey"], untrusted["userId"], untrusted["nextPosition"]) = ("0", "untrusted", "untrusted", 0);
            return new GmsReply(untrusted);
        }

        return operation switch
        {
            GmsOperation.Refresh => Refresh(parameters),
            GmsOperation.SendMessage => SendMessage(parameters),
            GmsOperation.StartTyping => Type(parameters, isTyping: true),
            GmsOperation.StopTyping => Type(parameters, isTyping: false),
            GmsOperation.Disconnect => Disconnect(parameters),
            GmsOperation.PushUrl => PushUrl(parameters),
            GmsOperation.UpdateNickname => UpdateNickname(parameters),
            GmsOperation.CustomNotice => SendNotice(parameters),
            GmsOperation.UpdateData => UpdateData(parameters),
            GmsOperation.ReadReceipt => ConfirmReading(parameters),
            GmsOperation.GetFileLimits => GetFileLimits(parameters),
            GmsOperation.UploadFile => UploadFile(parameters),
            GmsOperation.DownloadFile => DownloadFile(parameters, fileId!),
            _ => DeleteFile(parameters, fileId!),
        };
    }

    /// <summary>The reply that every operation has.</summary>
    /// <param name="from">From which index on it shows the transcript; <see langword="null"/> if it does not.</param>
    internal GmsReply Reply(int? from = null) => Reply(from is null ? [] : _transcript.Skip(Math.Max(from.Value, 1) - 1), from is null ? null : NextPosition);

    internal GmsReply Reply(IEnumerable<GmsEntry> entries, int? nextPosition)
    {
        JsonObject fields = Fields(statusCode: 0);
        fields["messages"] = new JsonArray([.. entries.Select(entry => entry.ToJson())]);
        if (nextPosition is not null)
        {
            fields["nextPosition"] = nextPosition;
        }

        int alias = _alias;
        bool isEnded = EndedBy is not null;
        return new GmsReply(fields)
        {
            OnSent = () => Change(() =>
            {
                _isAliasTold |= alias == _alias;
                _isEndTold |= isEnded;
            }),
        };
    }

    internal GmsReply ReplyThatItIsOver() => Reply() with { Fields = Fields(statusCode: 2) };

    /// <summary>The entries from an index on.</summary>
    internal IReadOnlyList<GmsEntry> EntriesFrom(int index) => [.. _transcript.Skip(Math.Max(index, 1) - 1)];

    internal void Say(string text) => Record(_visitor, "Message", text);

    private static string NewFileId() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private JsonObject Fields(int statusCode) => new()
    {
        ["statusCode"] = statusCode,
        ["alias"] = _alias.ToString(),
        ["chatId"] = Id,
        ["userId"] = UserId,
        ["secureKey"] = SecureKey,
        ["chatEnded"] = EndedBy is not null,
    };

    private GmsReply Refresh(GmsParameters parameters)
    {
        int? from = Position(parameters);
        string? text = parameters.Optional("message");
        parameters.RefuseOthers();
        if (text is not null && EndedBy is null)
        {
            SayChecked(text, messageType: null);
        }

        // Without a position the whole transcript comes: inferred.
        return Reply(from ?? 1);
    }

    private GmsReply SendMessage(GmsParameters parameters)
    {
        int? from = Position(parameters);
        string text = parameters.Required("message");
        string? messageType = parameters.Optional("messageType");
        parameters.RefuseOthers();
        SayChecked(text, messageType);
        return Reply(from);
    }

    private void SayChecked(string text, string? messageType)
    {
        if (text.Length > _options.MaxMessageLength)
        {
            throw GmsRefusals.Limit(GmsRefusals.MessageTooLong, "the message is too long");
        }

        AddVisitorMessage(text);
        Record(_visitor, "Message", text, messageType);
    }

    private GmsReply Type(GmsParameters parameters, bool isTyping)
    {
        string? text = parameters.Optional("message");
        parameters.RefuseOthers();
        SetVisitorTyping(isTyping, isTyping ? text : null);
        Record(_visitor, isTyping ? "TypingStarted" : "TypingStopped", text);
        return Reply();
    }

    private GmsReply Disconnect(GmsParameters parameters)
    {
        parameters.RefuseOthers();
        End(EmulatedEnd.Visitor);
        Record(_visitor, "ParticipantLeft");
        return Reply();
    }

    private GmsReply PushUrl(GmsParameters parameters)
    {
        string url = parameters.Required("pushUrl");
        parameters.RefuseOthers();
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            throw GmsRefusals.Plain(400, "'pushUrl' is no absolute URL");
        }

        Record(_visitor, "PushUrl", url);
        return Reply();
    }

    private GmsReply UpdateNickname(GmsParameters parameters)
    {
        string nickname = parameters.Required("nickname");
        parameters.RefuseOthers();
        SetVisitorName(nickname);
        _visitor = _visitor with { Nickname = nickname };
        Record(_visitor, "NicknameUpdated", nickname);
        return Reply();
    }

    private GmsReply SendNotice(GmsParameters parameters)
    {
        string text = parameters.Required("message");
        parameters.RefuseOthers();
        Record(_visitor, "CustomNotice", text);
        return Reply();
    }

    private GmsReply UpdateData(GmsParameters parameters)
    {
        IReadOnlyDictionary<string, string> userData = parameters.UserData();
        parameters.RefuseOthers();
        if (userData.Count == 0)
        {
            throw GmsRefusals.Member(MemberFault.Missing, "userData");
        }

        SetUserData(userData);
        return Reply();
    }

    private GmsReply ConfirmReading(GmsParameters parameters)
    {
        int position = Position(parameters) ?? throw GmsRefusals.Member(MemberFault.Missing, "transcriptPosition");
        parameters.RefuseOthers();
        Change(() => _readPosition = position);
        return Reply();
    }

    private GmsReply GetFileLimits(GmsParameters parameters)
    {
        parameters.RefuseOthers();
        GenesysGmsFileLimits limits = _options.Files;
        Dictionary<string, string> userData = new()
        {
            ["download-attempts"] = limits.DownloadAttempts.ToString(),
            ["upload-max-files"] = limits.MaxFiles.ToString(),
            ["upload-max-file-size"] = limits.MaxFileSize.ToString(),
            ["upload-max-total-size"] = limits.MaxTotalSize.ToString(),
            ["upload-need-agent"] = limits.NeedsAgent ? "true" : "false",
            ["upload-file-types"] = string.Join(':', limits.FileTypes),
            ["used-upload-max-files"] = UsedFiles.Count().ToString(),
            ["used-upload-max-total-size"] = UsedFiles.Sum(file => file.Content.Length).ToString(),
            ["used-download-attempts"] = _downloads.ToString(),
            ["delete-file"] = limits.AllowsDelete ? "true" : "false",
        };

        // It answers one request, so it is not part of the transcript and has no index: inferred.
        GmsEntry notice = new(new GmsParticipant("system", 0, "External"), "Notice", Now) { Text = "file-client-cfg-get", UserData = userData };
        return Reply([notice], nextPosition: null);
    }

    private GmsReply UploadFile(GmsParameters parameters)
    {
        GmsFilePart part = parameters.File();
        IReadOnlyDictionary<string, string> userData = parameters.UserData();
        parameters.RefuseOthers();
        GenesysGmsFileLimits limits = _options.Files;
        if (limits.NeedsAgent && !HasAgent)
        {
            throw GmsRefusals.Plain(403, "files are taken only when an agent is there");
        }

        if (UsedFiles.Count() >= limits.MaxFiles)
        {
            throw GmsRefusals.Limit(GmsRefusals.TooManyFiles, "too many files");
        }

        if (part.Content.Length > limits.MaxFileSize || UsedFiles.Sum(used => used.Content.Length) + part.Content.Length > limits.MaxTotalSize)
        {
            throw GmsRefusals.Limit(GmsRefusals.FilesTooLarge, "the file is too large");
        }

        if (!limits.FileTypes.Contains(Path.GetExtension(part.Name).TrimStart('.'), StringComparer.OrdinalIgnoreCase))
        {
            throw GmsRefusals.Limit(GmsRefusals.FileTypeNotAllowed, "files of this type are not allowed");
        }

        EmulatedFile file = new(NewFileId(), part.Name, part.ContentType, part.Content) { UserData = userData };
        AddFile(file);
        RecordFile(_visitor, file);
        GmsReply reply = Reply();
        reply.Fields["userData"] = new JsonObject { ["file-id"] = file.Id };
        return reply;
    }

    private GmsReply DownloadFile(GmsParameters parameters, string fileId)
    {
        parameters.RefuseOthers();
        EmulatedFile file = FindFile(fileId, [.. Files, .. _agentFiles]);
        if (_downloads >= _options.Files.DownloadAttempts)
        {
            throw GmsRefusals.Plain(403, "too many downloads");
        }

        _downloads++;
        return new GmsReply([]) { File = file };
    }

    private GmsReply DeleteFile(GmsParameters parameters, string fileId)
    {
        parameters.RefuseOthers();
        if (!_options.Files.AllowsDelete)
        {
            throw GmsRefusals.Plain(403, "files cannot be deleted");
        }

        EmulatedFile file = FindFile(fileId, Files);
        DeleteFile(file.Id);
        Record(_visitor, "FileDeleted", file.Name, userData: new Dictionary<string, string> { ["file-id"] = file.Id });
        return Reply();
    }

    private IEnumerable<EmulatedFile> UsedFiles => Files.Where(file => !file.IsDeleted);

    private DateTimeOffset Now => _options.TimeProvider.GetUtcNow();

    private static EmulatedFile FindFile(string id, IEnumerable<EmulatedFile> files) =>
        files.FirstOrDefault(file => file.Id == id && !file.IsDeleted) ?? throw GmsRefusals.Plain(404, $"there is no file '{id}'");

    private int? Position(GmsParameters parameters)
    {
        int? position = parameters.OptionalPosition("transcriptPosition");
        return position <= NextPosition || position is null ? position : throw GmsRefusals.Plain(400, $"'transcriptPosition' {position} is beyond the transcript");
    }

    private GmsParticipant Agent() => _agent ?? throw new InvalidOperationException("No agent has joined.");

    private void RecordFile(GmsParticipant from, EmulatedFile file)
    {
        // But for the id, the names of what is told of a file are inferred.
        Dictionary<string, string> userData = new(file.UserData)
        {
            ["file-id"] = file.Id,
            ["file-name"] = file.Name,
            ["file-size"] = file.Content.Length.ToString(),
        };
        Record(from, "FileUploaded", file.Name, userData: userData);
    }

    private void Record(GmsParticipant from, string type, string? text = null, string? messageType = null, IReadOnlyDictionary<string, string>? userData = null) => Change(() =>
    {
        GmsEntry entry = new(from, type, Now) { Index = NextPosition, Text = text, MessageType = messageType, UserData = userData };
        _transcript.Add(entry);
        OnEntry?.Invoke(entry);
    });

    private Task Act(Action act)
    {
        Change(() =>
        {
            ThrowIfEnded();
            act();
        });
        return Task.CompletedTask;
    }
}
