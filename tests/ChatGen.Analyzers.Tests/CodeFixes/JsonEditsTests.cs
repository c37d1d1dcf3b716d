using ChatGen.CodeFixes.Schemas;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Tests.CodeFixes;

public class JsonEditsTests
{
    [Theory]
    // What is there is replaced, and nothing else.
    [InlineData("{ \"a\" : {\"b\":  1 } , \"c\": 2 }", "a/b", "{ \"a\" : {\"b\":  7 } , \"c\": 2 }")]
    [InlineData("\ufeff{ \"a\": [1,\t2] }\r\n", "a", "\ufeff{ \"a\": 7 }\r\n")]
    // On one line.
    [InlineData("{ \"a\": 1 }", "b", "{ \"a\": 1, \"b\": 7 }")]
    [InlineData("{\"a\":1}", "b/c", "{\"a\":1,\"b\":{\"c\":7}}")]
    [InlineData("{}", "b", "{ \"b\": 7 }")]
    [InlineData("{ }", "b/c", "{ \"b\": { \"c\": 7 } }")]
    // On lines.
    [InlineData("{\n  \"a\": 1\n}\n", "b", "{\n  \"a\": 1,\n  \"b\": 7\n}\n")]
    [InlineData("{\r\n\t\"a\": 1\r\n}", "b/c/d", "{\r\n\t\"a\": 1,\r\n\t\"b\": {\r\n\t\t\"c\": { \"d\": 7 }\r\n\t}\r\n}")]
    [InlineData("{\n    \"a\": {}\n}", "a/b/c/d", "{\n    \"a\": {\n        \"b\": {\n            \"c\": { \"d\": 7 }\n        }\n    }\n}")]
    [InlineData("{\n  \"a\": { \"x\": 1 }\n}", "a/b/c", "{\n  \"a\": { \"x\": 1, \"b\": { \"c\": 7 } }\n}")]
    [InlineData("{\n  \"a\": {\n    \"x\": 1, \"y\": 2\n  }\n}", "a/b", "{\n  \"a\": {\n    \"x\": 1, \"y\": 2,\n    \"b\": 7\n  }\n}")]
    [InlineData("{\n}", "a", "{\n  \"a\": 7\n}")]
    [InlineData("{ \"a\": {\n    \"x\": 1\n  }\n}", "a/b", "{ \"a\": {\n    \"x\": 1,\n    \"b\": 7\n  }\n}")]
    // Names are escaped.
    [InlineData("{ \"é\\n\": 1 }", "é\n", "{ \"é\\n\": 7 }")]
    [InlineData("{}", "é\"\n", "{ \"é\\\"\\n\": 7 }")]
    public void Sets_a_member_in_the_style_of_the_file(string text, string path, string expected) =>
        Assert.Equal(expected, Apply(text, root => JsonEdits.Set(root, path.Split('/'), "7")));

    [Theory]
    [InlineData("{ \"a\": 1 }", "a/b")]
    [InlineData("{ \"a\": null }", "a/b")]
    [InlineData("{ \"a\": [{}] }", "a/0/b")]
    public void Sets_nothing_within_what_is_no_object(string text, string path) => Assert.Null(JsonEdits.Set(Read(text), path.Split('/'), "7"));

    [Theory]
    [InlineData("{ \"a\": [] }", "{ \"a\": [7] }")]
    [InlineData("{ \"a\": [1] }", "{ \"a\": [1, 7] }")]
    [InlineData("{\"a\":[1,2]}", "{\"a\":[1,2,7]}")]
    [InlineData("{\n  \"a\": [\n    1,\n    2\n  ]\n}", "{\n  \"a\": [\n    1,\n    2,\n    7\n  ]\n}")]
    [InlineData("{\r\n\t\"a\": [\r\n\t\t1\r\n\t]\r\n}", "{\r\n\t\"a\": [\r\n\t\t1,\r\n\t\t7\r\n\t]\r\n}")]
    [InlineData("{\n  \"a\": [\n    1, 2\n  ]\n}", "{\n  \"a\": [\n    1, 2, 7\n  ]\n}")]
    public void Appends_an_item_in_the_style_of_the_file(string text, string expected) =>
        Assert.Equal(expected, Apply(text, root => JsonEdits.Append(root, (JsonArrayNode)root["a"]!, "7")));

    private static JsonObjectNode Read(string text) => SchemaFile.Read(null, "a.json", text)!.Root;

    private static string Apply(string text, Func<JsonObjectNode, TextChange?> change) => SourceText.From(text).WithChanges(change(Read(text))!.Value).ToString();
}
