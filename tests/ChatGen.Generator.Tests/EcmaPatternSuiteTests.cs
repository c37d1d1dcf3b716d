using System.Text.Json;
using System.Text.RegularExpressions;
using ChatGen.Generator.Reading;
using ChatGen.Tests.Shared;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>The patterns of the official JSON-Schema-Test-Suite, whose tests folder is not part of this repository.</summary>
public class EcmaPatternSuiteTests
{
    [Theory]
    [InlineData("draft7")]
    [InlineData("draft2020-12")]
    public void Every_case_of_a_pattern_is_right(string draft)
    {
        int cases = 0;
        string[] files = ["pattern.json", "optional/ecmascript-regex.json", "optional/non-bmp-regex.json"];
        foreach (string file in files)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(JsonSchemaTestSuite.Folder(), "tests", draft, file)));
            foreach (JsonElement group in document.RootElement.EnumerateArray())
            {
                if (!group.GetProperty("schema").TryGetProperty("pattern", out JsonElement pattern))
                {
                    continue;
                }

                Assert.True(EcmaPattern.TryTranslate(pattern.GetString()!, out string translated, out string? problem), problem);
                var regex = new Regex(translated, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));
                foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
                {
                    // A pattern says nothing of what is no string.
                    bool isValid = test.GetProperty("data") is not { ValueKind: JsonValueKind.String } data || regex.IsMatch(data.GetString()!);
                    Assert.True(isValid == test.GetProperty("valid").GetBoolean(), $"{pattern}: {test.GetProperty("description")}");
                    cases++;
                }
            }
        }

        Assert.True(cases > 60, $"The suite has only {cases} cases.");
    }

    [Theory]
    [InlineData("draft7")]
    [InlineData("draft2020-12")]
    public void Every_pattern_of_the_suite_can_be_translated(string draft)
    {
        int patterns = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(JsonSchemaTestSuite.Folder(), "tests", draft), "*.json", SearchOption.AllDirectories))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement group in document.RootElement.EnumerateArray())
            {
                foreach (string pattern in Patterns(group.GetProperty("schema")))
                {
                    patterns++;
                    Assert.True(EcmaPattern.TryTranslate(pattern, out _, out string? problem), $"{file}: {pattern}: {problem}");
                }
            }
        }

        Assert.True(patterns > 30, $"The suite has only {patterns} patterns.");
    }

    private static IEnumerable<string> Patterns(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            return schema.EnumerateArray().SelectMany(Patterns);
        }

        return schema.ValueKind != JsonValueKind.Object ? [] : schema.EnumerateObject().SelectMany(member => member.Name switch
        {
            "pattern" when member.Value.ValueKind == JsonValueKind.String => [member.Value.GetString()!],
            "patternProperties" when member.Value.ValueKind == JsonValueKind.Object => member.Value.EnumerateObject().Select(pattern => pattern.Name).Concat(Patterns(member.Value)),
            "enum" or "const" => [],
            _ => Patterns(member.Value),
        });
    }
}
