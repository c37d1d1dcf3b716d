using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using ChatGen.Analyzers.Usage;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ChatGen.Analyzers.Configuration;

/// <summary>Checks options in configuration files against the schema that they were generated from. What it says stands in the file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionsFileAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.MissingMember, Descriptors.UnfitMembers, Descriptors.OutOfBounds, Descriptors.WrongForm, Descriptors.NotAllowed,
        Descriptors.UnknownKey, Descriptors.UnknownOptions, Descriptors.BrokenConfiguration);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            var catalog = new Lazy<OptionsCatalog>(() => OptionsCatalog.Read(start.Compilation));
            var records = new RecordCatalog();
            start.RegisterAdditionalFileAction(file =>
            {
                if (OptionsFile.Read(file.AdditionalFile, file.Options.AnalyzerConfigOptionsProvider) is { } options
                    && !catalog.Value.IsEmpty
                    && file.AdditionalFile.GetText(file.CancellationToken) is { } text)
                {
                    var source = new SchemaText(file.AdditionalFile.Path, text.ToString(), isBuiltIn: false);
                    new OptionsFileCheck(options, source, catalog.Value, records, file.ReportDiagnostic).Run();
                }
            });
        });
    }
}
