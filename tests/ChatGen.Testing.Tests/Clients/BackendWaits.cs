namespace ChatGen.Testing.Tests.Clients;

/// <summary>Waits for what a backend has received.</summary>
internal static class BackendWaits
{
    /// <summary>Waits until so many requests were received that a test expects, from the backend's start on.</summary>
    public static Task ReceivesAsync(this ChatBackend backend, int count, Func<ChatBackendRequest, bool> where) =>
        WaitAsync(backend, recorded => recorded.Count(where) >= count);

    /// <summary>Waits until each client has sent the <c>/meta/connect</c> that is held, which is its second.</summary>
    public static Task ConnectsAsync(this ChatBackend backend) =>
        WaitAsync(backend, recorded => recorded.Where(request => request.IsConnect).GroupBy(request => request.ClientId).All(client => client.Count() >= 2));

    private static async Task WaitAsync(ChatBackend backend, Func<IReadOnlyList<ChatBackendRequest>, bool> condition)
    {
        while (true)
        {
            Task<ChatBackendRequest> next = backend.Requests.WaitForNextAsync(_ => true, Deadline.Token);
            if (condition(backend.Requests.Recorded))
            {
                return;
            }

            await next;
        }
    }
}
