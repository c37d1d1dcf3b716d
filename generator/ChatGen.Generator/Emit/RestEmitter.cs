using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>
/// The Refit interface of the REST mapping, its implementation with registration (Refit's own generator cannot see the interface),
/// and the chat transport over it.
/// </summary>
internal static class RestEmitter
{
    private const string Task = "global::System.Threading.Tasks.Task";
    private const string Token = "global::System.Threading.CancellationToken cancellationToken";

    public static string EmitApi(ChatSchemaModel schema, RestModel rest)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        CSharp.Document(writer, "summary", $"The HTTP API of the schema '{schema.SchemaId}'. Get one from Refit: RestService.ForGenerated<{rest.Interface}>(httpClient).");
        writer.Line("/// <remarks>A call that fails throws <see cref=\"global::Refit.ApiException\"/>.</remarks>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"public interface {rest.Interface}"))
        {
            foreach ((RestOperationModel operation, int index) in rest.Operations.Select((operation, index) => (operation, index)))
            {
                if (index > 0)
                {
                    writer.Line();
                }

                EmitMethod(writer, schema, rest, operation);
            }
        }

        writer.Line();
        EmitImplementation(writer, schema, rest);
        writer.Line();
        EmitRegistration(writer, rest);
        return writer.ToString();
    }

    public static string EmitTransport(ChatSchemaModel schema, RestModel rest)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        writer.Line($"/// <summary>Carries a chat session over <see cref=\"{rest.Interface}\"/>; events are polled every {CSharp.Xml(rest.PollIntervalSeconds)} s.</summary>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open("public sealed class RestTransport : global::ChatGen.RestChatTransport"))
        {
            writer.Line($"private readonly {rest.Interface} _api;");
            writer.Line();
            writer.Line("/// <summary>A transport over the API.</summary>");
            writer.Line("/// <param name=\"api\">The API, with the backend's address.</param>");
            using (writer.Open($"public RestTransport({rest.Interface} api) : base(global::System.TimeSpan.FromSeconds({CSharp.Number(rest.PollIntervalSeconds)}))"))
            {
                writer.Line("global::System.ArgumentNullException.ThrowIfNull(api);");
                writer.Line("_api = api;");
            }

            OperationModel start = schema.Start.Operation;
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"protected override async {Task}<object> StartAsync(global::ChatGen.ChatCommand start, {Token}) => await _api.{start.CSharpName}Async(({start.Options})start.Options!, cancellationToken).ConfigureAwait(false);");
            writer.Line();
            EmitSend(writer, schema, rest);
        }

        return writer.ToString();
    }

    private static void EmitSend(SourceWriter writer, ChatSchemaModel schema, RestModel rest)
    {
        writer.Line("/// <inheritdoc/>");
        if (rest.Operations.Count == 1)
        {
            // With nothing but the start there is nothing to await.
            writer.Line($"protected override {Task}<object?> SendAsync(string sessionId, global::ChatGen.ChatCommand command, {Token}) => throw NotAvailable(command);");
            return;
        }

        using (writer.Open($"protected override async {Task}<object?> SendAsync(string sessionId, global::ChatGen.ChatCommand command, {Token})"))
        {
            using (writer.Open("switch (command.Name)"))
            {
                foreach (RestOperationModel mapping in rest.Operations.Where(operation => operation.Name != schema.Start.Operation.Name))
                {
                    OperationModel operation = Find(schema, mapping);
                    IEnumerable<string> session = ["sessionId"];
                    string arguments = string.Join(", ", session
                        .Concat(mapping.Query.Count > 0 ? mapping.Query.Select(name => $"(({operation.Options})command.Options!).{Property(schema, operation, name).Name}")
                            : HasBody(mapping, operation) ? [$"({operation.Options})command.Options!"] : [])
                        .Append("cancellationToken"));
                    string call = $"await _api.{operation.CSharpName}Async({arguments}).ConfigureAwait(false);";
                    writer.Line($"case {CSharp.Literal(mapping.Name)}:");
                    writer.Indented(() =>
                    {
                        writer.Line(operation.Result is null ? call : $"return {call}");
                        if (operation.Result is null)
                        {
                            writer.Line("return null;");
                        }
                    });
                }

                writer.Line("default:");
                writer.Indented(() => writer.Line("throw NotAvailable(command);"));
            }
        }
    }

    private static void EmitMethod(SourceWriter writer, ChatSchemaModel schema, RestModel rest, RestOperationModel operation)
    {
        OperationModel model = Find(schema, operation);
        CSharp.Document(writer, "summary", model.Description ?? $"The operation '{model.Name}'.");
        writer.Line($"[global::Refit.{Names.ToPascal(operation.Method.ToLowerInvariant())}({CSharp.Literal(operation.Path)})]");
        writer.Line($"{Returns(model)} {model.CSharpName}Async({Parameters(schema, rest, operation, model, attributes: true)});");
    }

    private static void EmitImplementation(SourceWriter writer, ChatSchemaModel schema, RestModel rest)
    {
        using (writer.Open($"file sealed class Generated{rest.Interface}(global::System.Net.Http.HttpClient client, global::Refit.RefitSettings settings) : {rest.Interface}"))
        {
            foreach ((RestOperationModel operation, int index) in rest.Operations.Select((operation, index) => (operation, index)))
            {
                if (index > 0)
                {
                    writer.Line();
                }

                OperationModel model = Find(schema, operation);
                writer.Line($"public {Returns(model)} {model.CSharpName}Async({Parameters(schema, rest, operation, model, attributes: false)}) =>");
                writer.Indented(() => EmitRequest(writer, schema, rest, operation, model));
            }
        }
    }

    private static void EmitRequest(SourceWriter writer, ChatSchemaModel schema, RestModel rest, RestOperationModel operation, OperationModel model)
    {
        writer.Line($"new global::ChatGen.RestRequest(client, settings, typeof({rest.Interface}), nameof({model.CSharpName}Async), {CSharp.Literal(operation.Method)}, {CSharp.Literal(operation.Path)})");
        writer.Indented(() =>
        {
            if (IsInSession(schema, model))
            {
                writer.Line($".Header({CSharp.Literal(rest.SessionHeader)}, sessionId)");
            }

            foreach (string query in operation.Query)
            {
                writer.Line($".Query({CSharp.Literal(query)}, {Parameter(Property(schema, model, query))})");
            }

            if (HasBody(operation, model))
            {
                writer.Line($".Body(options, {model.Options}JsonConverter.WriteMembers)");
            }

            writer.Line(model.Result is null ? ".SendAsync(cancellationToken);" : $".SendAsync(ChatJsonContext.Default.{model.Result}, cancellationToken);");
        });
    }

    private static void EmitRegistration(SourceWriter writer, RestModel rest)
    {
        using (writer.Open($"file static class {rest.Interface}Registration"))
        {
            writer.Line("[global::System.Runtime.CompilerServices.ModuleInitializer]");
            using (writer.Open("internal static void Register()"))
            {
                writer.Line($"global::Refit.RestService.RegisterGeneratedSettingsFactory<{rest.Interface}>(static (client, settings) => new Generated{rest.Interface}(client, settings));");
                writer.Line($"global::Refit.RestService.RegisterGeneratedFactory<{rest.Interface}>(static (client, builder) => new Generated{rest.Interface}(client, builder.Settings));");
            }
        }
    }

    private static string Parameters(ChatSchemaModel schema, RestModel rest, RestOperationModel operation, OperationModel model, bool attributes)
    {
        var parameters = new List<string>();
        if (IsInSession(schema, model))
        {
            parameters.Add((attributes ? $"[global::Refit.Header({CSharp.Literal(rest.SessionHeader)})] " : "") + "string sessionId");
        }

        foreach (string query in operation.Query)
        {
            PropertyModel property = Property(schema, model, query);
            parameters.Add((attributes ? $"[global::Refit.AliasAs({CSharp.Literal(query)})] " : "") + $"{CSharp.PropertyType(property)} {Parameter(property)}");
        }

        if (HasBody(operation, model))
        {
            parameters.Add((attributes ? "[global::Refit.Body] " : "") + $"{model.Options} options");
        }

        parameters.Add(attributes ? Token + " = default" : Token);
        return string.Join(", ", parameters);
    }

    /// <summary>A query's parameter, which must not hide what the method has besides.</summary>
    private static string Parameter(PropertyModel property) => Names.ToParameter(property.Name) is var name && name is "sessionId" or "client" or "settings" or "cancellationToken" ? name + "_" : name;

    private static string Returns(OperationModel model) => model.Result is null ? Task : $"{Task}<{model.Result}>";

    private static bool IsInSession(ChatSchemaModel schema, OperationModel model) => model.Name != schema.Start.Operation.Name;

    private static bool HasBody(RestOperationModel operation, OperationModel model) =>
        model.Options is not null && operation.Query.Count == 0 && operation.Method is not ("GET" or "DELETE");

    private static OperationModel Find(ChatSchemaModel schema, RestOperationModel operation) => operation.Name == schema.Start.Operation.Name
        ? schema.Start.Operation
        : schema.Commands.First(command => command.Operation.Name == operation.Name).Operation;

    private static PropertyModel Property(ChatSchemaModel schema, OperationModel model, string name) =>
        schema.Records.First(record => record.Name == model.Options).Properties.First(property => property.JsonName == name);
}
