using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using NJsonSchema;

namespace ChatGen.Generator.Reading;

/// <summary>Reads an <c>enum</c> of strings: its values and their names in C#.</summary>
internal sealed class EnumReader(SchemaObjectModel schemas, DiagnosticBag diagnostics)
{
    /// <summary>Reads the strings of an <c>enum</c>.</summary>
    /// <param name="schema">The schema with the keyword.</param>
    /// <param name="name">The name of the type.</param>
    /// <param name="isOpen">Whether values that the schema does not name are kept, as a backend may send them.</param>
    public EnumModel Read(JsonSchema schema, string name, bool isOpen)
    {
        var taken = new HashSet<string>(TypeNames.Members.Concat(["Value", "IsKnown", "Deconstruct", name]), StringComparer.Ordinal);
        Dictionary<string, string> chosen = ReadNames(schema, taken);

        // How often a name was asked for, so that many values of one name cost no more than others.
        Dictionary<string, int> asked = taken.ToDictionary(reserved => reserved, _ => 1, StringComparer.Ordinal);
        var values = new List<EnumValueModel>();
        foreach (string value in schema.Enumeration.Cast<string>())
        {
            if (!chosen.TryGetValue(value, out string? member))
            {
                member = Names.ToPascal(value);
                asked.TryGetValue(member, out int count);
                asked[member] = count + 1;
                member += count switch { 0 => "", 1 => "_", _ => "_" + NumberText.Write(count) };
                while (!taken.Add(member))
                {
                    member += "_";
                }
            }

            values.Add(new EnumValueModel(value, member));
        }

        return new EnumModel(name, schema.Description, values.ToEquatableArray(), isOpen);
    }

    /// <summary>Names that the author chose; they are taken before those that come of the values.</summary>
    private Dictionary<string, string> ReadNames(JsonSchema schema, HashSet<string> taken)
    {
        var chosen = new Dictionary<string, string>(StringComparer.Ordinal);
        switch ((schemas.NodeOf(schema) as JsonObjectNode)?["x-chat-enum-names"])
        {
            case null:
                break;
            case JsonObjectNode names:
                var values = new HashSet<string>(schema.Enumeration.Cast<string>(), StringComparer.Ordinal);
                foreach (JsonMember member in names.Members)
                {
                    if (!values.Contains(member.Name))
                    {
                        diagnostics.Add(Descriptors.WrongValue, member.NameNode, member.Name, $"one of the values of 'enum'; {Suggestion.For(member.Name, schema.Enumeration.Cast<string>())}");
                    }
                    else if (Names.Chosen(member.Value, diagnostics) is { } name)
                    {
                        if (taken.Add(name))
                        {
                            chosen.Add(member.Name, name);
                        }
                        else
                        {
                            diagnostics.Add(Descriptors.NameClash, member.Value, member.Name, name);
                        }
                    }
                }

                break;
            case { } other:
                diagnostics.Add(Descriptors.WrongValue, other, "x-chat-enum-names", "an object of names by the values of 'enum'");
                break;
        }

        return chosen;
    }
}
