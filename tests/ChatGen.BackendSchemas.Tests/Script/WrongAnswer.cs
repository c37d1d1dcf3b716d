namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>What comes instead of the backend's answer.</summary>
public enum WrongAnswer
{
    /// <summary>A page of a proxy, with status 200.</summary>
    Html,

    /// <summary>Half of a JSON object, and then the connection breaks.</summary>
    Truncated,

    /// <summary>Half of a JSON object that says to be whole.</summary>
    HalfJson,

    /// <summary>More than anybody should read.</summary>
    Huge,

    /// <summary>Nothing: the connection breaks.</summary>
    Broken,

    /// <summary>The way to another server.</summary>
    Redirect,
}
