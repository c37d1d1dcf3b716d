using System.Text;
using System.Text.RegularExpressions;

namespace ChatGen.Benchmarks.Compiler;

/// <summary>
/// The types of a schema as one would write them by hand for the generators of System.Text.Json and Refit: the same records, properties, rules and
/// operations, told from the generated text line by line. What only ChatGen has, such as the client and the error codes, is left out.
/// </summary>
internal static partial class HandWrittenProject
{
    private const string Usings =
        """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Text.Json.Serialization;
        using System.Text.RegularExpressions;
        using Refit;

        namespace ByHand;


        """;

    /// <summary>Files by name, made of ChatGen's files.</summary>
    public static IReadOnlyDictionary<string, string> Create(IReadOnlyDictionary<string, string> generated)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var records = new List<string>();
        var events = new List<string>();
        // A converter's file has a part of the record too, which is nothing that one writes by hand.
        foreach (string source in generated.Where(file => !file.Key.EndsWith(".Json.g.cs", StringComparison.Ordinal)).Select(file => file.Value))
        {
            if (RecordHeader().Match(source) is { Success: true } record)
            {
                string name = record.Groups["name"].Value;
                bool isEvent = record.Groups["base"].Success;
                (isEvent ? events : records).Add(name);
                files.Add(name + ".cs", Usings + Record(source, name, isEvent));
            }
            else if (EnumHeader().Match(source) is { Success: true } values)
            {
                files.Add(values.Groups["name"].Value + ".cs", Usings + Enumeration(source, values.Groups["name"].Value));
            }
            else if (Interface().Match(source) is { Success: true } api)
            {
                files.Add("IChatApi.cs", Usings + api.Value.Replace(" : global::ChatGen.IRestApi", "", StringComparison.Ordinal) + "\n");
            }
        }

        files.Add("ChatEvent.cs", Usings + Event(events));
        files.Add("ChatContext.cs", Usings
            + "[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]\n"
            + string.Concat(records.Append("ChatEvent").Select(name => $"[JsonSerializable(typeof({name}))]\n"))
            + "internal sealed partial class ChatContext : JsonSerializerContext;\n");
        return files;
    }

    private static string Record(string source, string name, bool isEvent)
    {
        var text = new StringBuilder($"public sealed record {name}{(isEvent ? " : ChatEvent" : "")}\n{{\n");
        var rules = new List<string>();
        var documentation = new List<string>();
        foreach (string line in source.Split('\n'))
        {
            if (line.StartsWith("    ///", StringComparison.Ordinal))
            {
                documentation.Add(line);
            }
            else if (Property().Match(line) is { Success: true } property)
            {
                if (!line.Contains("global::ChatGen.I", StringComparison.Ordinal) && !line.Contains(".ILogger", StringComparison.Ordinal))
                {
                    documentation.ForEach(each => text.Append(each).Append('\n'));
                    text.Append(line.Replace("global::ChatGen.ChatErrorCode", "string", StringComparison.Ordinal).Replace("global::ChatGen.ChatEvent", "ChatEvent", StringComparison.Ordinal)
                        .Replace($"global::{Namespace().Match(source).Groups["name"].Value}.", "", StringComparison.Ordinal)).Append("\n\n");
                }

                documentation.Clear();
            }
            else if (PatternField().Match(line) is { Success: true } pattern)
            {
                text.Append($"    private static readonly Regex {pattern.Groups["name"].Value} = new({pattern.Groups["text"].Value});\n\n");
            }
            else if (Rule().Match(line) is { Success: true } rule)
            {
                rules.Add($"        if ({Condition(rule)})\n        {{\n            failures.Add(\"'{rule.Groups["member"].Value}' breaks {rule.Groups["rule"].Value}\");\n        }}\n");
            }
            else if (!line.StartsWith("    [global::ChatGen.", StringComparison.Ordinal))
            {
                documentation.Clear();
            }
        }

        if (rules.Count > 0)
        {
            text.Append($"    /// <summary>Checks the rules.</summary>\n    public List<string> Validate()\n    {{\n        List<string> failures = [];\n{string.Join('\n', rules)}        return failures;\n    }}\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Condition(Match rule)
    {
        string value = rule.Groups["value"].Value;
        string bound = rule.Groups["bound"].Value;
        return rule.Groups["rule"].Value switch
        {
            "NotNull" => $"{value} is null",
            "Finite" => $"{value} is double.NaN or double.PositiveInfinity or double.NegativeInfinity",
            "Minimum" => $"{value} < {bound}",
            "Maximum" => $"{value} > {bound}",
            "ExclusiveMinimum" => $"{value} <= {bound}",
            "ExclusiveMaximum" => $"{value} >= {bound}",
            "MinLength" => $"{value} is {{ Length: < {bound} }}",
            "MaxLength" => $"{value} is {{ Length: > {bound} }}",
            "MinItems" => $"{value} < {bound}",
            "MaxItems" => $"{value} > {bound}",
            "NoNulls" => $"{value} is {{ }} items && System.Linq.Enumerable.Any(items, item => item is null)",
            "AbsoluteUri" => $"{value} is {{ IsAbsoluteUri: false }}",
            "Pattern" => $"{value} is {{ }} text && !{bound}.IsMatch(text)",
            "Prefix" => $"{value} is {{ }} text && !text.StartsWith(\"http\", StringComparison.Ordinal)",
            "Enum" => value.StartsWith("(int?)", StringComparison.Ordinal) ? $"{value[6..]} is {{ }} defined && !Enum.IsDefined(defined)" : $"!Enum.IsDefined({value[5..]})",
            // The one combination of members in the built-in schema; its other half, a transport, exists in the process only.
            "Fail" => "ServerUrl is null",
            string other => throw new NotSupportedException($"Nobody has written down '{other}' by hand."),
        };
    }

    private static string Enumeration(string source, string name)
    {
        var text = new StringBuilder($"[JsonConverter(typeof(JsonStringEnumConverter<{name}>))]\npublic enum {name}\n{{\n");
        foreach (Match value in EnumValue().Matches(source))
        {
            text.Append($"    /// <summary>{value.Groups["json"].Value}</summary>\n    [JsonStringEnumMemberName(\"{value.Groups["json"].Value}\")]\n    {value.Groups["name"].Value},\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Event(List<string> events) =>
        "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"type\")]\n"
        + string.Concat(events.Select(name => $"[JsonDerivedType(typeof({name}), \"{name[..^"Event".Length]}\")]\n"))
        + "public abstract record ChatEvent\n{\n    public long? Index { get; init; }\n\n    public DateTimeOffset? Timestamp { get; init; }\n}\n";

    [GeneratedRegex(@"public sealed partial record (?<name>\w+)(?<base> : global::ChatGen\.ChatEvent)?")]
    private static partial Regex RecordHeader();

    [GeneratedRegex(@"public (?:enum|readonly record struct) (?<name>\w+)")]
    private static partial Regex EnumHeader();

    [GeneratedRegex(@"public interface IChatApi : global::ChatGen\.IRestApi\n\{.*?\n\}", RegexOptions.Singleline)]
    private static partial Regex Interface();

    [GeneratedRegex(@"^    public (?:required )?[^ ]+(?: [^ ]+>\??)? \w+ \{ get; init; \}")]
    private static partial Regex Property();

    [GeneratedRegex(@"ChatPattern (?<name>\w+) = new\((?<text>""(?:[^""\\]|\\.)*"")")]
    private static partial Regex PatternField();

    [GeneratedRegex(@"global::ChatGen\.ChatRules\.(?<rule>\w+)\(ref failures, ""[^""]*"", ""(?<member>\w+)"", (?<value>[^,]+?)(?:, (?<bound>[^,)]+))?(?:, .*)?\);")]
    private static partial Regex Rule();

    [GeneratedRegex(@"<summary>(?<json>[^<]*)</summary>\n    (?:public static \w+ )?(?<name>\w+)(?:,| =>)")]
    private static partial Regex EnumValue();

    [GeneratedRegex(@"^namespace (?<name>.*);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
