using System.Text;
using System.Text.Json;

namespace ChatGen.Fuzz.Tests.Corpus;

/// <summary>A JSON tree that may hold what JSON forbids: the same name twice, numbers that are none.</summary>
internal abstract class FuzzNode
{
    public static FuzzNode Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
        return From(document.RootElement);
    }

    public static FuzzNode From(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new FuzzObject([.. element.EnumerateObject().Select(member => new FuzzMember(member.Name, From(member.Value)))]),
        JsonValueKind.Array => new FuzzArray([.. element.EnumerateArray().Select(From)]),
        JsonValueKind.String => FuzzValue.String(element.GetString()!),
        _ => new FuzzValue(element.GetRawText()),
    };

    public abstract FuzzNode Clone();

    public abstract void Write(StringBuilder text);

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }
}

/// <summary>A member of an object.</summary>
internal sealed class FuzzMember(string name, FuzzNode value)
{
    public string Name { get; set; } = name;

    public FuzzNode Value { get; set; } = value;
}

/// <summary>An object.</summary>
internal sealed class FuzzObject(List<FuzzMember> members) : FuzzNode
{
    public List<FuzzMember> Members { get; } = members;

    public FuzzNode? this[string name] => Members.Find(member => member.Name == name)?.Value;

    public void Add(string name, FuzzNode value) => Members.Add(new FuzzMember(name, value));

    public override FuzzNode Clone() => new FuzzObject(Members.ConvertAll(member => new FuzzMember(member.Name, member.Value.Clone())));

    public override void Write(StringBuilder text)
    {
        text.Append('{');
        for (int i = 0; i < Members.Count; i++)
        {
            text.Append(i == 0 ? "\n" : ",\n");
            FuzzValue.WriteString(text, Members[i].Name);
            text.Append(": ");
            Members[i].Value.Write(text);
        }

        text.Append('}');
    }
}

/// <summary>An array.</summary>
internal sealed class FuzzArray(List<FuzzNode> items) : FuzzNode
{
    public List<FuzzNode> Items { get; } = items;

    public override FuzzNode Clone() => new FuzzArray(Items.ConvertAll(item => item.Clone()));

    public override void Write(StringBuilder text)
    {
        text.Append('[');
        for (int i = 0; i < Items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(", ");
            }

            Items[i].Write(text);
        }

        text.Append(']');
    }
}

/// <summary>Anything else, as it is written.</summary>
internal sealed class FuzzValue(string text) : FuzzNode
{
    public string Text { get; } = text;

    public static FuzzValue String(string value)
    {
        var text = new StringBuilder();
        WriteString(text, value);
        return new FuzzValue(text.ToString());
    }

    public static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char character in value)
        {
            if (character is '"' or '\\')
            {
                text.Append('\\').Append(character);
            }
            else if (character is < ' ' or '\u2028' or '\u2029' || char.IsSurrogate(character))
            {
                text.Append("\\u").Append(((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(character);
            }
        }

        text.Append('"');
    }

    public override FuzzNode Clone() => this;

    public override void Write(StringBuilder text) => text.Append(Text);
}
