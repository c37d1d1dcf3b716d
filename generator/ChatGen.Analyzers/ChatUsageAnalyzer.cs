using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ChatGen.Analyzers;

/// <summary>Checks how generated options are used: constant values and whole initialisers, against the schema that they were generated from.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChatUsageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(
        Descriptors.MissingMember, Descriptors.UnfitMembers, Descriptors.OutOfBounds, Descriptors.WrongForm, Descriptors.NotAllowed, Descriptors.Null,
        Descriptors.NoEffect, Descriptors.OtherAtRestore);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
    }
}
