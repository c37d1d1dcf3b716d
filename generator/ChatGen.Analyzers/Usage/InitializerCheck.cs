using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Usage;

/// <summary>What is said of one expression that makes a record.</summary>
internal static class InitializerCheck
{
    /// <summary>Reports what the expression itself brings about.</summary>
    /// <param name="instance">What it makes.</param>
    /// <param name="operation">The expression.</param>
    /// <param name="report">Takes what is found.</param>
    public static void Report(RecordInstance instance, IOperation operation, Action<Diagnostic> report)
    {
        SyntaxNode syntax = operation.Syntax;
        // What is copied and changed need not be whole; what is made of it must be.
        bool? isTemplate = null;
        // What a record among the values is at fault by itself, its own expression says.
        HashSet<(TextSpan Place, string Keyword)>? within = null;
        foreach (UsageFault fault in RecordCheck.Check(instance))
        {
            bool isOfWhole = fault.Place == instance.Node.Span;
            // So does what is copied, of its own values.
            within ??= [.. instance.Inner.Concat(instance.Base is { } original ? [original] : []).SelectMany(RecordCheck.Check).Select(known => (known.Place, known.Keyword))];
            if ((!isOfWhole && within.Contains((fault.Place, fault.Keyword))) || (isOfWhole && (isTemplate ??= Templates.IsTemplate(operation))))
            {
                continue;
            }

            // What is wrong with a value that stands elsewhere is wrong since it was copied.
            TextSpan place = syntax.Span.Contains(fault.Place) ? fault.Place : instance.Node.Span;
            DiagnosticDescriptor descriptor = fault.Keyword == "type" && fault.Message.EndsWith("must not be null", StringComparison.Ordinal) ? Descriptors.Null : Descriptors.OfKeyword(fault.Keyword);
            report(Diagnostic.Create(descriptor, Location.Create(syntax.SyntaxTree, place), Facts(instance, fault), fault.Message));
        }

        foreach (MemberValue value in instance.Values.Values.Where(value => value.Syntax is not null && !value.IsDefault))
        {
            foreach (MemberValue other in value.Member.IgnoredWith.Select(name => instance.Values.TryGetValue(name, out MemberValue? found) ? found : null).OfType<MemberValue>())
            {
                if (other is { IsGiven: true, Json: not null } && (IsSetHere(value) || IsSetHere(other)))
                {
                    SyntaxNode place = (IsSetHere(value) ? value : other).Syntax!;
                    ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Member, value.Member.Name);
                    report(Diagnostic.Create(Descriptors.NoEffect, place.GetLocation(), facts, value.Member.Name, other.Member.Name));
                }
            }
        }

        bool IsSetHere(MemberValue value) => value.Syntax is { } set && syntax.Span.Contains(set.Span);
    }

    /// <summary>What a code fix needs to know.</summary>
    private static ImmutableDictionary<string, string?> Facts(RecordInstance instance, UsageFault fault)
    {
        ImmutableDictionary<string, string?> facts = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticFacts.Keyword, fault.Keyword);
        MemberValue? value = instance.Values.Values.FirstOrDefault(value => value.Syntax?.Span.Contains(fault.Place) == true);
        facts = facts.Add(DiagnosticFacts.Record, instance.Record.Type.ToDisplayString()).Add(DiagnosticFacts.Definition, instance.Record.Definition);
        facts = facts.AddRange(FaultFacts.Of(instance, fault));
        return value is null ? facts
            : facts.Add(DiagnosticFacts.Member, value.Member.Name).Add(DiagnosticFacts.Property, value.Member.JsonName)
                .Add(DiagnosticFacts.Unit, value.Member.IsMilliseconds ? "milliseconds" : "seconds");
    }
}
