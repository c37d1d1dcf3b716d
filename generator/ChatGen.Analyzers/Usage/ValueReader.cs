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
    private int _nesting;

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
                // What must be there is written even so.
                return new MemberValue(member, member.Symbol.IsRequired ? new JsonNullNode(_source, syntax.Span) : null) { Syntax = syntax };
            }

            AddNull(syntax, member.Name);
            return new MemberValue(member, new JsonUnknownNode(_source, syntax.Span, mayBeAbsent: false)) { Syntax = syntax };
        }

        JsonNode value = Read(operation, member.Name, member.IsMilliseconds, member.Symbol.Type);
        value = member.Symbol.IsRequired ? Present(value) : value;
        if (member is { IsEmptyDefault: true, Default: { } other } && value is JsonStringNode { Value.Length: 0 })
        {
            value = At(other, syntax);
        }

        bool isGiven = value is not JsonUnknownNode { MayBeAbsent: true }
            || operation.SemanticModel?.GetTypeInfo(syntax, cancellationToken).Nullability.FlowState == NullableFlowState.NotNull;
        return new MemberValue(member, value) { Syntax = syntax, IsGiven = isGiven };
    }

    private void AddNull(SyntaxNode place, string name) => _faults.Add(new UsageFault(place.Span, "type", $"'{name}' must not be null"));

    private JsonNode Read(IOperation operation, string name, bool isMilliseconds, ITypeSymbol? declared)
    {
        IOperation value = Values.Unwrap(operation);
        TextSpan span = operation.Syntax.Span;
        if (value.ConstantValue is { HasValue: true, Value: { } written })
        {
            object constant = Values.Convert(written, declared);
            if (constant is double.NaN or double.PositiveInfinity or double.NegativeInfinity)
            {
                _faults.Add(new UsageFault(span, "type", $"'{name}' must be a number, but is {((double)constant).ToString(CultureInfo.InvariantCulture)}"));
            }

            return OfConstant(Values.Underlying(declared) is { TypeKind: TypeKind.Enum } enumeration ? enumeration : value.Type, constant, span) ?? Unknown(operation);
        }

        if (ReadStruct(value, isMilliseconds, span) is { } known)
        {
            return known;
        }

        switch (value)
        {
            case ILocalReferenceOperation local when Flow.ValueOf(local, cancellationToken) is { } assigned:
                return Resolve(assigned, operation, name, isMilliseconds, declared);
            case IFieldReferenceOperation field when Flow.ValueOf(field, cancellationToken) is { } assigned:
                return Resolve(assigned, operation, name, isMilliseconds, declared);
            case IObjectCreationOperation creation when IsOf(creation.Type, "System", "Uri"):
                return (JsonNode?)ReadUri(creation, span) ?? Unknown(operation);
            case IObjectCreationOperation or IWithOperation when catalog.Find(value.Type) is not null:
                return (JsonNode?)ReadRecord(value) ?? Unknown(operation);
            case IObjectCreationOperation { Initializer: var initializer } creation when IsOf(value.Type, "System.Text.Json.Nodes", "JsonObject") && HasNoArguments(creation):
                return ReadEntries(initializer, span, null, name, false);
            case IObjectCreationOperation { Initializer: var initializer } creation when IsOf(value.Type, "System.Text.Json.Nodes", "JsonArray"):
                return (JsonNode?)ReadJsonArray(creation, initializer, span, name) ?? Unknown(operation);
            case IObjectCreationOperation { Initializer: var initializer, Arguments.IsEmpty: true } when IsOf(value.Type, "System.Collections.Generic", "Dictionary"):
                return ReadEntries(initializer, span, ElementOf(declared), name, isMilliseconds);
            case IObjectCreationOperation { Initializer: var initializer, Arguments.IsEmpty: true } when IsOf(value.Type, "System.Collections.Generic", "List"):
                return ReadAdded(initializer, span, name, isMilliseconds, ElementOf(declared));
            case IArrayCreationOperation { Initializer.ElementValues: var elements }:
                return ReadItems(elements, false, span, name, isMilliseconds, ElementOf(declared));
            case IConversionOperation { OperatorMethod: not null, Operand: var operand } when IsOf(value.Type, "System.Text.Json.Nodes", "JsonNode"):
                return Read(operand, name, false, operand.Type);
        }

        if (value.Syntax is CollectionExpressionSyntax collection)
        {
            return ReadCollection(collection, value.SemanticModel, span, name, isMilliseconds, ElementOf(declared));
        }

        if (IsService(value.Type) && Values.IsNeverNull(value))
        {
            // The runtime shows it to the rules as an object.
            return new JsonObjectNode(_source, span, []);
        }

        return Unknown(operation);
    }

    /// <summary>A value that stands elsewhere, marked where it is used. What others can change meanwhile is not known.</summary>
    private JsonNode Resolve(IOperation assigned, IOperation use, string name, bool isMilliseconds, ITypeSymbol? declared)
    {
        if (catalog.Find(assigned.Type) is not null || assigned.ConstantValue is { HasValue: true, Value: null })
        {
            return Unknown(use);
        }

        var reader = new ValueReader(catalog, instances, tree, cancellationToken);
        JsonNode value = reader.Read(assigned, name, isMilliseconds, declared);
        if (assigned.ConstantValue.HasValue)
        {
            _faults.AddRange(reader.Faults.Select(fault => fault with { Place = use.Syntax.Span }));
        }

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

    /// <summary>The declared type of items or of entries, which knows more of null than what is written; null for JSON.</summary>
    private static ITypeSymbol? ElementOf(ITypeSymbol? declared) => (declared as INamedTypeSymbol)?.TypeArguments.LastOrDefault();

    private static bool MustNotBeNull(ITypeSymbol? declared) =>
        declared is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated } && !IsOf(declared, "System.Text.Json.Nodes", "JsonNode");

    /// <summary>A null among items or entries; where there must be none, nothing else is said of it.</summary>
    private JsonNode Null(SyntaxNode place, string name, ITypeSymbol? declared)
    {
        // Deeper ones are a matter of the JSON, as they are to Validate().
        if (!MustNotBeNull(declared) || _nesting > 1)
        {
            return new JsonNullNode(_source, place.Span);
        }

        AddNull(place, name);
        return new JsonUnknownNode(_source, place.Span, mayBeAbsent: false);
    }

    /// <summary>The entries of a dictionary or of a JSON object.</summary>
    private JsonObjectNode ReadEntries(IObjectOrCollectionInitializerOperation? initializer, TextSpan span, ITypeSymbol? declared, string name, bool isMilliseconds)
    {
        var members = new Dictionary<string, JsonMember>(StringComparer.Ordinal);
        bool isOpen = false;
        _nesting++;
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
            members[text] = new JsonMember(text, new JsonStringNode(_source, key.Syntax.Span, text), IsNull(value) ? Null(value.Syntax, inner, declared) : Present(Read(value, inner, isMilliseconds, declared)));
        }

        _nesting--;
        return new JsonObjectNode(_source, span, [.. members.Values]) { IsOpen = isOpen };
    }

    private static bool HasNoArguments(IObjectCreationOperation creation) => creation.Arguments.All(argument => argument.ArgumentKind == ArgumentKind.DefaultValue);

    /// <summary>A JSON array of what its constructor is given and of what is added; null if that is not known.</summary>
    private JsonArrayNode? ReadJsonArray(IObjectCreationOperation creation, IObjectOrCollectionInitializerOperation? initializer, TextSpan span, string name)
    {
        // Items are an array or, in newer versions of the runtime, a span, which Roslyn 4.8 has no operation for.
        var items = new List<IOperation>();
        if (creation.Constructor?.Parameters is [{ IsParams: true }] && creation is { SemanticModel: { } model, Syntax: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments } })
        {
            if (creation.Arguments is [{ ArgumentKind: ArgumentKind.Explicit }])
            {
                return null;
            }

            items.AddRange(arguments.Select(argument => Values.Of(argument.Expression, model, cancellationToken)).OfType<IOperation>());
        }
        else if (!HasNoArguments(creation))
        {
            return null;
        }

        return ReadAdded(initializer, span, name, false, null, items);
    }

    private JsonArrayNode ReadAdded(IObjectOrCollectionInitializerOperation? initializer, TextSpan span, string name, bool isMilliseconds, ITypeSymbol? declared, IEnumerable<IOperation>? first = null)
    {
        var items = new List<IOperation>(first ?? []);
        foreach (IOperation entry in initializer?.Initializers ?? Enumerable.Empty<IOperation>())
        {
            if (entry is not IInvocationOperation { TargetMethod.Name: "Add", Arguments: [{ Value: { } item }] })
            {
                return new JsonArrayNode(_source, span, []) { IsOpen = true };
            }

            items.Add(item);
        }

        return ReadItems(items, false, span, name, isMilliseconds, declared);
    }

    /// <summary>A collection expression, which Roslyn 4.8 has no operation for.</summary>
    private JsonArrayNode ReadCollection(CollectionExpressionSyntax collection, SemanticModel? model, TextSpan span, string name, bool isMilliseconds, ITypeSymbol? declared)
    {
        var items = new List<IOperation>();
        foreach (CollectionElementSyntax element in collection.Elements)
        {
            if (element is not ExpressionElementSyntax { Expression: { } expression } || model is null || Values.Of(expression, model, cancellationToken) is not { } operation)
            {
                // What follows a spread may stand anywhere.
                return ReadItems(items, true, span, name, isMilliseconds, declared);
            }

            items.Add(operation);
        }

        return ReadItems(items, false, span, name, isMilliseconds, declared);
    }

    private JsonArrayNode ReadItems(IReadOnlyList<IOperation> items, bool isOpen, TextSpan span, string name, bool isMilliseconds, ITypeSymbol? declared)
    {
        var nodes = new List<JsonNode>();
        _nesting++;
        for (int i = 0; i < items.Count; i++)
        {
            string inner = $"{name}[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (IsNull(items[i]))
            {
                nodes.Add(Null(items[i].Syntax, inner, declared));
            }
            else
            {
                nodes.Add(Present(Read(items[i], inner, isMilliseconds, declared)));
            }
        }

        _nesting--;
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
            float number when !float.IsNaN(number) && !float.IsInfinity(number) => new JsonNumberNode(_source, span, number.ToString("R", CultureInfo.InvariantCulture)),
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
        IsOf(type, "ChatGen", "IChatTransport") || IsOf(type, "ChatGen", "IChatStateStorage") || IsOf(type, "ChatGen", "ChatFile") || IsOf(type, "Microsoft.Extensions.Logging", "ILogger");

    private static bool IsOf(ITypeSymbol? type, string ns, string name) => type is not null && type.Name == name && type.ContainingNamespace?.ToDisplayString() == ns;
}
