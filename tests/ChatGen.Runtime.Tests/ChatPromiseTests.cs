namespace ChatGen.Tests;

public sealed class ChatPromiseTests
{
    private static readonly ChatException s_error = TestProtocol.Error(TestProtocol.CommandFailed);

    [Fact]
    public async Task Done_gets_the_result_and_fail_is_not_called()
    {
        var calls = new List<string>();
        string result = await Task.FromResult("session").Done(value => calls.Add("done " + value)).Fail(_ => calls.Add("fail"));
        Assert.Equal("session", result);
        Assert.Equal(["done session"], calls);
    }

    [Fact]
    public async Task Fail_gets_the_error_done_is_not_called_and_the_task_still_fails()
    {
        var calls = new List<string>();
        ChatFailure? failure = null;
        Task<string> task = Task.FromException<string>(s_error).Done(_ => calls.Add("done")).Fail(f => failure = f);
        Assert.Same(s_error, await Assert.ThrowsAsync<ChatException>(() => task));
        Assert.Same(s_error, failure?.Error);
        Assert.Empty(calls);
    }

    [Fact]
    public async Task The_order_of_done_and_fail_does_not_matter()
    {
        var calls = new List<string>();
        await Task.FromResult("a").Fail(_ => calls.Add("fail")).Done(calls.Add).Done(value => calls.Add(value + value));
        Assert.Equal(["a", "aa"], calls);
    }

    [Fact]
    public async Task No_session_to_restore_calls_fail_without_an_error_and_not_done()
    {
        await using var bench = new Bench();
        var calls = new List<string>();
        TestSession? session = await bench.RestoreAsync()
            .Done(_ => calls.Add("done"))
            .Fail(failure => calls.Add(failure.Error is null ? "no session" : "failed"));
        Assert.Null(session);
        Assert.Equal(["no session"], calls);
    }

    [Fact]
    public async Task A_failed_restore_calls_fail_with_the_error()
    {
        await using var bench = new Bench();
        bench.Storage.Stored = new ChatSessionState { SessionId = "a" };
        bench.Transport.OnRestore = _ => Task.FromException(s_error);
        ChatException? error = null;
        await Assert.ThrowsAsync<ChatException>(() => bench.RestoreAsync().Fail(failure => error = failure.Error));
        Assert.Same(s_error, error);
    }

    [Fact]
    public async Task Commands_without_result_are_promises_too()
    {
        var calls = new List<string>();
        await Task.CompletedTask.Done(() => calls.Add("done")).Fail(_ => calls.Add("fail"));
        Task failed = Task.FromException(s_error).Done(() => calls.Add("done again")).Fail(failure => calls.Add(failure.Error!.Message));
        await Assert.ThrowsAsync<ChatException>(() => failed);
        Assert.Equal(["done", s_error.Message], calls);
    }

    [Fact]
    public async Task Any_other_exception_is_wrapped_for_fail_and_thrown_as_it_is()
    {
        var cause = new InvalidOperationException("broken");
        ChatFailure? failure = null;
        Task<string> task = Task.FromException<string>(cause).Fail(f => failure = f);
        Assert.Same(cause, await Assert.ThrowsAsync<InvalidOperationException>(() => task));
        Assert.Same(cause, failure?.Error?.InnerException);
        Assert.Contains("broken", failure?.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_calls_fail_with_an_error_that_says_so()
    {
        ChatFailure? failure = null;
        Task task = Task.FromCanceled(new CancellationToken(canceled: true)).Fail(f => failure = f);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal("The call was cancelled.", failure?.Error?.Message);
    }

    [Fact]
    public async Task The_returned_task_completes_after_the_callback_ran()
    {
        var source = new TaskCompletionSource<string>();
        bool ran = false;
        Task<string> task = source.Task.Done(_ => ran = true);
        Assert.False(task.IsCompleted);
        source.SetResult("a");
        await task;
        Assert.True(ran);
    }

    [Fact]
    public async Task What_a_callback_throws_is_not_swallowed()
    {
        await Assert.ThrowsAsync<NotSupportedException>(() => Task.FromResult("a").Done(_ => throw new NotSupportedException()));
    }
}
