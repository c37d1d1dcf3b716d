using ChatGen.Generator.Documents;

namespace ChatGen.Generator.Reading.Rest;

/// <summary>Reads <c>allowedHosts</c>: where addresses that the backend gives may lead.</summary>
internal static class HostReader
{
    public static void Read(SectionReader rest)
    {
        foreach (JsonStringNode host in rest.Strings("allowedHosts").Where(host => !IsHost(host.Value)))
        {
            rest.Report(host, $"'{host.Value}' is no host: write its name, or '*.' and a domain for all hosts within it, without scheme, port and path");
        }
    }

    /// <summary>A name of labels; all hosts of a top-level domain are too many.</summary>
    private static bool IsHost(string host)
    {
        bool isWildcard = host.StartsWith("*.", StringComparison.Ordinal);
        string[] labels = (isWildcard ? host.Substring(2) : host).Split('.');
        return labels.Length >= (isWildcard ? 2 : 1)
            && labels.All(label => label.Length is > 0 and <= 63 && label[0] != '-' && label[label.Length - 1] != '-'
                && label.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-'));
    }
}
