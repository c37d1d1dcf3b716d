using System.Globalization;
using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Usage;

/// <summary>The values of one record's members as JSON, as the runtime would write them; what is not constant is unknown.</summary>
/// <param name="catalog">The records.</param>
/// <param name="instances">Reads records among the values.</param>
/// <param name="tree">The code.</param>
/// <param name="cancellationToken">Ends the reading.</param>
internal sealed class ValueReader(RecordCatalog catalog, InstanceReader instances, SyntaxTree tree, CancellationToken cancellationToken)
{
    private readonly List<RecordInstance> _inner = [];
    private readonly List<UsageFault> _faults = [];
    private readonly SchemaText _source = SyntaxSource.Of(tree);

    /// <summary>The records that were met.</summary>
    public IReadOnlyList<RecordInstance> Inner => _inner;

    /// <summary>What C# values can be and JSON values cannot.</summary>
    public IReadOnlyList<UsageFault> Faults => _faults;

    /// <summary>A JSON value at another place.</summary>
    public static JsonNode At(JsonNode value, SyntaxNode syntax) => At(value, SyntaxSource.Of(syntax.SyntaxTree), syntax.Span);

    /// <summary>The value of a member that is set.</summary>
    public MemberValue ReadMember(RecordMember member, IOperation operation)
    {
        SyntaxNode syntax = operation.Syntax;
        if (IsNull(operation))
        {
            if (member.IsEmptyDefault && member.Default is { } standard)
            {
                return new MemberValue(member, At(standard, syntax)) { Syntax = syntax };
            }

            if (member.IsNullable || member.Symbol.Type.IsValueType || IsOf(member.Symbol.Type, "System.Text.Json.Nodes", "JsonNode"))
            {
                return new MemberValue(member, null) { Syntax = syntax };
            }

            AddNull(syntax, member.Name);
            return new MemberValue(member, new JsonUnknownNode(_source, syntax.Span, mayBeAbsent: false)) { Syntax = syntax };
        }

        JsonNode value = Read(operation, member.Name, member.IsMilliseconds);
        if (member is { IsEmptyDefault: true, Default: { } other } && value is JsonStringNode { Value.Length: 0 })
        {
            value = At(other, syntax);
        }

        bool isGiven = value is not JsonUnknownNode { MayBeAbsent: true }
            || operation.SemanticModel?.GetTypeInfo(syntax, cancellationToken).Nullability.FlowState == NullableFlowState.NotNull;
        return new MemberValue(member, value) { Syntax = syntax, IsGiven = isGiven };
    }

    private void AddNull(SyntaxNode place, string name) => _faults.Add(new UsageFault(place.Span, "type", $"'{name}' must not be null"));

    private JsonNode Read(IOperation operation, string name, bool isMilliseconds)
    {
        IOperation value = Values.Unwrap(operation);
        TextSpan span = operation.Syntax.Span;
        if (value.ConstantValue is { HasValue: true, Value: { } constant })
        {
            if (constant is double.NaN or double.PositiveInfinity or double.NegativeInfinity)
            {
                _faults.Add(new UsageFault(span, "type", $"'{name}' must be a number, but is {((double)constant).ToString(CultureInfo.InvariantCulture)}"));
            }

            return OfConstant(value.Type, constant, span) ?? Unknown(operation);
        }

        if (ReadStruct(value, isMilliseconds, span) is { } known)
        {
            return known;
        }

        switch (value)
        {
            case ILocalReferenceOperation local when Flow.ValueOf(local, cancellationToken) is { } assigned:
                return Resolve(assigned, operation, name, isMilliseconds);
            case IFieldReferenceOperation field when Flow.ValueOf(field, cancellationToken) is { } assigned:
                return Resolve(assigned, operation, name, isMilliseconds);
            case IObjectCreationOperation creation when IsOf(creation.Type, "System", "Uri"):
                return (JsonNode?)ReadUri(creation, span) ?? Unknown(operation);
            case IObjectCreationOperation or IWithOperation when catalog.Find(value.Type) is not null:
                return (JsonNode?)ReadRecord(value) ?? Unknown(operation);
            case IObjectCreationOperation { Initializer: var initializer, Arguments.IsEmpty: true } when IsOf(value.Type, "System.Text.Json.Nodes", "JsonObject"):
                return ReadEntries(initializer, span, isJson: true, name);
            case IObjectCreationOperation { Initializer: var initializer, Arguments.IsEmpty: true } when IsOf(value.Type, "System.Collections.Generic", "Dictionary"):
                return ReadEntries(initializer, span, isJson: false, name);
            case IObjectCreationOperation { Initializer: var initializer, Arguments.IsEmpty: true } when IsOf(value.Type, "System.Collections.Generic", "List"):
                return ReadAdded(initializer, span, name);
            case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                return ReadItems(elements, false, span, name);
            case IConversionOperation { OperatorMethod: not null, Operand: var operand } when IsOf(value.Type, "System.Text.Json.Nodes", "JsonNode"):
                return Values.Unwrap(operand).ConstantValue is { HasValue: true, Value: { } plain } ? OfConstant(operand.Type, plain, span) ?? Unknown(operation) : Unknown(operation);
        }

        if (value.Syntax is CollectionExpressionSyntax collection)
        {
            return ReadCollection(collection, value.SemanticModel, span, name);
        }

        if (IsService(value.Type) && Values.IsNeverNull(value))
        {
            // The runtime shows it to the rules as an object.
            return new JsonObjectNode(_source, span, []);
        }

        return Unknown(operation);
    }

    /// <summary>A value that stands elsewhere, marked where it is used. What others can change meanwhile is not known.</summary>
    private JsonNode Resolve(IOperation assigned, IOperation use, string name, bool isMilliseconds)
    {
        if (catalog.Find(assigned.Type) is not null || assigned.ConstantValue is { HasValue: true, Value: null })
        {
            return Unknown(use);
        }

        JsonNode value = new ValueReader(catalog, instances, tree, cancellationToken).Read(assigned, name, isMilliseconds);
        return value is JsonStringNode or JsonNumberNode or JsonBooleanNode ? At(value, _source, use.Syntax.Span) : Unknown(use);
    }

    private JsonNode? ReadStruct(IOperation value, bool isMilliseconds, TextSpan span)
    {
        if (IsOf(value.Type, "System", "TimeSpan") && ConstantStructs.Ticks(value) is long ticks)
        {
            var time = new TimeSpan(ticks);
            return Number(isMilliseconds ? time.TotalMilliseconds : time.TotalSeconds, span);
        }

        if (IsOf(value.Type, "System", "Guid") && ConstantStructs.Uuid(value) is { } uuid)
        {
            return new JsonStringNode(_source, span, uuid.ToString("D"));
        }

        return IsOf(value.Type, "System", "DateTimeOffset") && ConstantStructs.Time(value) is { } moment ? new JsonStringNode(_source, span, ConstantStructs.Text(moment)) : null;
    }

    private JsonStringNode? ReadUri(IObjectCreationOperation creation, TextSpan span) =>
        creation.Arguments.Length is 1 or 2 && creation.Arguments[0].Parameter is { Ordinal: 0, Type.SpecialType: SpecialType.System_String }
            && Values.Unwrap(creation.Arguments[0].Value).ConstantValue is { HasValue: true, Value: string text }
            && (creation.Arguments.Length == 1 || creation.Arguments[1].Parameter?.Type.Name == "UriKind")
            ? new JsonStringNode(_source, span, text)
            : null;

    private JsonObjectNode? ReadRecord(IOperation value)
    {
        if (instances.Read(value) is not { } instance)
        {
            return null;
        }

        _inner.Add(instance);
        return instance.Node;
    }

    /// <summary>The entries of a dictionary or of a JSON object.</summary>
    private JsonObjectNode ReadEntries(IObjectOrCollectionInitializerOperation? initializer, TextSpan span, bool isJson, string name)
    {
        var members = new Dictionary<string, JsonMember>(StringComparer.Ordinal);
        bool isOpen = false;
        foreach (IOperation entry in initializer?.Initializers ?? Enumerable.Empty<IOperation>())
        {
            (IOperation? key, IOperation? value) = entry switch
            {
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [{ Value: { } index }] }, Value: { } assigned } => (index, assigned),
                IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: { } first }, { Value: { } second }] } => (first, second),
                _ => (null, null),
            };
            if (key is null || value is null || Values.Unwrap(key).ConstantValue is not { HasValue: true, Value: string text })
            {
                isOpen = true;
                continue;
            }

            string inner = $"{name}.{text}";
            if (IsNull(value) && !isJson && !MayBeNull(entry))
            {
                AddNull(value.Syntax, inner);
            }

            members[text] = new JsonMember(text, new JsonStringNode(_source, key.Syntax.Span, text), IsNull(value) ? new JsonNullNode(_source, value.Syntax.Span) : Present(Read(value, inner, false)));
        }

        return new JsonObjectNode(_source, span, [.. members.Values]) { IsOpen = isOpen };

        static bool MayBeNull(IOperation entry) => entry switch
        {
            ISimpleAssignmentOperation { Target.Type: var type } => IsNullable(type),
            IInvocationOperation { TargetMethod.Parameters: [_, { Type: var type }] } => IsNullable(type),
            _ => true,
        };
    }

    private JsonArrayNode ReadAdded(IObjectOrCollectionInitializerOperation? initializer, TextSpan span, string name)
    {
        var items = new List<IOperation>();
        foreach (IOperation entry in initializer?.Initializers ?? Enumerable.Empty<IOperation>())
        {
            if (entry is not IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: { } item }] })
            {
                return new JsonArrayNode(_source, span, []) { IsOpen = true };
            }

            items.Add(item);
        }

        return ReadItems(items, false, span, name);
    }

    /// <summary>A collection expression, which Roslyn 4.8 has no operation for.</summary>
    private JsonArrayNode ReadCollection(CollectionExpressionSyntax collection, SemanticModel? model, TextSpan span, string name)
    {
        var items = new List<IOperation>();
        foreach (CollectionElementSyntax element in collection.Elements)
        {
            if (element is not ExpressionElementSyntax { Expression: { } expression } || model?.GetOperation(expression, cancellationToken) is not { } operation)
            {
                // What follows a spread may stand anywhere.
                return ReadItems(items, true, span, name);
            }

            items.Add(operation.Parent is IConversionOperation { IsImplicit: true } conversion && conversion.Syntax == operation.Syntax ? conversion : operation);
        }

        return ReadItems(items, false, span, name);
    }

    private JsonArrayNode ReadItems(IReadOnlyList<IOperation> items, bool isOpen, TextSpan span, string name)
    {
        var nodes = new List<JsonNode>();
        for (int i = 0; i < items.Count; i++)
        {
            string inner = $"{name}[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (IsNull(items[i]))
            {
                if (items[i].Type is { IsReferenceType: true } type && !IsNullable(type) && !IsOf(type, "System.Text.Json.Nodes", "JsonNode"))
                {
                    AddNull(items[i].Syntax, inner);
                }

                nodes.Add(new JsonNullNode(_source, items[i].Syntax.Span));
            }
            else
            {
                nodes.Add(Present(Read(items[i], inner, false)));
            }
        }

        return new JsonArrayNode(_source, span, nodes) { IsOpen = isOpen };
    }

    /// <summary>An item or an entry is there, though its value may be null.</summary>
    private static JsonNode Present(JsonNode value) => value is JsonUnknownNode { MayBeAbsent: true } ? new JsonUnknownNode(value.Source, value.Span, mayBeAbsent: false) : value;

    private JsonNode? OfConstant(ITypeSymbol? type, object value, TextSpan span)
    {
        if (catalog.FindValues(type) is { } names && value is int index)
        {
            return new JsonStringNode(_source, span, index >= 0 && index < names.Count ? names[index] : index.ToString(CultureInfo.InvariantCulture));
        }

        return value switch
        {
            string text => new JsonStringNode(_source, span, text),
            bool flag => new JsonBooleanNode(_source, span, flag),
            double number => Number(number, span),
            float number => Number(number, span),
            decimal number => new JsonNumberNode(_source, span, number.ToString(CultureInfo.InvariantCulture)),
            sbyte or byte or short or ushort or int or uint or long or ulong => new JsonNumberNode(_source, span, Convert.ToString(value, CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    private JsonNumberNode? Number(double value, TextSpan span) =>
        double.IsNaN(value) || double.IsInfinity(value) ? null : new JsonNumberNode(_source, span, value.ToString("R", CultureInfo.InvariantCulture));

    private JsonUnknownNode Unknown(IOperation operation) => new(_source, operation.Syntax.Span, mayBeAbsent: !Values.IsNeverNull(operation));

    private static JsonNode At(JsonNode value, SchemaText source, TextSpan span) => value switch
    {
        JsonStringNode text => new JsonStringNode(source, span, text.Value),
        JsonNumberNode number => new JsonNumberNode(source, span, number.Text),
        JsonBooleanNode flag => new JsonBooleanNode(source, span, flag.Value),
        JsonNullNode => new JsonNullNode(source, span),
        _ => new JsonUnknownNode(source, span, mayBeAbsent: false),
    };

    private static bool IsNull(IOperation operation)
    {
        IOperation value = Values.Unwrap(operation);
        return value.ConstantValue is { HasValue: true, Value: null }
            || (value is IDefaultValueOperation && (value.Type is { IsReferenceType: true } || IsNullable(value.Type)));
    }

    private static bool IsNullable(ITypeSymbol? type) => type is { NullableAnnotation: NullableAnnotation.Annotated } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };

    private static bool IsService(ITypeSymbol? type) => type is not null
        && (IsOneOf(type) || type.AllInterfaces.Any(IsOneOf));

    private static bool IsOneOf(ITypeSymbol type) =>
        IsOf(type, "ChatGen", "IChatTransport") || IsOf(type, "ChatGen", "IChatStateStorage") || IsOf(type, "Microsoft.Extensions.Logging", "ILogger");

    private static bool IsOf(ITypeSymbol? type, string ns, string name) => type is not null && type.Name == name && type.ContainingNamespace?.ToDisplayString() == ns;
}
