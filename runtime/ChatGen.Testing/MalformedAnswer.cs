namespace ChatGen.Testing;

/// <summary>An answer that is none.</summary>
public enum MalformedAnswer
{
    /// <summary>A page of HTML with status 200, as of a proxy that asks for a login. The request is not processed.</summary>
    Html,

    /// <summary>Status 200 and no content, or an empty frame. The request is not processed.</summary>
    Empty,

    /// <summary>The first half of the answer: over HTTP the connection ends in mid-content, a frame is cut. The request is processed.</summary>
    Truncated,
}
