using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using Xunit;
using Meta = ChatGen.Generator.Documents.MetaSchema;

namespace ChatGen.MetaSchema.Tests;

/// <summary>The meta-schema as NJsonSchema gets it.</summary>
public class MetaSchemaBuilderTests
{
    [Fact]
    public void The_generator_has_the_meta_schema_that_is_published() =>
        Assert.Equal(File.ReadAllText(Repository.MetaSchema).Length, Meta.Root.Source.Text.Length);

    [Fact]
    public void Something_is_made_of_every_keyword_of_the_meta_schema() => Assert.Null(Record.Exception(() => MetaSchemaBuilder.Build(Meta.Root)));

    [Theory]
    [InlineData("\"not\": {}")]
    [InlineData("\"properties\": { \"a\": { \"items\": { \"const\": 1 } } }")]
    [InlineData("\"anyOf\": [{ \"if\": {} }]")]
    [InlineData("\"enum\": [[]]")]
    [InlineData("\"pattern\": \"\\\\p{Script=Greek}\"")]
    public void A_keyword_that_nothing_is_made_of_is_refused(string keyword)
    {
        var source = new SchemaText("meta.json", $$"""{ "definitions": {}, {{keyword}} }""", isBuiltIn: true);

        Assert.Throws<NotSupportedException>(() => MetaSchemaBuilder.Build((JsonObjectNode)JsonParser.Parse(source, new DiagnosticBag(source), out _)));
    }
}
