using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Backends.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ChatGen.Backends.GenesysGms;

/// <summary>The parameters of an operation, whether they came as a form or as JSON. All have to be known.</summary>
internal sealed class GmsParameters
{
    public const string FormType = "application/x-www-form-urlencoded";
    public const string MultipartType = "multipart/form-data";
    private const string UserDataStart = "userData[";
    private const string UserDataName = "userData";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _userData = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private GmsFilePart? _file;

    private GmsParameters()
    {
    }

    public static async Task<GmsParameters> ReadFormAsync(EmulatorExchange exchange, params string[] mediaTypes)
    {
        if (exchange.MediaType is not { } mediaType || !mediaTypes.Contains(mediaType))
        {
            throw GmsRefusals.Plain(415, $"content type '{exchange.Context.Request.ContentType}' instead of {string.Join(" or ", mediaTypes)}");
        }

        GmsParameters parameters = new();
        if (mediaType == MultipartType)
        {
            await parameters.ReadMultipartAsync(exchange);
            return parameters;
        }

        foreach ((string name, StringValues value) in new FormReader(exchange.Request.Text).ReadForm())
        {
            parameters.Add(name, value is [{ } only] ? only : throw GmsRefusals.Plain(400, $"parameter '{name}' comes more than once"));
        }

        return parameters;
    }

    public static GmsParameters FromJson(JsonObject data)
    {
        GmsParameters parameters = new();
        foreach ((string name, JsonNode? value) in data)
        {
            if (name == UserDataName)
            {
                foreach ((string key, string text) in new JsonMembers(data, "", GmsRefusals.Member).OptionalTextMap(UserDataName))
                {
                    parameters._userData[key] = text;
                }

                continue;
            }

            // Positions come as numbers from some clients and as strings from others.
            parameters._values[name] = value?.GetValueKind() switch
            {
                JsonValueKind.String => value.GetValue<string>(),
                JsonValueKind.Number => value.ToJsonString(),
                _ => throw GmsRefusals.Member(MemberFault.WrongType, name),
            };
        }

        return parameters;
    }

    /// <summary>A parameter; <see langword="null"/> if it is not there or empty.</summary>
    public string? Optional(string name)
    {
        _read.Add(name);
        return _values.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
    }

    public string Required(string name) => Optional(name) ?? throw GmsRefusals.Member(_values.ContainsKey(name) ? MemberFault.Empty : MemberFault.Missing, name);

    public int? OptionalPosition(string name)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int position) ? position : throw GmsRefusals.Member(MemberFault.WrongType, name);
    }

    public IReadOnlyDictionary<string, string> UserData()
    {
        _read.Add(UserDataName);
        return _userData;
    }

    public GmsFilePart File()
    {
        _read.Add("file");
        return _file ?? throw GmsRefusals.Member(MemberFault.Missing, "file");
    }

    /// <summary>Refuses parameters that nobody has asked for.</summary>
    public void RefuseOthers()
    {
        IEnumerable<string> given = [.. _values.Keys, .. _userData.Count > 0 ? [UserDataName] : Array.Empty<string>(), .. _file is null ? Array.Empty<string>() : ["file"]];
        if (given.FirstOrDefault(name => !_read.Contains(name)) is { } unknown)
        {
            throw GmsRefusals.Member(MemberFault.Unknown, unknown);
        }
    }

    private async Task ReadMultipartAsync(EmulatorExchange exchange)
    {
        string? boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(exchange.Context.Request.ContentType!).Boundary).Value;
        if (string.IsNullOrEmpty(boundary))
        {
            throw GmsRefusals.Plain(400, "the form has no boundary");
        }

        using MemoryStream body = new(exchange.Request.Body.ToArray());
        MultipartReader reader = new(boundary, body);
        try
        {
            while (await reader.ReadNextSectionAsync(exchange.Aborted) is { } section)
            {
                await AddAsync(section, exchange.Aborted);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            throw GmsRefusals.Plain(400, "the form is broken");
        }
    }

    private async Task AddAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition)
            || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { Length: > 0 } name)
        {
            throw GmsRefusals.Plain(400, "a part of the form has no name");
        }

        using MemoryStream content = new();
        await section.Body.CopyToAsync(content, cancellationToken);
        if (name != "file")
        {
            Add(name, System.Text.Encoding.UTF8.GetString(content.ToArray()));
            return;
        }

        StringSegment fileName = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
        if (_file is not null || fileName.Value is not { Length: > 0 } given)
        {
            throw GmsRefusals.Plain(400, "part 'file' has no file name, or comes more than once");
        }

        _file = new GmsFilePart(given, section.ContentType ?? "application/octet-stream", content.ToArray());
    }

    private void Add(string name, string value)
    {
        bool isUserData = name.StartsWith(UserDataStart, StringComparison.Ordinal) && name.EndsWith(']') && name.Length > UserDataStart.Length + 1;
        bool isAdded = isUserData ? _userData.TryAdd(name[UserDataStart.Length..^1], value) : name != UserDataName && _values.TryAdd(name, value);
        if (!isAdded)
        {
            throw GmsRefusals.Plain(400, $"parameter '{name}' comes more than once, or not as {UserDataStart}key]");
        }
    }
}
