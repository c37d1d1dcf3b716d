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
        { "applied", 10_000 }, { "applied members", 5_000 }, { "applied to a loop", 10_000 }, { "a wide base", 3_000 }, { "a wide base of branches", 3_000 }, { "diamonds", 5_000 }, { "diamonds of choices", 5_000 }, { "choices", 10_000 }, { "a chain of choices", 10_000 },
        { "branches", 5_000 }, { "branches of one", 5_000 }, { "references to branches", 3_000 }, { "negations", 10_000 }, { "conditions", 10_000 }, { "dynamic anchors", 10_000 }, { "dynamic resources", 3_000 }, { "identifiers", 5_000 }, { "identifiers of one name", 5_000 },
        { "any values", 100_000 }, { "constants", 10_000 }, { "patterns", 3_000 }, { "unevaluated", 3_000 }, { "unevaluated diamonds", 2_000 }, { "dependencies", 5_000 }, { "faults in a schema", 10_000 }, { "odd places", 3_000 }, { "levels of items", 28 }, { "levels of choices", 20 }, { "levels of negations", 56 },
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
    [InlineData("applied", 10_000)]
    [InlineData("diamonds", 200)]
    [InlineData("choices", 2_000)]
    [InlineData("branches", 300)]
    [InlineData("any values", 10_000)]
    [InlineData("constants", 1_000)]
    [InlineData("unevaluated diamonds", 200)]
    [InlineData("levels of choices", 20)]
    [InlineData("levels of negations", 56)]
    [InlineData("negations", 1_000)]
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
        _ => CreateOfKeywords(kind, count),
    };

    private static string CreateOfKeywords(string kind, int count) => kind switch
    {
        "applied" => Variant(Chain(count, (i, next) => $"{{ \"allOf\": [{next}, {{ \"description\": \"One.\" }}] }}") + ", " + User("D0")),
        "applied members" => Variant(Chain(count, (i, next) => $"{{ \"allOf\": [{next}], \"properties\": {{ \"p{i}\": {{ \"type\": \"string\" }} }} }}") + ", " + User("D0")),
        "applied to a loop" => Variant(All(count, i => $"\"D{i}\": {{ \"allOf\": [{{ \"$ref\": \"#/definitions/D{(i + 1) % count}\" }}, {{ \"minProperties\": 1 }}] }}") + ", " + User("D0")),
        "a wide base" => Variant($"\"B\": {Wide(count)}, {All(count, i => $"\"D{i}\": {{ \"allOf\": [{{ \"$ref\": \"#/definitions/B\" }}] , \"minProperties\": 1 }}")}"),
        "a wide base of branches" => Variant($"\"B\": {Wide(count)}, \"U\": {{ \"oneOf\": [{All(count, i => $"{{ \"allOf\": [{{ \"$ref\": \"#/definitions/B\" }}], \"properties\": {{ \"k\": {{ \"const\": \"v{i}\" }} }}, \"required\": [\"k\"] }}")}] }}"),
        "diamonds" => Variant(Chain(count, (i, next) => $"{{ \"allOf\": [{next}, {next}, {next}] }}") + ", " + User("D0")),
        "diamonds of choices" => Variant(Chain(count, (i, next) => $"{{ \"oneOf\": [{next}, {next}], \"anyOf\": [{next}, {next}] }}") + ", " + User("D0")),
        "choices" => Options($"\"properties\": {{ \"p\": {{ \"oneOf\": [{All(count, i => $"{{ \"const\": {i} }}")}] }} }}"),
        "a chain of choices" => Variant(Chain(count, (i, next) => $"{{ \"oneOf\": [{next}, {{ \"type\": \"null\" }}] }}") + ", " + User("D0")),
        "branches" => Variant($"\"U\": {Branches(count)}, " + User("U")),
        "branches of one" => Variant($"{Branch(0)}, \"U\": {{ \"oneOf\": [{All(count, _ => "{ \"$ref\": \"#/definitions/B0\" }")}] }}, " + User("U")),
        "references to branches" => Variant($"\"U\": {Branches(count)}, " + All(count, i => $"\"V{i}\": {{ \"oneOf\": [{{ \"$ref\": \"#/definitions/B{i}\" }}, {{ \"$ref\": \"#/definitions/U\" }}] }}") + ", " + All(count, Branch)),
        "negations" => Variant(Chain(count, (i, next) => $"{{ \"not\": {next} }}") + ", " + User("D0")),
        "conditions" => Variant(Chain(count, (i, next) => $"{{ \"if\": {next}, \"then\": {next}, \"else\": {next} }}") + ", " + User("D0")),
        "dynamic anchors" => NewVariant(All(count, i => $"\"D{i}\": {{ \"$dynamicAnchor\": \"a{i}\", \"items\": {{ \"$dynamicRef\": \"#a{(i + 1) % count}\" }} }}") + ", " + User("D0")),
        "dynamic resources" => NewVariant(All(count, i => $"\"D{i}\": {{ \"$id\": \"r{i}\", \"$dynamicAnchor\": \"a{i}\", \"properties\": {{ \"x\": {{ \"$ref\": \"r{(i + 1) % count}\" }}, \"y\": {{ \"$ref\": \"r{i * 7 % count}\" }} }} }}") + ", " + User("D0")),
        "identifiers" => NewVariant(All(count, i => $"\"D{i}\": {{ \"$id\": \"r{i}\", \"$ref\": \"r{i + 1}\" }}") + $", \"D{count}\": {{ \"$id\": \"r{count}\" }}"),
        "identifiers of one name" => NewVariant(All(count, i => $"\"D{i}\": {{ \"$id\": \"r\", \"$anchor\": \"a\" }}")),
        "any values" => Options($"\"properties\": {{ \"p\": {{ \"enum\": [{All(count, i => $"{i}")}], \"const\": [{All(count, i => $"{i}")}], \"default\": [{All(count, i => $"{i}")}], \"examples\": [{All(count, i => $"{i}")}] }} }}"),
        "constants" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"const\": {i} }}")} }}"),
        "patterns" => Options($"\"patternProperties\": {{ {All(count, i => $"\"^a{i}\": {{ \"type\": \"string\", \"pattern\": \"b{i}\" }}")} }}, \"unevaluatedProperties\": false"),
        "unevaluated" => NewVariant(Chain(count, (i, next) => $"{{ \"$ref\": \"#/definitions/D{i + 1}\", \"unevaluatedProperties\": false, \"unevaluatedItems\": {{ \"type\": \"integer\" }} }}") + ", " + User("D0")),
        "unevaluated diamonds" => NewVariant(Chain(count, (i, next) => $"{{ \"anyOf\": [{next}, {{ \"not\": {next} }}], \"properties\": {{ \"p{i}\": true }}, \"unevaluatedProperties\": false }}") + ", " + User("D0")),
        "dependencies" => NewVariant(Chain(count, (i, next) => $"{{ \"dependentSchemas\": {{ \"a\": {next}, \"b\": {next} }}, \"dependentRequired\": {{ \"a\": [\"b\"] }} }}") + ", " + User("D0")),
        "faults in a schema" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"minLength\": -1, \"allOf\": 1, \"uniqueItems\": 2, \"multipleOf\": 0 }}")} }}"),
        "odd places" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"$ref\": \"#/definitions/StartSessionOptions/properties/p{(i + 1) % count}/x-a\", \"x-a\": {{ \"items\": {{ \"$ref\": \"#/definitions/StartSessionOptions/properties\" }} }} }}")} }}"),
        "levels of items" => Options($"\"properties\": {{ \"p\": {string.Concat(Enumerable.Repeat("{ \"type\": [\"array\", \"null\"], \"items\": ", count))}true{new string('}', count)} }}"),
        "levels of choices" => Options($"\"properties\": {{ \"p\": {string.Concat(Enumerable.Repeat("{ \"anyOf\": [true, { \"type\": \"null\" }], \"oneOf\": [", count))}1{string.Concat(Enumerable.Repeat("] }", count))} }}"),
        "levels of negations" => Options($"\"properties\": {{ \"p\": {string.Concat(Enumerable.Repeat("{ \"not\": ", count))}{{}}{new string('}', count)} }}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Definitions D0 and on, each of which is made of a reference to the next; the last is an object.</summary>
    private static string Chain(int count, Func<int, string, string> create) =>
        All(count, i => $"\"D{i}\": {create(i, $"{{ \"$ref\": \"#/definitions/D{i + 1}\" }}")}") + $", \"D{count}\": {{ \"type\": \"object\", \"properties\": {{ \"last\": {{ \"type\": \"string\" }} }} }}";

    private static string Wide(int count) => $"{{ \"type\": \"object\", \"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"string\" }}")} }} }}";

    private static string Branches(int count) => $"{{ \"oneOf\": [{All(count, i => $"{{ \"type\": \"object\", \"properties\": {{ \"k\": {{ \"const\": \"v{i}\" }} }}, \"required\": [\"k\"] }}")}] }}";

    private static string Branch(int number) => $"\"B{number}\": {{ \"type\": \"object\", \"properties\": {{ \"k\": {{ \"const\": \"b{number}\" }} }}, \"required\": [\"k\"] }}";

    private static string NewVariant(string definitions) => Variant(definitions).Replace("http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema", StringComparison.Ordinal);

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
