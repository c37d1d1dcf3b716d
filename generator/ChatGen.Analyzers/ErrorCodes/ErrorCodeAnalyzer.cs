using System.Collections.Immutable;
using ChatGen.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>Checks how error codes are compared, against the codes of the schemas: what a switch leaves out, and codes that never come.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ErrorCodeAnalyzer : DiagnosticAnalyzer
{
    private const int MaxListed = 30;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.MissingCodes, Descriptors.UnknownCode);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (ErrorCodeCatalog.Read(start.Compilation) is not { } catalog)
            {
                return;
            }

            start.RegisterOperationAction(context => CheckSwitch(context, catalog), OperationKind.Switch, OperationKind.SwitchExpression);
            start.RegisterOperationAction(
                context => CheckConstants(context, catalog),
                OperationKind.Binary, OperationKind.ObjectCreation, OperationKind.Invocation, OperationKind.IsPattern, OperationKind.PropertySubpattern);
        });
    }

    private static void CheckSwitch(OperationAnalysisContext context, ErrorCodeCatalog catalog)
    {
        (IOperation value, IReadOnlyList<SwitchArm>? arms) = context.Operation switch
        {
            ISwitchOperation statement => (statement.Value, SwitchArm.Of(statement)),
            ISwitchExpressionOperation expression => (expression.Value, SwitchArm.Of(expression)),
            _ => (context.Operation, null),
        };
        if (CodeProperty.Of(value) is not { } member)
        {
            return;
        }

        foreach (IOperation label in Labels(context.Operation))
        {
            ReportUnknown(context, catalog, label);
        }

        // Over object, the type of a constant counts besides its value.
        if (arms is not null && value.Type?.SpecialType != SpecialType.System_Object && SwitchCoverage.Missing(catalog, member, arms) is ({ } schema, { Count: > 0 } missing))
        {
            SyntaxToken keyword = context.Operation.Syntax switch
            {
                SwitchStatementSyntax statement => statement.SwitchKeyword,
                SwitchExpressionSyntax expression => expression.SwitchKeyword,
                SyntaxNode other => other.GetFirstToken(),
            };
            string listed = string.Join(", ", missing.Take(MaxListed).Select(code => $"'{code.Name}'")) + (missing.Count > MaxListed ? ", …" : "");
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.MissingCodes, keyword.GetLocation(), MissingCodes.Write(schema, missing), listed));
        }
    }

    private static void CheckConstants(OperationAnalysisContext context, ErrorCodeCatalog catalog)
    {
        bool ignoresCase = false;
        IEnumerable<IOperation> constants = context.Operation switch
        {
            IBinaryOperation comparison => ComparedCodes.Of(comparison),
            IObjectCreationOperation creation => ComparedCodes.Of(creation),
            IInvocationOperation call => ComparedCodes.Of(call, out ignoresCase),
            IIsPatternOperation match when CodeProperty.Of(match.Value) is not null => CodePattern.Constants(match.Pattern),
            IPropertySubpatternOperation subpattern when CodeProperty.Of(subpattern.Member) is not null => CodePattern.Constants(subpattern.Pattern),
            _ => [],
        };
        foreach (IOperation constant in constants)
        {
            ReportUnknown(context, catalog, constant, ignoresCase);
        }
    }

    private static void ReportUnknown(OperationAnalysisContext context, ErrorCodeCatalog catalog, IOperation constant, bool ignoresCase = false)
    {
        if (CodeProperty.Constant(constant) is { } value && (ignoresCase ? catalog.IsUnexpectedInAnyCase(value) : catalog.IsUnexpected(value)))
        {
            string hint = NearestCode.Hint(value, catalog.Schemas.SelectMany(schema => schema.Codes));
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnknownCode, constant.Syntax.GetLocation(), value, hint));
        }
    }

    private static IEnumerable<IOperation> Labels(IOperation operation) => operation switch
    {
        ISwitchOperation statement => statement.Cases.SelectMany(section => section.Clauses).SelectMany(clause => clause switch
        {
            ISingleValueCaseClauseOperation single => [single.Value],
            IPatternCaseClauseOperation pattern => CodePattern.Constants(pattern.Pattern),
            _ => (IEnumerable<IOperation>)[],
        }),
        ISwitchExpressionOperation expression => expression.Arms.SelectMany(arm => CodePattern.Constants(arm.Pattern)),
        _ => [],
    };
}
