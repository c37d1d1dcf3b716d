using ChatGen.AspNetCore.Tests.Chat;

namespace ChatGen.AspNetCore.Tests;

public sealed class ProblemTests
{
    public static TheoryData<int, int> Codes => new()
    {
        { 3, 422 },
        { 50, 410 },
        { 150, 502 },
        { 0, 502 },
        { 987_654, 422 },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_status_tells_whose_the_error_is(int code, int status) =>
        Assert.Equal(status, ChatProblem.Of(new ChatException(ChatSchema.Protocol.Errors.Find(code), "No."), ChatSchema.Protocol.Errors).Status);

    [Fact]
    public void No_error_of_the_backend_asks_to_be_repeated_blindly() =>
        Assert.DoesNotContain(
            ChatSchema.Protocol.Errors.Known,
            code => ChatProblem.Of(new ChatException(code, "No."), ChatSchema.Protocol.Errors).Status == 503);
}
