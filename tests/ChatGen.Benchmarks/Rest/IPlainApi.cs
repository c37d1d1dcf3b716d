using Refit;

namespace ChatGen.Benchmarks.Rest;

/// <summary>The interface as one writes it for Refit, whose own generator implements it.</summary>
public interface IPlainApi
{
    [Post("/chats/{chatId}/messages")]
    Task<PlainMessage> PostAsync(string chatId, [Header("X-Chat-Key")] string? key, [Body] PlainMessage body, CancellationToken cancellationToken);

    [Get("/chats/{chatId}/messages")]
    Task<PlainMessage> ReadAsync(string chatId, [Query] long? from, [Query] string? filter, CancellationToken cancellationToken);

    [Post("/chats/{chatId}/send")]
    Task<PlainMessage> FormAsync(string chatId, [Body(BodySerializationMethod.UrlEncoded)] IDictionary<string, string> body, CancellationToken cancellationToken);
}
