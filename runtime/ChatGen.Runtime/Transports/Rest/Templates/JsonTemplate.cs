using System.Text.Json;
using ChatGen.Rest;

namespace ChatGen;

/// <summary>JSON whose strings may hold placeholders. Members and items whose value is absent are left out.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal abstract class JsonTemplate
{
    /// <summary>The sources that are used.</summary>
    public abstract IEnumerable<TemplatePlaceholder> Sources { get; }

    /// <summary>The value as one that needs no writing: of a string or constant; <see langword="null"/> for objects and arrays.</summary>
    public abstract TemplateValue? Evaluate(ITemplateScope scope);

    /// <summary>Writes the value.</summary>
    /// <returns>Whether there was one; if not, nothing was written.</returns>
    public abstract bool TryWrite(Utf8JsonWriter writer, ITemplateScope scope, string? member = null);

    /// <summary>The members of an object; empty for everything else.</summary>
    public virtual IReadOnlyList<(string Name, JsonTemplate Value)> Members => [];

    /// <exception cref="FormatException">A string is no template.</exception>
    public static JsonTemplate Parse(JsonElement json, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> tables) => json.ValueKind switch
    {
        JsonValueKind.String => new Text(TextTemplate.Parse(json.GetString()!, tables)),
        JsonValueKind.Object => new Object([.. json.EnumerateObject().Select(member => (member.Name, Parse(member.Value, tables)))]),
        JsonValueKind.Array => new Array([.. json.EnumerateArray().Select(item => Parse(item, tables))]),
        _ => new Constant(json.Clone()),
    };

    private sealed class Text(TextTemplate template) : JsonTemplate
    {
        public override IEnumerable<TemplatePlaceholder> Sources => template.Sources;

        public override TemplateValue? Evaluate(ITemplateScope scope) => template.Evaluate(scope);

        public override bool TryWrite(Utf8JsonWriter writer, ITemplateScope scope, string? member)
        {
            TemplateValue value = template.Evaluate(scope);
            if (value.IsAbsent || value.File is not null)
            {
                return false;
            }

            WriteName(writer, member);
            value.WriteTo(writer);
            return true;
        }
    }

    private sealed class Constant(JsonElement json) : JsonTemplate
    {
        public override IEnumerable<TemplatePlaceholder> Sources => [];

        public override TemplateValue? Evaluate(ITemplateScope scope) => TemplateValue.Of(json);

        public override bool TryWrite(Utf8JsonWriter writer, ITemplateScope scope, string? member)
        {
            WriteName(writer, member);
            json.WriteTo(writer);
            return true;
        }
    }

    private sealed class Object((string Name, JsonTemplate Value)[] members) : JsonTemplate
    {
        public override IEnumerable<TemplatePlaceholder> Sources => members.SelectMany(member => member.Value.Sources);

        public override IReadOnlyList<(string Name, JsonTemplate Value)> Members => members;

        public override TemplateValue? Evaluate(ITemplateScope scope) => null;

        public override bool TryWrite(Utf8JsonWriter writer, ITemplateScope scope, string? member)
        {
            WriteName(writer, member);
            writer.WriteStartObject();
            foreach ((string name, JsonTemplate value) in members)
            {
                value.TryWrite(writer, scope, name);
            }

            writer.WriteEndObject();
            return true;
        }
    }

    private sealed class Array(JsonTemplate[] items) : JsonTemplate
    {
        public override IEnumerable<TemplatePlaceholder> Sources => items.SelectMany(item => item.Sources);

        public override TemplateValue? Evaluate(ITemplateScope scope) => null;

        public override bool TryWrite(Utf8JsonWriter writer, ITemplateScope scope, string? member)
        {
            WriteName(writer, member);
            writer.WriteStartArray();
            foreach (JsonTemplate item in items)
            {
                item.TryWrite(writer, scope);
            }

            writer.WriteEndArray();
            return true;
        }
    }

    private static void WriteName(Utf8JsonWriter writer, string? member)
    {
        if (member is not null)
        {
            writer.WritePropertyName(member);
        }
    }
}
