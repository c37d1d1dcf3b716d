using System.Diagnostics;
using System.Text;
using ChatGen.Fuzz.Tests.Oracles;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>Documents as large as can be are read in a time that grows with their size and not with its square.</summary>
public class BoundsTests(ITestOutputHelper output)
{
    // Seconds on an idle machine; generous, since others may use it. What is quadratic in what is large here takes minutes.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Kinds of large documents, and how many of what they have.</summary>
    public static TheoryData<string, int> Documents => new()
    {
        { "properties", 10_000 }, { "required", 10_000 }, { "definitions", 10_000 }, { "chain", 10_000 }, { "loop", 10_000 }, { "references to a chain", 5_000 }, { "lists", 10_000 }, { "lists of objects", 3_000 },
        { "values", 10_000 }, { "closed values", 10_000 }, { "values of one name", 10_000 }, { "codes", 5_000 }, { "unknown references", 10_000 }, { "unknown keywords", 10_000 }, { "unknown required", 10_000 }, { "alternatives", 10_000 },
        { "commands", 3_000 }, { "events", 3_000 }, { "parameters", 3_000 }, { "long name", 100_000 }, { "long text", 4_000_000 }, { "too long text", 5_000_000 }, { "levels", 64 }, { "too many levels", 100_000 },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_large_document_is_read_in_bounded_time(string kind, int count)
    {
        string text = Create(kind, count);
        var times = new List<TimeSpan>();
        Exception? failure = null;
        // On the stack that a compiler has, and again if the machine was busy.
        for (int i = 0; i < 2 && (i == 0 || times.Min() > s_limit); i++)
        {
            var thread = new Thread(() =>
            {
                var watch = Stopwatch.StartNew();
                failure = Record.Exception(() => Generated.From(text, Oracle.Namespace));
                times.Add(watch.Elapsed);
            }, 1024 * 1024);
            thread.Start();
            thread.Join();
            Assert.Null(failure);
        }

        output.WriteLine($"{count} {kind}, {text.Length} characters: {times.Min().TotalMilliseconds:0} ms");
        Assert.True(times.Min() < s_limit, $"{count} {kind} took {times.Min()}.");
    }

    [Theory]
    [InlineData("properties", 200)]
    [InlineData("alternatives", 500)]
    [InlineData("lists", 2_000)]
    [InlineData("values", 10_000)]
    [InlineData("closed values", 10_000)]
    [InlineData("codes", 1_000)]
    [InlineData("long name", 5_000)]
    [InlineData("levels", 64)]
    public void What_is_made_of_a_large_document_does_not_exhaust_the_compiler(string kind, int count)
    {
        string? problem = null;
        var watch = Stopwatch.StartNew();
        var thread = new Thread(() => problem = ModelCompiler.Check(Create(kind, count)), 1024 * 1024);
        thread.Start();
        Assert.True(thread.Join(TimeSpan.FromMinutes(3)), $"{count} {kind} keep the compiler busy for three minutes.");
        output.WriteLine($"{count} {kind}: compiled in {watch.ElapsedMilliseconds} ms");
        Assert.Null(problem);
    }

    private static string Create(string kind, int count) => kind switch
    {
        "properties" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"string\", \"description\": \"One.\" }}")} }}"),
        "required" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"integer\" }}")} }}, \"required\": [{All(count, i => $"\"p{i}\"")}]"),
        "definitions" => Variant(All(count, i => $"\"D{i}\": {{ \"type\": \"object\", \"properties\": {{ \"a\": {{ \"$ref\": \"#/definitions/D{(i + 1) % count}\" }} }} }}")),
        "chain" => Variant(All(count, i => $"\"D{i}\": {{ \"$ref\": \"#/definitions/D{i + 1}\" }}") + $", \"D{count}\": {{ \"type\": \"string\" }}, " + User("D0")),
        "loop" => Variant(All(count, i => $"\"D{i}\": {{ \"$ref\": \"#/definitions/D{(i + 1) % count}\" }}") + ", " + User("D0")),
        "references to a chain" => Variant(All(count, i => $"\"D{i}\": {{ \"$ref\": \"#/definitions/D{i + 1}\" }}") + $", \"D{count}\": {{ \"type\": \"string\" }}, "
            + $"\"StartSessionOptions\": {{ \"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"$ref\": \"#/definitions/D{i}\" }}")} }} }}"),
        "lists" => Variant(All(count, i => $"\"D{i}\": {{ \"type\": \"array\", \"items\": {{ \"$ref\": \"#/definitions/D{i + 1}\" }} }}") + $", \"D{count}\": {{ \"type\": \"string\" }}, " + User("D0")),
        "lists of objects" => Variant(All(count, i => $"\"D{i}\": {{ \"type\": \"array\", \"items\": {{ \"type\": \"object\", \"properties\": {{ \"a\": {{ \"$ref\": \"#/definitions/D{(i + 1) % count}\" }} }} }} }}") + ", " + User("D0")),
        "values" => Variant($"\"MessageContent\": {{ \"properties\": {{ \"type\": {{ \"enum\": [{All(count, i => $"\"v{i}\"")}], \"default\": \"v{count - 1}\" }} }} }}"),
        "closed values" => Options($"\"properties\": {{ \"e\": {{ \"type\": \"string\", \"enum\": [{All(count, i => $"\"v{i}\"")}], \"default\": \"v{count - 1}\" }} }}"),
        "values of one name" => Options($"\"properties\": {{ \"e\": {{ \"type\": \"string\", \"enum\": [{All(count, i => $"\"{new string('-', i % 50)}v{new string('-', i / 50)}\"")}] }} }}"),
        "codes" => Variant($"\"ErrorCode\": {{ \"x-chat-codes\": {{ {All(count, i => $"\"c{i}\": {{ \"code\": {i + 1000}, \"description\": \"One.\" }}")} }} }}"),
        "unknown references" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"$ref\": \"#/definitions/E{i}\" }}")} }}"),
        "unknown keywords" => Options(All(count, i => $"\"keyword{i}\": 1")),
        "unknown required" => Options($"\"properties\": {{ {All(count, i => $"\"name{i}\": {{ \"type\": \"string\" }}")} }}, \"required\": [{All(count, i => $"\"nmae{i}\"")}]"),
        "alternatives" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"string\" }}")} }}, \"anyOf\": [{{ \"required\": [{All(count, i => $"\"p{i}\"")}] }}, {All(count, i => $"{{ \"required\": [\"p{i}\"] }}")}]"),
        "commands" => Chat($"\"commands\": {{ {All(count, i => $"\"c{i}\": {{ \"options\": {{ \"$ref\": \"#/definitions/SendMessageOptions\" }}, \"parameters\": [\"message\"] }}")} }}"),
        "events" => Chat($"\"events\": {{ \"types\": {{ {All(count, i => $"\"e{i}\": {{ \"wire\": \"E{i}\", \"payload\": {{ \"$ref\": \"#/definitions/D{i}\" }} }}")} }} }}", All(count, i => $"\"D{i}\": {{ \"type\": \"object\" }}")),
        "parameters" => Chat($"\"commands\": {{ \"c\": {{ \"options\": {{ \"$ref\": \"#/definitions/D\" }}, \"parameters\": [{All(count, i => $"\"p{i}\"")}] }} }}",
            $"\"D\": {{ \"type\": \"object\", \"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"string\" }}")} }} }}"),
        "long name" => Options($"\"properties\": {{ \"{new string('n', count)}\": {{ \"type\": \"object\", \"properties\": {{ \"{new string('m', count)}\": {{ \"type\": \"string\", \"enum\": [\"{new string('v', count)}\"] }} }} }} }}"),
        "long text" or "too long text" => Options($"\"description\": \"{new string('t', count)}\""),
        "levels" => Options($"\"properties\": {{ \"deep\": {string.Concat(Enumerable.Repeat("{ \"type\": \"object\", \"properties\": { \"p\": ", (count - 6) / 2))}{{ \"type\": \"string\" }}{string.Concat(Enumerable.Repeat(" } }", (count - 6) / 2))} }}"),
        "too many levels" => Options($"\"properties\": {string.Concat(Enumerable.Repeat("[", count))}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string User(string definition) => $"\"StartSessionOptions\": {{ \"properties\": {{ \"user\": {{ \"$ref\": \"#/definitions/{definition}\" }} }} }}";

    private static string Options(string members) => Variant($"\"StartSessionOptions\": {{ {members} }}");

    private static string Variant(string definitions) => Chat("\"extends\": \"genesys-gwe-8.5\"", definitions);

    private static string Chat(string chat, string definitions = "") =>
        $"{{ \"$schema\": \"http://json-schema.org/draft-07/schema#\", \"$id\": \"large\", \"x-chat\": {{ {(chat.StartsWith("\"extends", StringComparison.Ordinal) ? "" : "\"extends\": \"genesys-gwe-8.5\", ")}{chat} }}, \"definitions\": {{ {definitions} }} }}";

    private static string All(int count, Func<int, string> create)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ", ").Append(create(i));
        }

        return text.ToString();
    }
}
