using ChatGen.Analyzers.Diagnostics;
using ChatGen.Analyzers.Usage;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
using ChatGen.Generator.JsonSchemas;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Configuration;

/// <summary>Checks one configuration file.</summary>
/// <param name="file">What the project says of it.</param>
/// <param name="source">Its text.</param>
/// <param name="catalog">The options that it may hold.</param>
/// <param name="records">The records.</param>
/// <param name="report">Takes what is wrong.</param>
internal sealed class OptionsFileCheck(OptionsFile file, SchemaText source, OptionsCatalog catalog, RecordCatalog records, Action<Diagnostic> report)
{
    public void Run()
    {
        var problems = new JsonProblems();
        JsonNode root = JsonParser.ParseConfiguration(source, problems, out bool isWhole);
        if (problems.First is var (span, words))
        {
            Report(Descriptors.BrokenConfiguration, span, Path.GetFileName(source.Path), words);
        }
        else if (isWhole && root is JsonObjectNode members)
        {
            Check(ConfigurationNode.Read(members));
        }
        else if (isWhole)
        {
            Report(Descriptors.BrokenConfiguration, root.Span, Path.GetFileName(source.Path), "a configuration is an object");
        }
    }

    private void Check(ConfigurationNode root)
    {
        ConfigurationNode? section = file.Section.Aggregate<string, ConfigurationNode?>(root, (node, key) => node?.Find(key));
        if (section is null || section.IsNull)
        {
            return;
        }

        OptionsCatalog visible = file.Namespace is { } ns ? catalog.Within(ns) : catalog;
        if (visible.IsEmpty)
        {
            Report(Descriptors.UnknownOptions, section.Name.Span, $"No options are generated in the namespace '{file.Namespace}'; {Suggestion.For(file.Namespace!, catalog.Namespaces)}");
        }
        else if (file.Options is { } options)
        {
            Check(section, visible.OfName(options), $"No options named '{options}' are generated", options, visible.Names);
        }
        else
        {
            foreach (ConfigurationNode child in section.Children)
            {
                IReadOnlyList<INamedTypeSymbol> types = visible.OfOperation(child.Key);

                // What is no section may be anybody's.
                if (types.Count > 0 || child.Children.Count > 0)
                {
                    Check(child, types, $"'{child.Key}' is no operation with options", child.Key, visible.Operations);
                }
            }
        }
    }

    private void Check(ConfigurationNode section, IReadOnlyList<INamedTypeSymbol> types, string nobody, string name, IEnumerable<string> known)
    {
        if (types.Count == 0)
        {
            Report(Descriptors.UnknownOptions, section.Name.Span, $"{nobody}; {Suggestion.For(name, known)}");
        }
        else if (types.Count > 1)
        {
            Report(Descriptors.UnknownOptions, section.Name.Span,
                $"'{name}' is known in the namespaces {string.Join(", ", types.Select(type => $"'{type.ContainingNamespace.ToDisplayString()}'"))}; say which by the metadata 'Namespace' of the item 'ChatOptions'");
        }
        else if (!section.IsNull && records.Find(types[0]) is { } record)
        {
            var reader = new ConfigurationReader(records, (place, message) => Report(Descriptors.UnknownKey, place.Span, message));
            JsonNode value = reader.ReadRecord(section, record);
            foreach (SchemaViolation violation in new JsonSchemaEvaluator(record.Rules, record.Patterns).Evaluate(record.Subschema, value, record.Names).Violations)
            {
                Report(Descriptors.OfKeyword(violation.Keyword), violation.Place.Span, violation.Message);
            }
        }
    }

    private void Report(DiagnosticDescriptor descriptor, TextSpan span, params object[] arguments) =>
        report(Diagnostic.Create(descriptor, source.Locate(span).ToLocation(), arguments));
}
