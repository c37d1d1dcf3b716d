using ChatGen.Generator.Documents;
using ChatGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Diagnostics;

/// <summary>Collects what is wrong with one schema.</summary>
internal sealed class DiagnosticBag(SchemaText schema)
{
    private readonly List<DiagnosticInfo> _diagnostics = [];
    private readonly HashSet<DiagnosticInfo> _known = [];

    /// <summary>Where a fault in a built-in base is shown: at the variant's word that extends it.</summary>
    public TextSpan BaseSpan { get; set; } = new(0, 0);

    public bool HasErrors => _diagnostics.Any(diagnostic => diagnostic.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);

    public EquatableArray<DiagnosticInfo> Diagnostics => _diagnostics.ToEquatableArray();

    public void Add(DiagnosticDescriptor descriptor, JsonNode node, params string[] arguments) =>
        Add(descriptor, node.Source, node.Span, arguments);

    public void Add(DiagnosticDescriptor descriptor, SchemaText source, TextSpan span, params string[] arguments)
    {
        LocationInfo location = source.IsBuiltIn ? schema.Locate(BaseSpan) : source.Locate(span);
        var diagnostic = new DiagnosticInfo(descriptor, location, arguments.ToEquatableArray());
        if (_known.Add(diagnostic))
        {
            _diagnostics.Add(diagnostic);
        }
    }
}
