using System.Collections.Concurrent;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace ChatGen.Testing.Connections;

/// <summary>The connections that are open, whatever they are used for.</summary>
internal sealed class OpenConnections(Passage passage)
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> _connections = new();

    /// <summary>Sees to each connection, as the first of its middleware.</summary>
    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        IDuplexPipe transport = connection.Transport;
        connection.Transport = new GuardedPipe(transport, passage, connection.ConnectionClosed);
        _connections[connection] = true;
        try
        {
            await next(connection).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            connection.Transport = transport;
        }
    };

    /// <summary>Breaks them all, idle ones too.</summary>
    public void Abort()
    {
        foreach (ConnectionContext connection in _connections.Keys)
        {
            connection.Abort();
        }
    }
}
