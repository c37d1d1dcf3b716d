using System.ComponentModel;

namespace ChatGen;

/// <summary>The values of JSON Schema's <c>format</c> that are checked on strings. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ChatFormat
{
    /// <summary><c>date</c>: <see cref="ChatFormats.IsDate(string)"/>.</summary>
    Date,

    /// <summary><c>time</c>: <see cref="ChatFormats.IsTime(string)"/>.</summary>
    Time,

    /// <summary><c>duration</c>: <see cref="ChatFormats.IsDuration"/>.</summary>
    Duration,

    /// <summary><c>email</c>: <see cref="ChatFormats.IsEmail"/>.</summary>
    Email,

    /// <summary><c>hostname</c>: <see cref="ChatFormats.IsHostname(string)"/>.</summary>
    Hostname,

    /// <summary><c>ipv4</c>: <see cref="ChatFormats.IsIpv4(string)"/>.</summary>
    Ipv4,

    /// <summary><c>ipv6</c>: <see cref="ChatFormats.IsIpv6(string)"/>.</summary>
    Ipv6,

    /// <summary><c>uri-reference</c>: <see cref="ChatFormats.IsUriReference"/>.</summary>
    UriReference,

    /// <summary><c>iri</c>: <see cref="ChatFormats.IsIri"/>.</summary>
    Iri,

    /// <summary><c>iri-reference</c>: <see cref="ChatFormats.IsIriReference"/>.</summary>
    IriReference,

    /// <summary><c>json-pointer</c>: <see cref="ChatFormats.IsJsonPointer(string)"/>.</summary>
    JsonPointer,

    /// <summary><c>relative-json-pointer</c>: <see cref="ChatFormats.IsRelativeJsonPointer"/>.</summary>
    RelativeJsonPointer,

    /// <summary><c>uri-template</c>: <see cref="ChatFormats.IsUriTemplate"/>.</summary>
    UriTemplate,

    /// <summary><c>regex</c>: <see cref="ChatFormats.IsRegex"/>.</summary>
    Regex,
}
