using System.Net;

namespace ChatGen.Tests;

/// <summary>What a mapping makes of options and state on the wire.</summary>
public sealed class RestRequestTests
{
    [Fact]
    public async Task Values_stand_in_path_query_headers_and_body()
    {
        HttpExchange sent = await SendAsync("""
            "method": "POST", "path": "/chats/{id}/send", "query": { "q": "{options.message}", "n": 7, "gone": "{nothing}" },
            "headers": { "X-Id": "id {id}", "X-Gone": "{nothing}" },
            "body": { "content": { "text": "{options.message}", "deep": { "id": "{id}", "gone": "{nothing}" }, "list": ["{id}", "{nothing}", true], "all": "{options}" } }
            """, "a b&c/ü");
        Assert.Equal("POST /base/chats/secret-1/send?q=a%20b%26c%2F%C3%BC&n=7", sent.ToString());
        Assert.Equal("id secret-1", sent.Header("X-Id"));
        Assert.Null(sent.Header("X-Gone"));
        Assert.Equal("""{"text":"a b\u0026c/\u00FC","deep":{"id":"secret-1"},"list":["secret-1",true],"all":{"message":"a b\u0026c/\u00FC"}}""", sent.Body);
        Assert.Equal("application/json; charset=utf-8", sent.Header("Content-Type"));
    }

    [Fact]
    public async Task A_body_without_content_is_the_options()
    {
        Assert.Equal("""{"message":"Hello"}""", (await SendAsync(""" "method": "POST", "path": "/send", "body": {} """)).Body);
    }

    [Fact]
    public async Task A_form_has_nested_names_and_escapes()
    {
        HttpExchange sent = await SendAsync("""
            "method": "POST", "path": "/send",
            "body": { "encoding": "form", "content": { "message": "{options.message}", "userData": { "a b": "{id}", "n": { "m": 1.5 } }, "list": [true, "x"], "none": null } }
            """, "a+b c=\"ü\"&~*-._\n");
        Assert.Equal("message=a%2Bb+c%3D%22%C3%BC%22%26%7E*-._%0A&userData%5Ba+b%5D=secret-1&userData%5Bn%5D%5Bm%5D=1.5&list=true&list=x", sent.Body);
        Assert.Equal("application/x-www-form-urlencoded", sent.Header("Content-Type"));
    }

    [Theory]
    [InlineData("{id|string}", "\"5\"")]
    [InlineData("{id|integer}", "5")]
    [InlineData("{id|number}", "5")]
    [InlineData("{one|boolean}", "true")]
    [InlineData("{text|integer}", null)]
    [InlineData("{json|parse}", """{"a":[1]}""")]
    [InlineData("{text|parse}", null)]
    [InlineData("{object|json}", "\"{\\u0022a\\u0022:[1]}\"")]
    [InlineData("{text|base64}", "\"SGVsbG8=\"")]
    [InlineData("{time|milliseconds}", "\"2026-01-02T03:04:05.678Z\"")]
    [InlineData("{seconds|seconds}", "\"2026-01-02T03:04:05.000Z\"")]
    [InlineData("{text|milliseconds}", null)]
    [InlineData("{huge|milliseconds}", null)]
    [InlineData("{text|words}", "\"Hi\"")]
    [InlineData("{id|words}", "{\"any\":1}")]
    [InlineData("{id|few}", null)]
    [InlineData("{id}{id}-{{{one}}}", "\"55-{1}\"")]
    [InlineData("{object}", """{"a":[1]}""")]
    public async Task A_placeholder_is_what_its_filters_make_of_it(string template, string? expected)
    {
        await using var bench = new RestBench($$$"""
            {
              "values": { "id": 5, "one": 1, "text": "Hello", "json": "{{\"a\":[1]}}", "object": { "a": [1] }, "time": 1767323045678, "seconds": "1767323045", "huge": 1e30 },
              "tables": { "words": { "Hello": "Hi", "*": { "any": 1 } }, "few": { "Hello": "Hi" } },
              "requests": { "startSession": { "method": "POST", "path": "/start" },
                "sendMessage": { "method": "POST", "path": "/send", "body": { "content": { "value": "{{{template}}}" } } } }
            }
            """);
        await bench.StartAsync();
        await bench.SendAsync();
        Assert.Equal(expected is null ? "{}" : $$"""{"value":{{expected}}}""", bench.Http.Requests.Items[^1].Body);
    }

    [Fact]
    public async Task A_fresh_UUID_is_the_same_within_a_request_and_another_in_the_next()
    {
        await using var bench = new RestBench(Mapping(""" "method": "POST", "path": "/send", "headers": { "X-Token": "{new.uuid}" }, "body": { "content": "{new.uuid}" } """));
        await bench.StartAsync();
        await bench.SendAsync();
        await bench.SendAsync();
        string[] tokens = [.. bench.Http.Requests.Items.Skip(1).Select(request => request.Header("X-Token")!)];
        Assert.All(bench.Http.Requests.Items.Skip(1), request => Assert.Equal($"\"{request.Header("X-Token")}\"", request.Body));
        Assert.NotEqual(tokens[0], tokens[1]);
        Assert.True(Guid.TryParse(tokens[0], out _));
    }

    [Fact]
    public async Task Counters_go_up_with_the_requests_that_use_them_and_are_part_of_the_state()
    {
        await using var bench = new RestBench("""
            {
              "counters": { "sequence": 1 }, "take": { "id": "{/sessionId}" },
              "requests": { "startSession": { "method": "POST", "path": "/start" },
                "sendMessage": { "method": "POST", "path": "/send", "headers": { "X-Sequence": "{sequence}" } } }
            }
            """);
        ChatSessionState state = await bench.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => bench.SendAsync()));
        Assert.Equal(["1", "2", "3", "4", "5"], bench.Http.Requests.Items.Skip(1).Select(request => request.Header("X-Sequence")));
        Assert.Equal("1", state.Values["sequence"]);
        Assert.Equal("6", bench.Host.States.Items[^1].Values["sequence"]);
    }

    [Fact]
    public async Task A_request_that_is_under_way_when_the_transport_is_closed_keeps_its_answer()
    {
        await using var bench = new RestBench("""
            {
              "counters": { "sequence": 1 },
              "requests": { "startSession": { "method": "POST", "path": "/start" },
                "sendMessage": { "method": "POST", "path": "/send", "headers": { "X-Sequence": "{sequence}" } } }
            }
            """);
        await bench.StartAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Http.OnRequest = (_, _) => answer.Task;
        Task<object?> sending = bench.SendAsync();
        await bench.Transport.CloseAsync();
        answer.SetResult(ScriptedHttp.Json("{}"));
        Assert.Null(await sending);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_value_cannot_lead_to_another_path(string message)
    {
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => SendAsync(""" "method": "POST", "path": "/chats/{options.message}/send" """, message));
        Assert.Contains("A value in the path of 'sendMessage' is '.' or '..'.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_without_its_value_is_an_error()
    {
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => SendAsync(""" "method": "POST", "path": "/chats/{nothing}/send" """));
        Assert.Equal("The path of 'sendMessage' needs 'nothing', which has no value.", exception.Message);
    }

    [Fact]
    public async Task A_header_cannot_be_split()
    {
        ChatException exception = await Assert.ThrowsAsync<ChatException>(() => SendAsync(""" "method": "POST", "path": "/send", "headers": { "X-Text": "{options.message}" } """, "a\r\nX-Other: secret-b"));
        Assert.Equal("The header 'X-Text' cannot carry its value, which has control characters.", exception.Message);
    }

    [Theory]
    [InlineData("https://chat.example.com/upload", null)]
    [InlineData("https://files.example.org/upload", null)]
    [InlineData("https://elsewhere.example.com/upload", "which is neither its own host nor one of 'allowedHosts'")]
    [InlineData("https://example.org/upload", "which is neither its own host nor one of 'allowedHosts'")]
    [InlineData("http://chat.example.com/upload", "but gave an address at 'chat.example.com' without it")]
    [InlineData("file:///etc/passwd", "none of http or https")]
    [InlineData("/upload", "none of http or https")]
    public async Task An_address_out_of_an_answer_leads_only_where_it_may(string address, string? problem)
    {
        await using var bench = new RestBench("""
            {
              "allowedHosts": ["*.example.org"], "take": { "url": "{/url}" },
              "requests": { "startSession": { "method": "POST", "path": "/start" }, "sendMessage": { "method": "PUT", "url": "{url}" } }
            }
            """);
        bench.On("/start", $$"""{"sessionId":"secret-1","url":"{{address}}"}""");
        bench.Http.OnRequest = Wrap(bench.Http.OnRequest);
        await bench.StartAsync();
        if (problem is null)
        {
            await bench.SendAsync();
            Assert.Equal(address, bench.Http.Requests.Items[^1].Message.RequestUri!.AbsoluteUri);
        }
        else
        {
            ChatException exception = await Assert.ThrowsAsync<ChatException>(() => bench.SendAsync());
            Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
            Assert.Single(bench.Http.Requests.Items);
        }

        static Func<HttpExchange, CancellationToken, Task<HttpResponseMessage>> Wrap(Func<HttpExchange, CancellationToken, Task<HttpResponseMessage>> start) =>
            (request, stop) => request.Method == "PUT" ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)) : start(request, stop);
    }

    [Fact]
    public async Task Steps_are_sent_in_order_when_their_conditions_hold_and_the_last_answer_counts()
    {
        await using var bench = new RestBench("""
            {
              "take": { "id": "{/id}" },
              "requests": {
                "open": { "method": "POST", "path": "/open" }, "never": { "method": "POST", "path": "/never" },
                "begin": { "method": "POST", "path": "/begin/{id}", "answer": { "sessionId": "{id}/{/key}" } } },
              "operations": { "startSession": ["open", { "request": "never", "if": { "{options.username}": "Joe" } }, { "request": "begin", "if": { "{options.username}": ["Jane", "Jim"], "{nothing}": null, "{id}": "*" } }] }
            }
            """);
        bench.On("/open", """{"id":17}""").On("/begin/17", """{"key":"secret-2"}""");
        ChatSessionState state = await bench.StartAsync();
        Assert.Equal("17/secret-2", state.SessionId);
        Assert.Equal(["POST /base/open", "POST /base/begin/17"], bench.Sent);
    }

    private static string Mapping(string send) => $$"""
        {
          "take": { "id": "{/sessionId}" },
          "requests": { "startSession": { "method": "POST", "path": "/start" }, "sendMessage": { {{send}} } }
        }
        """;

    private static async Task<HttpExchange> SendAsync(string send, string message = "Hello")
    {
        await using var bench = new RestBench(Mapping(send));
        await bench.StartAsync();
        await bench.SendAsync(message);
        return bench.Http.Requests.Items[^1];
    }
}
