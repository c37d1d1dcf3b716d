using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Diagnostics;

/// <summary>Collects what is wrong with one schema.</summary>
internal sealed class DiagnosticBag(SchemaText schema) : IJsonProblems
{
    private readonly List<SchemaFault> _faults = [];
    private readonly HashSet<SchemaFault> _known = [];

    /// <summary>Where a fault in a built-in base is shown: at the variant's word that extends it.</summary>
    public TextSpan BaseSpan { get; set; } = new(0, 0);

    public bool HasErrors => _faults.Exists(fault => fault.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);

    /// <summary>Whether something of a kind is reported.</summary>
    public bool Has(DiagnosticDescriptor descriptor) => _faults.Exists(fault => fault.Descriptor == descriptor);

    /// <summary>What is wrong, where it stands.</summary>
    public IReadOnlyList<SchemaFault> Faults => _faults;

    /// <summary>What is wrong, as it is shown: nothing in a file that the user does not have.</summary>
    public EquatableArray<DiagnosticInfo> Diagnostics => _faults.Select(Show).Distinct().ToEquatableArray();

    public void Add(DiagnosticDescriptor descriptor, JsonNode node, params string[] arguments) =>
        Add(descriptor, node.Source, node.Span, arguments);

    public void Add(DiagnosticDescriptor descriptor, SchemaText source, TextSpan span, params string[] arguments)
    {
        var fault = new SchemaFault(descriptor, source, span, arguments.ToEquatableArray());
        if (_known.Add(fault))
        {
            _faults.Add(fault);
        }
    }

    void IJsonProblems.Add(JsonProblem problem, SchemaText source, TextSpan span, string argument)
    {
        DiagnosticDescriptor descriptor = problem switch
        {
            JsonProblem.Empty => Descriptors.EmptyFile,
            JsonProblem.Invalid => Descriptors.InvalidJson,
            JsonProblem.TooLarge => Descriptors.TooLarge,
            _ => Descriptors.DuplicateKey,
        };
        Add(descriptor, source, span, problem == JsonProblem.Empty ? [] : [argument]);
    }

    /// <summary>A fault as it is shown; in a built-in base, at the word that extends it.</summary>
    public DiagnosticInfo Show(SchemaFault fault) => fault.Source.IsBuiltIn ? ShowAt(fault, BaseSpan) : new(fault.Descriptor, fault.Source.Locate(fault.Span), fault.Arguments);

    /// <summary>A fault shown at a place of the schema itself.</summary>
    public DiagnosticInfo ShowAt(SchemaFault fault, TextSpan place) => new(fault.Descriptor, schema.Locate(place), fault.Arguments);
}
