namespace WebChat;

/// <summary>The command line.</summary>
internal sealed record Arguments(int Port, Uri? Server)
{
    public const string Usage = """
        Usage: WebChat [--port N] [--server URL]

          --port N      listen on this port of 127.0.0.1; 0: any free one; default: 5080
          --server URL  chat with this CometD backend instead of an embedded one; it has to allow the page's origin
        """;

    private const int DefaultPort = 5080;

    /// <summary>Reads the command line; <see langword="null"/> if it makes no sense.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments(DefaultPort, null);
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = args.ElementAtOrDefault(i + 1) ?? "";
            switch (args[i])
            {
                case "--port" when ushort.TryParse(value, out ushort port):
                    arguments = arguments with { Port = port };
                    break;
                case "--server" when Uri.TryCreate(value, UriKind.Absolute, out Uri? server) && server.Scheme is "http" or "https":
                    arguments = arguments with { Server = server };
                    break;
                default:
                    return null;
            }
        }

        return arguments;
    }
}
