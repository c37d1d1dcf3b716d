using System.Collections.Concurrent;
using ChatGen.Bayeux.Scenarios.Harness;
using ChatGen.Interop;
using Xunit;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace ChatGen.Bayeux.Scenarios.Harness;

/// <summary>The servers that are not ours: each is started once for all scenarios that need it with the same options, and ended after the last.</summary>
public sealed class RealServers : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<NodeProcess>>> s_shared = new();

    /// <summary>A server that others use too, so that a scenario has to keep to channels of its own.</summary>
    internal static async Task<Upstream> SharedAsync(Against column, params string[] options)
    {
        string script = Script(column);
        Lazy<Task<NodeProcess>> server = s_shared.GetOrAdd(
            string.Join(' ', [script, .. options]),
            _ => new Lazy<Task<NodeProcess>>(() => NodeProcess.StartServerAsync(script, options, CancellationToken.None)));
        return new Upstream((await server.Value).CometDUrl);
    }

    /// <summary>A server for one scenario, which ends it.</summary>
    internal static Task<NodeProcess> StartAsync(Against column, params string[] options) =>
        NodeProcess.StartServerAsync(Script(column), options, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<Task<NodeProcess>> server in s_shared.Values)
        {
            if (server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            {
                await (await server.Value).DisposeAsync();
            }
        }
    }

    private static string Script(Against column) => Against.Faye.HasFlag(column) ? "faye-server.js" : "cometd-server.js";
}
