using ChatGen.Benchmarks.Rest.Chat;
using Refit;

namespace ChatGen.Benchmarks.Rest;

/// <summary>What the clients have in common: the same requests to the same backend, the answer as a record.</summary>
public abstract class RoundTrips
{
    protected const string ChatId = "8f14e45f-ceea-467f-9d5b-1e2b3c4d5e6f";
    protected const string Text = "Where is my parcel?";

    private protected RoundTrips()
    {
    }

    protected HttpClient Client { get; } = EchoHandler.Client();

    protected IEchoApi Generated { get; } = RestService.ForGenerated<IEchoApi>(EchoHandler.Client());

    protected IPlainApi Plain { get; } = RestService.ForGenerated<IPlainApi>(EchoHandler.Client(), PlainMessageContext.Default);

    /// <summary>The backend answers at once, so nothing is ever waited for.</summary>
    protected static object Finished<T>(Task<T> task)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new InvalidOperationException("The round trip has not been finished at once.");
    }
}
