using System.Text.Json;
using ChatGen.Tests.Shared;

namespace ChatGen.Runtime.Tests.Validation;

/// <summary>The cases of the official JSON-Schema-Test-Suite, whose tests folder is not part of this repository.</summary>
public class ChatFormatsSuiteTests
{
    private static readonly Dictionary<string, Func<string, bool>> s_checks = new()
    {
        ["date-time"] = ChatFormats.IsDateTime,
        ["date"] = ChatFormats.IsDate,
        ["time"] = ChatFormats.IsTime,
        ["duration"] = ChatFormats.IsDuration,
        ["email"] = ChatFormats.IsEmail,
        ["hostname"] = ChatFormats.IsHostname,
        ["ipv4"] = ChatFormats.IsIpv4,
        ["ipv6"] = ChatFormats.IsIpv6,
        ["uri"] = ChatFormats.IsUri,
        ["uri-reference"] = ChatFormats.IsUriReference,
        ["iri"] = ChatFormats.IsIri,
        ["iri-reference"] = ChatFormats.IsIriReference,
        ["uuid"] = ChatFormats.IsUuid,
        ["json-pointer"] = ChatFormats.IsJsonPointer,
        ["relative-json-pointer"] = ChatFormats.IsRelativeJsonPointer,
        ["uri-template"] = ChatFormats.IsUriTemplate,
        ["regex"] = ChatFormats.IsRegex,
    };

    // Only annotations, or no format at all.
    private static readonly string[] s_unchecked = ["idn-email", "idn-hostname", "unknown"];

    [Theory]
    [InlineData("draft7", 500)]
    [InlineData("draft2020-12", 600)]
    public void Every_case_of_a_checked_format_is_right(string draft, int atLeast)
    {
        int cases = 0;
        var wrong = new List<string>();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(JsonSchemaTestSuite.Folder(), "tests", draft, "optional", "format"), "*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (JsonElement group in document.RootElement.EnumerateArray())
            {
                string format = group.GetProperty("schema").GetProperty("format").GetString()!;
                if (!s_checks.TryGetValue(format, out Func<string, bool>? check))
                {
                    Assert.Contains(Path.GetFileNameWithoutExtension(file), s_unchecked);
                    continue;
                }

                foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
                {
                    // A format says nothing of what is no string.
                    bool isValid = test.GetProperty("data") is not { ValueKind: JsonValueKind.String } data || check(data.GetString()!);
                    cases++;
                    if (isValid != test.GetProperty("valid").GetBoolean())
                    {
                        wrong.Add($"{format}: {test.GetProperty("description").GetString()}: {test.GetProperty("data").GetRawText()}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(cases >= atLeast, $"The suite has only {cases} cases.");
    }
}
