namespace ChatGen.Interop.Tests.Servers;

/// <summary>The server that the tests of one class share, started by the first that needs it.</summary>
/// <remarks>Started within a test, since without Node it is the test that has to be skipped.</remarks>
public sealed class SharedChatServer : IAsyncDisposable
{
    private IChatServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal async Task<IChatServer> GetAsync(Func<Task<IChatServer>> start) => _server ??= await start();
}
