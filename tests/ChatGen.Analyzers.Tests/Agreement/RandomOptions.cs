using System.Text.Json.Nodes;
using ChatGen.Differential.Records;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <summary>The options of one command.</summary>
/// <param name="Name">The record.</param>
/// <param name="Schema">What it is made of.</param>
/// <param name="Members">The members by their names in JSON.</param>
internal sealed record RandomOptions(string Name, JsonObject Schema, IReadOnlyDictionary<string, RandomMember> Members)
{
    /// <summary>Definitions that the schema refers to.</summary>
    public required JsonObject Definitions { get; init; }

    /// <summary>All of it, for a report.</summary>
    public string Text => $"{Schema.ToJsonString()} {Definitions.ToJsonString()}";

    /// <summary>Members of an instance: most of them, most of them valid.</summary>
    public JsonObject Sample(Random random)
    {
        var instance = new JsonObject();
        int given = random.Next(40, 101);
        foreach ((string name, RandomMember member) in Members)
        {
            if (random.Next(100) < given)
            {
                instance[name] = member.Value(random);
            }
        }

        return instance;
    }
}
