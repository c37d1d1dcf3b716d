using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatGen.Differential.Generation;
using Microsoft.CodeAnalysis;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <content>Values without parts, and JSON.</content>
internal sealed partial class InitializerWriter
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    private string Text(JsonNode? sample)
    {
        string value = sample is JsonValue && sample.GetValueKind() == JsonValueKind.String ? (string)sample! : random.Pick(StringPool.Values);
        string literal = Literal(value);
        return random.Next(8) switch
        {
            0 => $"\"\" + {literal}",
            1 => $"$\"{{{literal}}}\"",
            2 when value.Length > 1 && !char.IsSurrogate(value[0]) => $"{Literal(value[..1])} + {Literal(value[1..])}",
            3 => $"({literal})",
            4 when value == "" => "default(string) + \"\"",
            _ => literal,
        };
    }

    private string Flag(JsonNode? sample)
    {
        bool value = sample?.GetValueKind() == JsonValueKind.True || (sample?.GetValueKind() != JsonValueKind.False && random.Chance(50));
        return random.Next(4) switch
        {
            0 => value ? "!false" : "!true",
            1 when !value => "default",
            _ => value ? "true" : "false",
        };
    }

    private string Integer(JsonNode? sample, long least, long most, string suffix)
    {
        long value = Number(sample) is { } number && decimal.Truncate(number) == number && number >= least && number <= most ? (long)number : random.Next(-6, 14);
        string text = value.ToString(s_culture);
        return random.Next(6) switch
        {
            0 when value is > int.MinValue and < int.MaxValue => $"{text} + 0{suffix}",
            1 when value >= 0 => $"0x{value.ToString("x", s_culture)}",
            2 when value is >= short.MinValue and <= short.MaxValue => $"(short){(value < 0 ? $"({text})" : text)}",
            3 when value == 0 => "default",
            4 when suffix == "" => $"(int)({text}L)",
            _ => value == long.MinValue ? "long.MinValue" : text + (random.Chance(50) ? suffix : ""),
        };
    }

    private string Double(JsonNode? sample)
    {
        if (random.Chance(2))
        {
            return random.Pick(["double.NaN", "double.PositiveInfinity", "1 / 0.0"]);
        }

        string text = sample?.GetValueKind() == JsonValueKind.Number ? sample.ToJsonString() : random.Pick(NumberPool.Values);
        double value = double.Parse(text, s_culture);
        if (!double.IsFinite(value))
        {
            return "1e308";
        }

        return random.Next(6) switch
        {
            0 => $"(double)({AsDouble(text)})",
            1 => value.ToString("R", s_culture) is { } round && round.Contains('.', StringComparison.Ordinal) ? round : AsDouble(text),
            2 when value == Math.Floor(value) && Math.Abs(value) < 1e9 => ((long)value).ToString(s_culture),
            3 when value == (float)value => $"{value.ToString("R", s_culture)}f",
            _ => AsDouble(text),
        };

        static string AsDouble(string text) => text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0 ? text : text + "d";
    }

    private string Decimal(JsonNode? sample)
    {
        decimal value = Number(sample) ?? decimal.Parse(random.Pick(NumberPool.Values), NumberStyles.Float, s_culture);
        return random.Next(5) switch
        {
            0 when decimal.Truncate(value) == value && Math.Abs(value) < 1_000_000 => ((int)value).ToString(s_culture),
            1 when Math.Abs(value) < 1_000_000 => $"{value.ToString(s_culture)}m + 0m",
            _ => value.ToString(s_culture) + "m",
        };
    }

    private static decimal? Number(JsonNode? sample) => sample?.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(sample.ToJsonString(), NumberStyles.Float, s_culture, out decimal value) ? value : null;

    private string Enumeration(INamedTypeSymbol type, JsonNode? sample)
    {
        IFieldSymbol[] fields = [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue)];
        string name = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(s_names);
        string? text = sample?.GetValueKind() == JsonValueKind.String ? (string?)sample : null;
        string[] values = [.. type.GetAttributes().First(attribute => attribute.AttributeClass?.Name == "ChatValuesAttribute").ConstructorArguments[0].Values.Select(value => (string)value.Value!)];
        int index = Array.IndexOf(values, text) is >= 0 and int found ? found : random.Next(fields.Length);
        return random.Next(12) switch
        {
            0 => $"({name})99",
            1 => $"({name})(-1)",
            2 or 3 => $"({name}){index.ToString(s_culture)}",
            4 when index == 0 => "default",
            5 => $"{name}.{Escaped(fields[index].Name)} + 0",
            _ => $"{name}.{Escaped(fields[index].Name)}",
        };

        static string Escaped(string name) => "@" + name;
    }

    private string Duration(JsonNode? sample)
    {
        double seconds = sample?.GetValueKind() == JsonValueKind.Number ? double.Parse(sample.ToJsonString(), s_culture) : random.Pick([0, 1, 0.5, -1, 60, 3600]);
        if (Math.Abs(seconds) > 1e10)
        {
            seconds = 1e10;
        }

        string text = seconds.ToString("R", s_culture);
        bool isWhole = seconds == Math.Floor(seconds) && Math.Abs(seconds) < 1_000_000;
        return random.Next(16) switch
        {
            0 when seconds == 0 => "global::System.TimeSpan.Zero",
            1 when seconds == 0 => "default",
            2 when isWhole => $"new global::System.TimeSpan(0, 0, {text})",
            3 when isWhole => $"new global::System.TimeSpan(0, 0, 0, {text}, 0)",
            4 => $"new global::System.TimeSpan({((long)(seconds * 10_000_000)).ToString(s_culture)})",
            5 when isWhole => $"-global::System.TimeSpan.FromSeconds({((long)-seconds).ToString(s_culture)})",
            6 => $"global::System.TimeSpan.FromMilliseconds({text}d * 1000)",
            7 => $"global::System.TimeSpan.FromMinutes({text}d / 60)",
            8 when isWhole => $"global::System.TimeSpan.FromMinutes(0, {text})",
            9 when isWhole => $"global::System.TimeSpan.FromMilliseconds({text}L)",
            10 => $"global::System.TimeSpan.FromTicks({((long)(seconds * 1000)).ToString(s_culture)})",
            11 => $"global::System.TimeSpan.FromMilliseconds({text}d)",
            12 when isWhole => $"global::System.TimeSpan.FromSeconds(milliseconds: 250, seconds: {text})",
            _ => $"global::System.TimeSpan.FromSeconds({(isWhole ? text : text + "d")})",
        };
    }

    private string Address(JsonNode? sample)
    {
        string text = Literal(sample?.GetValueKind() == JsonValueKind.String ? (string)sample! : random.Pick(["https://example.com/a", "http://example.com", "urn:a:b", "ftp://a.example/x y"]));
        return random.Next(4) switch
        {
            0 => $"new global::System.Uri({text}, global::System.UriKind.RelativeOrAbsolute)",
            1 => $"new({text}, global::System.UriKind.RelativeOrAbsolute)",
            2 => $"new({text})",
            _ => $"new global::System.Uri({text})",
        };
    }

    private string Uuid(JsonNode? sample)
    {
        string text = sample?.GetValueKind() == JsonValueKind.String && Guid.TryParse((string?)sample, out Guid value) ? value.ToString(random.Pick(["D", "N", "B"])) : "2eb8aa08-aa98-11ea-b4aa-73b441d16380";
        return random.Next(6) switch
        {
            0 => "global::System.Guid.Empty",
            1 => "default",
            2 => "new global::System.Guid()",
            3 => $"new global::System.Guid({Literal(text.ToUpperInvariant())})",
            4 => $"new({Literal(text)})",
            _ => $"global::System.Guid.Parse({Literal(text)})",
        };
    }

    private string Moment(JsonNode? sample)
    {
        DateTimeOffset value = sample?.GetValueKind() == JsonValueKind.String && DateTimeOffset.TryParse((string?)sample, s_culture, out DateTimeOffset parsed)
            ? parsed
            : new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
        string parts = string.Create(s_culture, $"{value.Year}, {value.Month}, {value.Day}, {value.Hour}, {value.Minute}, {value.Second}");
        string offset = value.Offset == TimeSpan.Zero ? "global::System.TimeSpan.Zero" : string.Create(s_culture, $"global::System.TimeSpan.FromMinutes({value.Offset.TotalMinutes})");
        return random.Next(6) switch
        {
            0 => $"new({parts}, {offset})",
            1 => string.Create(s_culture, $"new global::System.DateTimeOffset({parts}, {value.Millisecond}, {offset})"),
            2 => string.Create(s_culture, $"new global::System.DateTimeOffset({value.Ticks}, {offset})"),
            3 => "default",
            4 => random.Pick(["global::System.DateTimeOffset.MinValue", "global::System.DateTimeOffset.MaxValue", "global::System.DateTimeOffset.UnixEpoch"]),
            _ => $"new global::System.DateTimeOffset({parts}, {offset})",
        };
    }

    private string Json(JsonNode? sample) => sample switch
    {
        null => "null",
        JsonObject value => JsonEntries(value),
        JsonArray items => random.Chance(50)
            ? $"new global::System.Text.Json.Nodes.JsonArray {{ {string.Join(", ", items.Select(Json))} }}"
            : $"new global::System.Text.Json.Nodes.JsonArray({(items is [null] ? "(global::System.Text.Json.Nodes.JsonNode?)null" : string.Join(", ", items.Select(Json)))})",
        _ => sample.GetValueKind() switch
        {
            JsonValueKind.String => Text(sample),
            JsonValueKind.Number => random.Chance(50) && Number(sample) is not null ? Decimal(sample) : Double(sample),
            _ => Flag(sample).Replace("default", "false", StringComparison.Ordinal),
        },
    };

    private string JsonEntries(JsonObject? sample) =>
        $"new global::System.Text.Json.Nodes.JsonObject {{ {string.Join(", ", (sample ?? []).Select(entry => $"[{Literal(entry.Key)}] = {Json(entry.Value)}"))} }}";
}
