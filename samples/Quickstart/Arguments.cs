namespace Quickstart;

/// <summary>The command line.</summary>
internal sealed record Arguments(Uri? Server, bool DisableWebSockets)
{
    public const string Usage = """
        Usage: Quickstart [--server URL] [--no-websockets]

          --server URL     chat with this CometD backend instead of an embedded one
          --no-websockets  keep to long-polling
        """;

    /// <summary>Reads the command line; <see langword="null"/> if it makes no sense.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments(null, false);
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--no-websockets":
                    arguments = arguments with { DisableWebSockets = true };
                    break;
                case "--server" when i + 1 < args.Length && Uri.TryCreate(args[i + 1], UriKind.Absolute, out Uri? server):
                    arguments = arguments with { Server = server };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return arguments;
    }
}
