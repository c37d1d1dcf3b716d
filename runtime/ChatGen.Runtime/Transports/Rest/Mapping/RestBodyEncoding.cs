namespace ChatGen;

/// <summary>How a request's body is written.</summary>
internal enum RestBodyEncoding
{
    /// <summary><c>application/json</c>.</summary>
    Json,

    /// <summary><c>application/x-www-form-urlencoded</c>; members of objects become <c>name[member]</c>.</summary>
    Form,

    /// <summary><c>multipart/form-data</c>; a file becomes a part with a file name.</summary>
    Multipart,

    /// <summary>The bytes of a file.</summary>
    File,
}
