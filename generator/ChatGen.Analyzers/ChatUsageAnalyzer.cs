using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using ChatGen.Analyzers.Usage;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers;

/// <summary>Checks how generated options are used: constant values and whole initialisers, against the schema that they were generated from.</summary>
/// <remarks>What is not constant is left to <c>Validate()</c>, which the client calls before it sends anything.</remarks>
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
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName("ChatGen.ChatRecordAttribute") is null)
        {
            return;
        }

        var catalog = new RecordCatalog();
        var hints = new RestoreHints(catalog);
        context.RegisterOperationAction(operation => CheckCreation(operation, catalog, hints), OperationKind.ObjectCreation, OperationKind.With);
        context.RegisterOperationAction(operation => CheckCall(operation, catalog, hints), OperationKind.Invocation);
        context.RegisterCompilationEndAction(end => hints.Report(end.ReportDiagnostic));
    }

    private static void CheckCreation(OperationAnalysisContext context, RecordCatalog catalog, RestoreHints hints)
    {
        if (catalog.Find(context.Operation.Type) is not null && new InstanceReader(catalog, context.CancellationToken).Read(context.Operation) is { } instance)
        {
            hints.Add(instance, context.Operation.Syntax.SyntaxTree);
            InitializerCheck.Report(instance, context.Operation, context.ReportDiagnostic);
        }
    }

    private static void CheckCall(OperationAnalysisContext context, RecordCatalog catalog, RestoreHints hints)
    {
        var call = (IInvocationOperation)context.Operation;
        hints.Add(call);
        if (new InstanceReader(catalog, context.CancellationToken).Read(call) is { } instance)
        {
            InitializerCheck.Report(instance, call, context.ReportDiagnostic);
        }
    }
}
