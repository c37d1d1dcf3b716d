using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Usage;

/// <summary>Expressions that make records to what the code tells of them.</summary>
internal sealed class InstanceReader(RecordCatalog catalog, CancellationToken cancellationToken)
{
    // Records within records, and locals that lead to others.
    private const int MaxDepth = 20;

    private int _depth;

    /// <summary>What an expression makes; null if it makes no record or nothing is known of it.</summary>
    public RecordInstance? Read(IOperation operation)
    {
        if (_depth >= MaxDepth)
        {
            return null;
        }

        _depth++;
        try
        {
            return Values.Unwrap(operation) switch
            {
                IObjectCreationOperation creation when catalog.Find(creation.Type) is { } record => ReadCreation(record, creation),
                IWithOperation with when catalog.Find(with.Type) is { } record => ReadCopy(record, with),
                ILocalReferenceOperation local when catalog.Find(local.Type) is not null && Flow.ValueOf(local, cancellationToken) is { } value => Freeze(Read(value)),
                IFieldReferenceOperation field when catalog.Find(field.Type) is not null && Flow.ValueOf(field, cancellationToken) is { } value => Freeze(Read(value)),
                _ => null,
            };
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>What the arguments of a command become.</summary>
    public RecordInstance? Read(IInvocationOperation call)
    {
        // Attributes of every method that is called anywhere would cost.
        if (call.TargetMethod.ContainingType?.BaseType?.Name != "ChatSessionCore"
            || RecordCatalog.Attribute(call.TargetMethod, "ChatCommandAttribute") is not { ConstructorArguments: [{ Value: INamedTypeSymbol type }, { } names] }
            || catalog.Find(type) is not { } record)
        {
            return null;
        }

        IReadOnlyList<string> members = RecordCatalog.Texts(names);
        var given = new Dictionary<string, IOperation>(StringComparer.Ordinal);
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Ordinal: var ordinal } && ordinal < members.Count)
            {
                given[members[ordinal]] = argument.Value;
            }
        }

        return Create(record, call.Syntax, PlaceOf(call.Syntax), given, (member, _) => Unset(record, member, call.Syntax, isRequired: false), null);
    }

    private RecordInstance ReadCreation(RecordInfo record, IObjectCreationOperation creation) => Create(
        record, creation.Syntax, PlaceOf(creation.Syntax), Assigned(creation.Initializer),
        (member, _) => Unset(record, member, creation.Syntax, member.Symbol.IsRequired || record.HasOwnConstructor || !creation.Arguments.IsEmpty), null);

    private RecordInstance ReadCopy(RecordInfo record, IWithOperation with)
    {
        RecordInstance? original = Read(with.Operand);
        return Create(record, with.Syntax, PlaceOf(with.Syntax), Assigned(with.Initializer), (member, node) => original?.Values[member.Name] ?? Unknown(member, with.Syntax), original);
    }

    private RecordInstance Create(
        RecordInfo record, SyntaxNode syntax, TextSpan place, Dictionary<string, IOperation> given, Func<RecordMember, SyntaxNode, MemberValue> unset, RecordInstance? original)
    {
        var reader = new ValueReader(catalog, this, syntax.SyntaxTree, cancellationToken);
        MemberValue[] values =
        [
            .. record.Members.Select(member => member.IsReadOnly ? new MemberValue(member, null)
                : given.TryGetValue(member.Name, out IOperation? value) ? reader.ReadMember(member, value)
                : unset(member, syntax)),
        ];
        return RecordInstance.Create(record, syntax.SyntaxTree, place, values) with
        {
            Base = original,
            Inner = [.. reader.Inner, .. original?.Inner ?? []],
            Faults = reader.Faults,
        };
    }

    private static Dictionary<string, IOperation> Assigned(IObjectOrCollectionInitializerOperation? initializer)
    {
        var assigned = new Dictionary<string, IOperation>(StringComparer.Ordinal);
        foreach (IOperation operation in initializer?.Initializers ?? Enumerable.Empty<IOperation>())
        {
            switch (operation)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property }, Value: { } value }:
                    assigned[property.Name] = value;
                    break;
                case IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property: { } property } }:
                    // It changes what is there already.
                    assigned[property.Name] = operation;
                    break;
            }
        }

        return assigned;
    }

    /// <summary>The value of a member that nobody sets; unknown if something that is not seen may have set it.</summary>
    private static MemberValue Unset(RecordInfo record, RecordMember member, SyntaxNode syntax, bool isRequired) =>
        (isRequired && member.Default is null) || (record.HasOwnConstructor && isRequired) ? Unknown(member, syntax)
        : member.Default is { } value ? new MemberValue(member, ValueReader.At(value, syntax))
        : member.Symbol.Type is { IsValueType: true } && !member.IsNullable ? Unknown(member, syntax)
        : new MemberValue(member, null);

    private static MemberValue Unknown(RecordMember member, SyntaxNode syntax) =>
        new(member, new JsonUnknownNode(SyntaxSource.Of(syntax.SyntaxTree), PlaceOf(syntax), mayBeAbsent: member.IsNullable || !member.Symbol.Type.IsValueType));

    /// <summary>What else holds a list can have changed it since.</summary>
    private static RecordInstance? Freeze(RecordInstance? instance)
    {
        if (instance is null)
        {
            return null;
        }

        MemberValue[] values = [.. instance.Values.Values.Select(value => value.Json is JsonArrayNode or JsonObjectNode && instance.Inner.All(inner => inner.Node != value.Json)
            ? value with { Json = new JsonUnknownNode(value.Json.Source, value.Json.Span, mayBeAbsent: false) }
            : value)];
        return instance with { Values = values.ToDictionary(value => value.Member.Name, StringComparer.Ordinal) };
    }

    /// <summary>What is marked where the whole is wrong: what makes the record, without its members.</summary>
    public static TextSpan PlaceOf(SyntaxNode syntax) => syntax switch
    {
        ObjectCreationExpressionSyntax creation => TextSpan.FromBounds(creation.SpanStart, creation.ArgumentList?.Span.End ?? creation.Type.Span.End),
        ImplicitObjectCreationExpressionSyntax creation => TextSpan.FromBounds(creation.SpanStart, creation.ArgumentList.Span.End),
        WithExpressionSyntax with => with.WithKeyword.Span,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.Span,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax access } => access.Name.Span,
        InvocationExpressionSyntax call => call.Expression.Span,
        _ => syntax.Span,
    };
}
