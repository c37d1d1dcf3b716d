using System.Diagnostics;
using System.Text;
using ChatGen.Fuzz.Tests.Oracles;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>Documents as large as can be are read within the time that any document may take.</summary>
public class BoundsTests(ITestOutputHelper output)
{
    /// <summary>Kinds of large documents, and how many of what they have: as many as the bounds allow, or more.</summary>
    public static TheoryData<string, int> Documents => new()
    {
        { "properties", 1_900 }, { "too many properties", 9_000 }, { "objects of many properties", 14 }, { "required", 1_900 }, { "definitions", 5_900 }, { "small definitions", 9_900 }, { "chain", 14_000 }, { "loop", 14_000 },
        { "references to a chain", 1_900 }, { "lists", 7_000 }, { "lists of objects", 4_200 }, { "values", 10_000 }, { "closed values", 10_000 }, { "values of one name", 9_000 }, { "values with names", 10_000 }, { "codes", 9_000 },
        { "unknown references", 1_900 }, { "unknown references in definitions", 14_000 }, { "unknown keywords", 29_000 }, { "unknown required", 1_900 }, { "unknown defaults", 1_900 }, { "defaults of many values", 14_000 }, { "unknown events", 9_000 }, { "alternatives", 1_900 }, { "too many alternatives", 9_000 },
        { "commands", 4_200 }, { "events", 4_200 }, { "parameters", 2_000 }, { "long name", 300_000 }, { "long text", 1_000_000 }, { "too long text", 2_000_000 }, { "long pattern", 500_000 }, { "levels", 64 }, { "too many levels", 100_000 }, { "too many values", 100_000 },
        { "applied", 4_200 }, { "applied members", 3_000 }, { "applied to a loop", 4_200 }, { "a wide base", 1_900 }, { "a wide base of branches", 1_500 }, { "diamonds", 3_500 }, { "diamonds of choices", 2_300 }, { "choices", 2_000 }, { "too many choices", 14_000 }, { "a chain of choices", 4_200 },
        { "branches", 2_000 }, { "too many branches", 3_700 }, { "branches of one", 2_000 }, { "references to branches", 1_000 }, { "negations", 9_900 }, { "conditions", 4_200 }, { "dynamic anchors", 5_900 }, { "dynamic resources", 3_000 }, { "identifiers", 9_900 }, { "identifiers of one name", 9_900 },
        { "any values", 7_000 }, { "constants", 1_900 }, { "constants of many objects", 14 }, { "patterns", 3_000 }, { "unevaluated", 3_700 }, { "unevaluated diamonds", 2_000 }, { "dependencies", 2_300 }, { "faults in a schema", 1_900 }, { "faults in definitions", 5_900 }, { "odd places", 1_900 },
        { "removals", 4_000 }, { "removals of nothing", 29_000 }, { "removals of what is referred to", 1_000 }, { "levels of items", 28 }, { "levels of choices", 20 }, { "levels of negations", 56 },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_large_document_is_read_in_bounded_time(string kind, int count)
    {
        string text = Create(kind, count);
        var times = new List<TimeSpan>();
        Exception? failure = null;
        // Again where compiling the generator itself took its part.
        for (int i = 0; i < 3 && (i == 0 || times.Min() > Oracle.Limit); i++)
        {
            // On the stack that a compiler has.
            var thread = new Thread(() =>
            {
                var time = ProcessorTime.Start();
                failure = Record.Exception(() => Generated.From(text, Oracle.Namespace));
                times.Add(time.Elapsed);
            }, 1024 * 1024);
            thread.Start();
            thread.Join();
            Assert.Null(failure);
        }

        output.WriteLine($"{count} {kind}, {text.Length} characters: {times.Min().TotalMilliseconds:0} ms");
        Assert.True(times.Min() <= Oracle.Limit, $"{count} {kind} took {times.Min()}.");
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
        "properties" or "too many properties" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"string\", \"description\": \"One.\" }}")} }}"),
        "required" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"integer\" }}")} }}, \"required\": [{All(count, i => $"\"p{i}\"")}]"),
        "objects of many properties" => Variant(All(count, i => $"\"D{i}\": {{ \"properties\": {{ {All(2_000, j => $"\"p{j}\": true")} }} }}")),
        "constants of many objects" => Variant(All(count, i => $"\"D{i}\": {{ \"properties\": {{ {All(1_000, j => $"\"p{j}\": {{ \"const\": {j} }}")} }} }}") + $", \"StartSessionOptions\": {{ \"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"$ref\": \"#/definitions/D{i}\" }}")} }} }}"),
        "small definitions" => Variant(All(count, i => $"\"D{i}\": {{ \"properties\": {{ \"a\": true }} }}")),
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
        "values with names" => Options($"\"properties\": {{ \"e\": {{ \"type\": \"string\", \"enum\": [{All(count, i => $"\"v{i}\"")}], \"x-chat-enum-names\": {{ {All(count, i => $"\"v{i}\": \"Value{i}\"")} }} }} }}"),
        "codes" => Variant($"\"ErrorCode\": {{ \"x-chat-codes\": {{ {All(count, i => $"\"c{i}\": {{ \"code\": {i + 1000}, \"description\": \"One.\" }}")} }} }}"),
        "unknown references" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"$ref\": \"#/definitions/E{i}\" }}")} }}"),
        "unknown references in definitions" => Variant(All(count, i => $"\"D{i}\": {{ \"$ref\": \"#/definitions/E{i}\" }}")),
        "unknown defaults" => NewVariant($"\"E\": {{ \"type\": \"string\", \"enum\": [{All(count, i => $"\"value{i}\"")}] }}, "
            + $"\"StartSessionOptions\": {{ \"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"$ref\": \"#/definitions/E\", \"default\": \"vlaue{i}\" }}")} }} }}"),
        "defaults of many values" => NewVariant($"\"E\": {{ \"type\": \"string\", \"enum\": [{All(count, i => $"\"value{i}\"")}] }}, "
            + All(3, i => $"\"D{i}\": {{ \"properties\": {{ {All(1_700, j => $"\"p{j}\": {{ \"$ref\": \"#/definitions/E\", \"default\": \"value{count - 1}\" }}")} }} }}")),
        "unknown events" => Chat($"\"events\": {{ \"types\": {{ {All(count, i => $"\"e{i}\": {{ \"wire\": \"E{i}\", \"payload\": {{ }} }}")} }} }}"),
        "unknown keywords" => Options(All(count, i => $"\"keyword{i}\": 1")),
        "unknown required" => Options($"\"properties\": {{ {All(count, i => $"\"name{i}\": {{ \"type\": \"string\" }}")} }}, \"required\": [{All(count, i => $"\"nmae{i}\"")}]"),
        "alternatives" or "too many alternatives" => Options($"\"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"string\" }}")} }}, \"anyOf\": [{{ \"required\": [{All(count, i => $"\"p{i}\"")}] }}, {All(count, i => $"{{ \"required\": [\"p{i}\"] }}")}]"),
        "commands" => Chat($"\"commands\": {{ {All(count, i => $"\"c{i}\": {{ \"options\": {{ \"$ref\": \"#/definitions/SendMessageOptions\" }}, \"parameters\": [\"message\"] }}")} }}, \"transports\": {{ \"cometd\": {{ \"operations\": {{ {All(count, i => $"\"c{i}\": \"c{i}\"")} }} }} }}"),
        "events" => Chat($"\"events\": {{ \"types\": {{ {All(count, i => $"\"e{i}\": {{ \"wire\": \"E{i}\", \"payload\": {{ \"$ref\": \"#/definitions/D{i}\" }} }}")} }} }}", All(count, i => $"\"D{i}\": {{ \"type\": \"object\" }}")),
        "parameters" => Chat($"\"commands\": {{ \"c\": {{ \"options\": {{ \"$ref\": \"#/definitions/D\" }}, \"parameters\": [{All(count, i => $"\"p{i}\"")}] }} }}",
            $"\"D\": {{ \"type\": \"object\", \"properties\": {{ {All(count, i => $"\"p{i}\": {{ \"type\": \"string\" }}")} }} }}"),
        "long name" => Options($"\"properties\": {{ \"{new string('n', count)}\": {{ \"type\": \"object\", \"properties\": {{ \"{new string('m', count)}\": {{ \"type\": \"string\", \"enum\": [\"{new string('v', count)}\"] }} }} }} }}"),
        "long text" or "too long text" => Options($"\"description\": \"{new string('t', count)}\""),
        "long pattern" => Options($"\"properties\": {{ \"p\": {{ \"type\": \"string\", \"pattern\": \"{string.Concat(Enumerable.Repeat("(a|[b-d])*\\\\d", count / 12))}\" }} }}"),
        "too many values" => Options($"\"examples\": [{All(count, _ => "1")}]"),
        "removals" => Variant($"{All(count, i => $"\"D{i}\": {{ \"type\": \"object\" }}")}, {All(60, i => $"\"N{i}\": null")}, \"Party\": null, \"ErrorCode\": null, \"StartSessionOptions\": {{ \"properties\": {{ \"serverUrl\": null, \"subject\": null }} }}"),
        "removals of nothing" => Variant(All(count, i => $"\"Praty{i}\": null")),
        "removals of what is referred to" => Variant($"{All(count, i => $"\"D{i}\": {{ \"$ref\": \"#/definitions/Party\" }}")}, \"Party\": null, \"MessageContent\": null, \"StartSessionOptions\": {{ \"properties\": {{ \"subject\": null, \"nickname\": null }} }}"),
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
        "choices" or "too many choices" => Options($"\"properties\": {{ \"p\": {{ \"oneOf\": [{All(count, i => $"{{ \"const\": {i} }}")}] }} }}"),
        "a chain of choices" => Variant(Chain(count, (i, next) => $"{{ \"oneOf\": [{next}, {{ \"type\": \"null\" }}] }}") + ", " + User("D0")),
        "branches" or "too many branches" => Variant($"\"U\": {Branches(count)}, " + User("U")),
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
        "faults in definitions" => Variant(All(count, i => $"\"D{i}\": {{ \"minLength\": -1, \"allOf\": 1, \"uniqueItems\": 2, \"multipleOf\": 0 }}")),
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
