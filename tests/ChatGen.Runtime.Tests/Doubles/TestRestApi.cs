using Refit;

namespace ChatGen.Tests;

/// <summary>What a generated Refit interface's implementation derives from, without methods of its own.</summary>
public sealed class TestRestApi(HttpClient client, ChatProtocol protocol) : RestApi(client, new RefitSettings(), typeof(IRestApi), protocol.Rest!);
