namespace ChatGen;

/// <summary>The specification's promise: <c>done</c> and <c>fail</c> on the tasks that a client returns.</summary>
/// <remarks>
/// Both are chainable: what they return completes after the callback ran, with the same result or exception; if the callback itself
/// throws, with that exception. Callbacks run where the caller's <see cref="SynchronizationContext"/> wants them.
/// <code>chat.RestoreSessionAsync().Done(session => …).Fail(failure => …);</code>
/// </remarks>
public static class ChatPromise
{
    /// <summary>Calls back with the result once there is one. A result of <see langword="null"/> is none: it is left to <c>Fail</c>.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="promise">What is waited for.</param>
    /// <param name="done">Takes the result; never called with <see langword="null"/>.</param>
    public static async Task<T> Done<T>(this Task<T> promise, Action<T> done)
    {
        ArgumentNullException.ThrowIfNull(promise);
        ArgumentNullException.ThrowIfNull(done);

        // The callback is the caller's code, so it belongs into the caller's context; the same holds below.
        T result = await promise.ConfigureAwait(true);
        if (result is not null)
        {
            done(result);
        }

        return result;
    }

    /// <summary>Calls back once the command has succeeded.</summary>
    /// <param name="promise">What is waited for.</param>
    /// <param name="done">Called on success.</param>
    public static async Task Done(this Task promise, Action done)
    {
        ArgumentNullException.ThrowIfNull(promise);
        ArgumentNullException.ThrowIfNull(done);
        await promise.ConfigureAwait(true);
        done();
    }

    /// <summary>Calls back if there is no result: with the error if something went wrong, without one if there was no session to restore.</summary>
    /// <typeparam name="T">The result's type.</typeparam>
    /// <param name="promise">What is waited for.</param>
    /// <param name="fail">Takes the reason.</param>
    public static async Task<T> Fail<T>(this Task<T> promise, Action<ChatFailure> fail)
    {
        ArgumentNullException.ThrowIfNull(promise);
        ArgumentNullException.ThrowIfNull(fail);
        T result;
        try
        {
            result = await promise.ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            fail(new ChatFailure(ErrorOf(exception)));
            throw;
        }

        if (result is null)
        {
            fail(new ChatFailure(null));
        }

        return result;
    }

    /// <summary>Calls back if something went wrong.</summary>
    /// <param name="promise">What is waited for.</param>
    /// <param name="fail">Takes the reason; its <see cref="ChatFailure.Error"/> is never <see langword="null"/>.</param>
    public static async Task Fail(this Task promise, Action<ChatFailure> fail)
    {
        ArgumentNullException.ThrowIfNull(promise);
        ArgumentNullException.ThrowIfNull(fail);
        try
        {
            await promise.ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            fail(new ChatFailure(ErrorOf(exception)));
            throw;
        }
    }

    // There is no schema at hand here, so errors that are not the client's own bear the default code.
    private static ChatException ErrorOf(Exception exception) => exception switch
    {
        ChatException error => error,
        OperationCanceledException => new ChatException(default, "The call was cancelled.", exception),
        _ => new ChatException(default, $"The call failed: {exception.Message}", exception),
    };
}
