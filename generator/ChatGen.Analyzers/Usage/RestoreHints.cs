using System.Collections.Concurrent;
using ChatGen.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.Usage;

/// <summary>What starting and restoring a session are given differently, over a whole compilation. Thread-safe.</summary>
internal sealed class RestoreHints(RecordCatalog catalog)
{
    private readonly ConcurrentDictionary<(ISymbol Start, string Member), bool> _started = new();
    private readonly ConcurrentBag<(ISymbol Start, string Member, Location Place)> _lacking = [];

    /// <summary>Takes options that are made.</summary>
    public void Add(RecordInstance instance, SyntaxTree tree)
    {
        foreach (MemberValue value in instance.Values.Values.Where(value => value.Member.IsSameAtRestore))
        {
            if (instance.Record.Start is { } start && value.IsDefault)
            {
                _lacking.Add((start, value.Member.Name, Location.Create(tree, instance.Node.Span)));
            }
            else if (instance.Record.Start is null && value.Syntax is not null && !value.IsDefault && value.IsGiven)
            {
                _started[(instance.Record.Type, value.Member.Name)] = true;
            }
        }
    }

    /// <summary>Takes a call that may restore a session with the options that it has when it is given none.</summary>
    public void Add(IInvocationOperation call)
    {
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value.ConstantValue is { HasValue: true, Value: null } && catalog.Find(argument.Parameter?.Type) is { Start: { } start } record)
            {
                foreach (RecordMember member in record.Members.Where(member => member.IsSameAtRestore))
                {
                    _lacking.Add((start, member.Name, Location.Create(call.Syntax.SyntaxTree, InstanceReader.PlaceOf(call.Syntax))));
                }
            }
        }
    }

    /// <summary>Says where something is missing that sessions are started with.</summary>
    public void Report(Action<Diagnostic> report)
    {
        foreach ((ISymbol start, string member, Location place) in _lacking.Where(lacking => _started.ContainsKey((lacking.Start, lacking.Member))))
        {
            report(Diagnostic.Create(Descriptors.OtherAtRestore, place, start.Name, member));
        }
    }
}
