using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace ChatGen;

/// <summary>The JavaScript module <c>wwwroot/chatgen.js</c>, which says what each function does.</summary>
[SupportedOSPlatform("browser")]
internal static partial class ChatModule
{
    public const string Name = "ChatGen.Browser";

    [JSImport("open", Name)]
    public static partial string Open(string name, string path);

    [JSImport("take", Name)]
    public static partial string? Take(string cookie, int owner, double maxAge);

    [JSImport("keep", Name)]
    public static partial void Keep(string cookie, int owner, string value, double maxAge);

    [JSImport("clear", Name)]
    public static partial void Clear(string cookie, int owner);

    [JSImport("release", Name)]
    public static partial void Release(string cookie, int owner);

    [JSImport("readHistory", Name)]
    public static partial string[] ReadHistory(string name, string sessionId);

    [JSImport("appendHistory", Name)]
    public static partial void AppendHistory(string name, string sessionId, string[] entries);

    [JSImport("clearHistory", Name)]
    public static partial void ClearHistory(string name, string sessionId);
}
