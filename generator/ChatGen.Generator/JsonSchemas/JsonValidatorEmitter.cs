using System.Globalization;
using ChatGen.Generator.Emit;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// The class of a validator: a method for each subschema, and a second one that also collects what is evaluated where an <c>unevaluated*</c> asks for it. The same methods
/// fail fast and collect failures, see the runtime's <c>JsonFailures</c>.
/// </summary>
internal sealed class JsonValidatorEmitter
{
    private const string Element = "global::System.Text.Json.JsonElement";
    private const string Evaluation = "global::ChatGen.JsonSchemas.JsonEvaluation";
    private const string Failures = "global::ChatGen.JsonSchemas.JsonFailures";
    private const string FailureList = "global::System.Collections.Generic.List<global::ChatGen.ChatValidationFailure>?";

    private readonly JsonSchemaModel _model;
    private readonly SourceWriter _writer;
    private readonly ValidatorFields _fields = new();
    private readonly bool[] _mayTimeOut;
    private readonly HashSet<(int Number, bool Collects)> _known = [];
    private readonly Queue<(int Number, bool Collects)> _pending = new();

    private JsonValidatorEmitter(JsonSchemaModel model, SourceWriter writer)
    {
        _model = model;
        _writer = writer;
        _mayTimeOut = PatternReach.Of(model);
    }

    /// <summary>Emits the class.</summary>
    /// <param name="model">The schemas.</param>
    /// <param name="ns">A namespace.</param>
    /// <param name="className">The name of the class.</param>
    /// <param name="names">For each root, the name of the method that collects its failures.</param>
    /// <param name="emitsVerdict">Whether there is an <c>IsValid</c> of the first root too.</param>
    /// <param name="members">For each root, how its instances and their members are called in messages; null for their names in JSON.</param>
    public static string Emit(JsonSchemaModel model, string ns, string className, IReadOnlyList<string> names, bool emitsVerdict = false, IReadOnlyList<MemberNames>? members = null)
    {
        SourceWriter writer = SourceWriter.StartFile(ns);
        writer.Line("/// <summary>Validates JSON against schemas. All members are thread-safe.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"internal static class {className}"))
        {
            var emitter = new JsonValidatorEmitter(model, writer);
            emitter.EmitNames(members ?? []);
            emitter.EmitEntries(names, emitsVerdict, members is not null);
            emitter.EmitMethods();
            emitter._fields.Write(writer);
        }

        return writer.ToString();
    }

    /// <summary>The name of the method of a subschema, which is emitted on demand.</summary>
    private string Method(int number, bool collects)
    {
        if (_known.Add((number, collects)))
        {
            _pending.Enqueue((number, collects));
        }

        return MethodName(number, collects);
    }

    private static string MethodName(int number, bool collects) => (collects ? "Evaluate" : "IsValid") + number.ToString(CultureInfo.InvariantCulture);

    private void EmitNames(IReadOnlyList<MemberNames> all)
    {
        for (int i = 0; i < all.Count; i++)
        {
            string members = string.Concat(all[i].Members.Select(member => $", {CSharp.Literal(member.Json)}, {CSharp.Literal(member.Member)}"));
            _writer.Line($"private static readonly global::ChatGen.ChatMemberNames {NamesField(i)} = new({CSharp.Literal(all[i].Type)}{members});");
            _writer.Line();
        }
    }

    private static string NamesField(int root) => "s_names" + root.ToString(CultureInfo.InvariantCulture);

    private void EmitEntries(IReadOnlyList<string> names, bool emitsVerdict, bool hasNames)
    {
        if (emitsVerdict)
        {
            _writer.Line("/// <summary>Whether an instance is valid.</summary>");
            _writer.Line("/// <exception cref=\"global::ChatGen.JsonSchemas.JsonValidationDepthException\">The instance is nested too deeply for the schema.</exception>");
            _writer.Line("/// <exception cref=\"global::System.Text.RegularExpressions.RegexMatchTimeoutException\">A pattern takes too long to match.</exception>");
            _writer.Line($"public static bool IsValid({Element} instance) => {Method(_model.Roots[0], false)}(instance, 0, null);");
        }

        for (int i = 0; i < names.Count; i++)
        {
            if (i > 0 || emitsVerdict)
            {
                _writer.Line();
            }

            _writer.Line("/// <summary>Adds every failure of an instance; none if it is valid.</summary>");
            _writer.Line($"internal static void {names[i]}({Element} instance, ref {FailureList} failures) =>");
            _writer.Indented(() => _writer.Line($"{Failures}.Collect({Method(_model.Roots[i], false)}, instance, ref failures{(hasNames ? ", " + NamesField(i) : "")});"));
        }
    }

    private void EmitMethods()
    {
        while (_pending.Count > 0)
        {
            (int number, bool collects) = _pending.Dequeue();
            string parameters = $"{Element} instance, int depth, {Failures}? failures" + (collects ? $", {Evaluation} {SubschemaEmitter.Collected}" : "");
            _writer.Line();
            using (_writer.Open($"private static bool {MethodName(number, collects)}({parameters})"))
            {
                new SubschemaEmitter(_writer, _fields, Method, _model, _mayTimeOut, number, collects).Emit();
            }
        }
    }
}
