namespace ChatGen;

/// <summary>Where requests may go. Addresses come from answers, and what is sent carries the session's secrets.</summary>
internal static class RestAddress
{
    /// <summary>An address out of an answer.</summary>
    /// <param name="text">The address.</param>
    /// <param name="server">The server's own address.</param>
    /// <param name="allowedHosts">Hosts besides its own; <c>*.</c> stands for any number of labels.</param>
    /// <param name="schemes">The schemes, first the one without and then the one with TLS.</param>
    /// <exception cref="FormatException">It is none, or leads where nothing may be sent.</exception>
    public static Uri Check(string text, Uri? server, string[] allowedHosts, params ReadOnlySpan<string> schemes)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || !schemes.Contains(address.Scheme))
        {
            throw new FormatException($"The backend gave an address that is none of {schemes[0]} or {schemes[1]}.");
        }

        if (server is { Scheme: "https" } && address.Scheme != schemes[1])
        {
            throw new FormatException($"The backend is reached by TLS, but gave an address at '{address.Host}' without it.");
        }

        if (!string.Equals(address.IdnHost, server?.IdnHost, StringComparison.OrdinalIgnoreCase) && !Array.Exists(allowedHosts, pattern => Fits(address.IdnHost, pattern)))
        {
            throw new FormatException($"The backend gave an address at '{address.Host}', which is neither its own host nor one of 'allowedHosts' in the schema.");
        }

        return address;
    }

    /// <exception cref="FormatException">A value would change which path it is.</exception>
    public static void CheckPath(ReadOnlySpan<char> path, string request)
    {
        foreach (Range segment in path.Split('/'))
        {
            if (path[segment] is "." or "..")
            {
                throw new FormatException($"A value in the path of '{request}' is '.' or '..'.");
            }
        }
    }

    private static bool Fits(string host, string pattern) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : string.Equals(host, pattern, StringComparison.OrdinalIgnoreCase);
}
