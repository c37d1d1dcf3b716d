using System.Reflection;

namespace ChatGen.Ownership;

/// <summary>What Redis does at once or not at all.</summary>
internal static class RedisScripts
{
    public static readonly string Register = Read("epoch") + Read("register");
    public static readonly string Renew = Read("epoch") + Read("renew");
    public static readonly string Unregister = Read("epoch") + Read("unregister");
    public static readonly string Claim = Read("epoch") + Read("claim");
    public static readonly string Rebind = Read("epoch") + Read("rebind");
    public static readonly string Release = Read("release");

    private static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
