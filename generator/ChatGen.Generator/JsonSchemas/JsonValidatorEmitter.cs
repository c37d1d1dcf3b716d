using System.Globalization;
using ChatGen.Generator.Emit;

namespace ChatGen.Generator.JsonSchemas;

/// <summary>
/// The class of a validator: a method for each subschema, and a second one that also collects what is evaluated where an <c>unevaluated*</c> asks for it.
/// </summary>
internal sealed class JsonValidatorEmitter
{
    private const string Element = "global::System.Text.Json.JsonElement";
    private const string Evaluation = "global::ChatGen.JsonSchemas.JsonEvaluation";

    private readonly JsonSchemaModel _model;
    private readonly SourceWriter _writer;
    private readonly ValidatorFields _fields = new();
    private readonly HashSet<(int Number, bool Collects)> _known = [];
    private readonly Queue<(int Number, bool Collects)> _pending = new();

    private JsonValidatorEmitter(JsonSchemaModel model, SourceWriter writer)
    {
        _model = model;
        _writer = writer;
    }

    public static string Emit(JsonSchemaModel model, string ns, string className)
    {
        SourceWriter writer = SourceWriter.StartFile(ns);
        writer.Line("/// <summary>Validates JSON against a schema. All members are thread-safe.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"internal static class {className}"))
        {
            var emitter = new JsonValidatorEmitter(model, writer);
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

    private void EmitMethods()
    {
        _writer.Line("/// <summary>Whether an instance is valid.</summary>");
        _writer.Line("/// <exception cref=\"global::ChatGen.JsonSchemas.JsonValidationDepthException\">The instance is nested too deeply for the schema.</exception>");
        _writer.Line("/// <exception cref=\"global::System.Text.RegularExpressions.RegexMatchTimeoutException\">A pattern takes too long to match.</exception>");
        _writer.Line($"public static bool IsValid({Element} instance) => {Method(0, false)}(instance, 0);");
        while (_pending.Count > 0)
        {
            (int number, bool collects) = _pending.Dequeue();
            string parameters = $"{Element} instance, int depth" + (collects ? $", {Evaluation} {SubschemaEmitter.Collected}" : "");
            _writer.Line();
            using (_writer.Open($"private static bool {MethodName(number, collects)}({parameters})"))
            {
                new SubschemaEmitter(_writer, _fields, Method, _model.Subschemas[number], collects).Emit();
            }
        }
    }
}
