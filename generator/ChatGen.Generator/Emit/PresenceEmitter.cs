using ChatGen.Generator.JsonSchemas;
using ChatGen.Generator.Model;

namespace ChatGen.Generator.Emit;

/// <summary>The rules of a record that ask only which members it has.</summary>
internal static class PresenceEmitter
{
    private const string Rules = "global::ChatGen.ChatRules";

    public static void Emit(SourceWriter writer, RecordModel record)
    {
        foreach (PresenceRule rule in record.Presence)
        {
            EmitRule(writer, $"'{record.Name}' ", rule);
        }
    }

    private static void EmitRule(SourceWriter writer, string subject, PresenceRule rule)
    {
        if (rule.Kind == PresenceKind.ExactlyOne)
        {
            string counted = string.Join(" + ", rule.Groups.Select(group => $"({AllThere(group)} ? 1 : 0)"));
            writer.Line($"{Rules}.ExactlyOne(ref failures, {CSharp.Literal(subject + KeywordMessages.OneOf(rule.Groups.Count))}, {counted});");
            return;
        }

        (string condition, string message) = rule.Kind == PresenceKind.NotAll
            ? (AllThere(rule.Groups[0]), subject + KeywordMessages.Not)
            : ($"{AllThere(rule.Groups[0])} && {rule.Groups[1][0]} is null", Missing(rule));
        using (writer.Open($"if ({condition})"))
        {
            writer.Line($"{Rules}.Fail(ref failures, \"$\", {CSharp.Literal(rule.Keyword)}, {CSharp.Literal(message)});");
        }

        writer.Line();
    }

    private static string Missing(PresenceRule rule) => rule.Keyword == "required"
        ? KeywordMessages.Required(rule.Groups[1][0])
        : KeywordMessages.DependentRequired(rule.Groups[0][0], rule.Groups[1][0]);

    private static string AllThere(EquatableArray<string> members) => string.Join(" && ", members.Distinct().Select(member => $"{member} is not null"));
}
