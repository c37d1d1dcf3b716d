using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;

namespace ChatGen.Generator.Emit;

/// <summary>
/// The Refit interface of the REST mapping, its implementation with registration (Refit's own generator cannot see the interface),
/// and the chat transport over it. What is sent, the runtime knows from the mapping.
/// </summary>
internal static class RestEmitter
{
    private const string Task = "global::System.Threading.Tasks.Task";
    private const string Stream = "global::System.IO.Stream";
    private const string Token = "global::System.Threading.CancellationToken cancellationToken";

    public static string EmitApi(ChatSchemaModel schema, RestModel rest)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        CSharp.Document(writer, "summary", $"The HTTP API of the schema '{schema.SchemaId}'. Get one from Refit: RestService.ForGenerated<{rest.Interface}>(httpClient).");
        writer.Line("/// <remarks>A call that fails throws <see cref=\"global::Refit.ApiException\"/>. The base address of the client is the server's.</remarks>");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Open($"public interface {rest.Interface} : global::ChatGen.IRestApi"))
        {
            EmitEach(writer, rest, (request, answersResponse) =>
            {
                EmitDocuments(writer, schema, request, answersResponse);
                EmitAttributes(writer, request);
                writer.Line($"{Signature(request, answersResponse, isDeclaration: true)};");
            });
        }

        writer.Line();
        using (writer.Open($"file sealed class Generated{rest.Interface}(global::System.Net.Http.HttpClient client, global::Refit.RefitSettings settings) : global::ChatGen.RestApi(client, settings, typeof({rest.Interface}), ChatSchema.Protocol.Rest!), {rest.Interface}"))
        {
            EmitEach(writer, rest, (request, answersResponse) =>
            {
                writer.Line($"public {Signature(request, answersResponse, isDeclaration: false)} =>");
                writer.Indented(() => writer.Line(Call(request, answersResponse)));
            });
        }

        writer.Line();
        EmitRegistration(writer, rest);
        return writer.ToString();
    }

    public static string EmitTransport(ChatSchemaModel schema, RestModel rest)
    {
        SourceWriter writer = SourceWriter.StartFile(schema.Namespace);
        writer.Line($"/// <summary>Carries a chat session over <see cref=\"{rest.Interface}\"/>.</summary>");
        writer.Line("/// <param name=\"api\">The API, with the backend's address.</param>");
        writer.Line(CSharp.GeneratedCode);
        writer.Line($"public sealed class RestTransport({rest.Interface} api) : global::ChatGen.RestChatTransport(api, ChatSchema.Protocol);");
        return writer.ToString();
    }

    private static void EmitEach(SourceWriter writer, RestModel rest, Action<RestRequestModel, bool> emit)
    {
        bool isFirst = true;
        foreach (RestRequestModel request in rest.Requests)
        {
            foreach (bool answersResponse in (bool[])[false, true])
            {
                if (!isFirst)
                {
                    writer.Line();
                }

                isFirst = false;
                emit(request, answersResponse);
            }
        }
    }

    private static void EmitDocuments(SourceWriter writer, ChatSchemaModel schema, RestRequestModel request, bool answersResponse)
    {
        if (answersResponse)
        {
            writer.Line($"/// <summary>As <c>{request.CSharpName}Async</c>, with status and headers of the answer; a status that is no success does not throw.</summary>");
            return;
        }

        CSharp.Document(writer, "summary", request.Description ?? $"The request '{request.Name}'.");
        foreach (RestParameterModel parameter in request.Parameters)
        {
            Parameter(parameter.Name, parameter.Description ?? parameter.Place switch
            {
                RestParameterPlace.Path => "Part of the address.",
                RestParameterPlace.Url => "The address.",
                RestParameterPlace.Query => $"For the query parameter '{parameter.WireName}'.",
                RestParameterPlace.Header => $"For the header '{parameter.WireName}'.",
                RestParameterPlace.File => "The file.",
                _ => $"For the part '{parameter.WireName}'.",
            });
        }

        if (HasBodyParameter(request))
        {
            Parameter("body", schema.Records.FirstOrDefault(record => record.Name == request.Body!.Record)?.Description ?? "The body.");
        }

        Parameter("cancellationToken", "Stops waiting.");

        void Parameter(string name, string text) => CSharp.Document(writer, $"param name=\"{name.TrimStart('@')}\"", text);
    }

    private static void EmitAttributes(SourceWriter writer, RestRequestModel request)
    {
        if (request.Headers.Count > 0)
        {
            writer.Line($"[global::Refit.Headers({string.Join(", ", request.Headers.Select(CSharp.Literal))})]");
        }

        if (request.Body?.Encoding == RestEncoding.Multipart)
        {
            writer.Line("[global::Refit.Multipart]");
        }

        writer.Line($"[global::Refit.{Names.ToPascal(request.Method.ToLowerInvariant())}({CSharp.Literal(request.Route ?? "")})]");
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

    private static string Signature(RestRequestModel request, bool answersResponse, bool isDeclaration)
    {
        var parameters = new List<string>();
        for (int i = 0; i < request.Parameters.Count; i++)
        {
            RestParameterModel parameter = request.Parameters[i];
            // Only the last parameters can have defaults.
            bool isOptional = isDeclaration && !HasBodyParameter(request) && request.Parameters.Skip(i).All(later => !later.IsRequired);
            parameters.Add($"{(isDeclaration ? Attribute(request, parameter) : "")}{CSharp.TypeName(parameter.Type)}{(parameter.IsRequired ? "" : "?")} {parameter.Name}{(isOptional ? " = null" : "")}");
        }

        if (HasBodyParameter(request))
        {
            string attribute = request.Body!.Encoding == RestEncoding.Form ? "[global::Refit.Body(global::Refit.BodySerializationMethod.UrlEncoded)] " : "[global::Refit.Body] ";
            parameters.Add($"{(isDeclaration ? attribute : "")}{request.Body.Record ?? "global::System.Text.Json.Nodes.JsonObject"} body");
        }

        parameters.Add(isDeclaration ? Token + " = default" : Token);
        string? result = request.IsDownload ? Stream : request.Result;
        string returns = (result, answersResponse) switch
        {
            (null, false) => Task,
            (null, true) => $"{Task}<global::Refit.IApiResponse>",
            (_, false) => $"{Task}<{result}>",
            (_, true) => $"{Task}<global::Refit.ApiResponse<{result}>>",
        };
        return $"{returns} {MethodName(request, answersResponse)}({string.Join(", ", parameters)})";
    }

    private static string Attribute(RestRequestModel request, RestParameterModel parameter) => parameter.Place switch
    {
        RestParameterPlace.Url => "[global::Refit.Url] ",
        RestParameterPlace.Query => $"[global::Refit.Query, global::Refit.AliasAs({CSharp.Literal(parameter.WireName)})] ",
        RestParameterPlace.Header => $"[global::Refit.Header({CSharp.Literal(parameter.WireName)})] ",
        RestParameterPlace.File when request.Body?.Encoding != RestEncoding.Multipart => "[global::Refit.Body] ",
        RestParameterPlace.Part or RestParameterPlace.File => $"[global::Refit.AliasAs({CSharp.Literal(parameter.WireName)})] ",
        _ => "",
    };

    private static string Call(RestRequestModel request, bool answersResponse)
    {
        string given = string.Concat(request.Parameters.Select(parameter => parameter.Type is BuiltInType { Kind: BuiltInKind.ChatFile }
            ? $".File({CSharp.Literal(parameter.Placeholder)}, {parameter.Name})"
            : $".With({CSharp.Literal(parameter.Placeholder)}, {Value(parameter)})"));
        string body = !HasBodyParameter(request) ? "" : request.Body!.Record is { } record ? $".Body(body, {record}JsonConverter.WriteMembers)" : ".Body(body)";
        string send = (request.IsDownload, answersResponse) switch
        {
            (true, false) => "SendForStreamAsync",
            (true, true) => "SendForStreamResponseAsync",
            (false, false) => "SendAsync",
            (false, true) => "SendForResponseAsync",
        };
        string arguments = request is { IsDownload: false, Result: { } result } ? $"ChatJsonContext.Default.{result}, cancellationToken" : "cancellationToken";
        return $"Request({CSharp.Literal(request.Name)}, nameof({MethodName(request, answersResponse)})){given}{body}.{send}({arguments});";
    }

    /// <summary>A parameter's value as the runtime takes it: as it is in JSON.</summary>
    private static string Value(RestParameterModel parameter)
    {
        string name = parameter.Name;
        string access = parameter.IsRequired ? "." : "?.";
        return parameter.Type switch
        {
            EnumType { IsOpen: true } => $"{name}{access}Value",
            EnumType type when parameter.IsRequired => $"{type.Name}Json.Values[(int){name}]",
            EnumType type => $"{name} is null ? null : {type.Name}Json.Values[(int){name}.Value]",
            BuiltInType { Kind: BuiltInKind.Uri } => $"{name}{access}OriginalString",
            BuiltInType { Kind: BuiltInKind.Guid } => $"{name}{access}ToString()",
            BuiltInType { Kind: BuiltInKind.DateTimeOffset } => $"{name}{access}ToString(\"O\", global::System.Globalization.CultureInfo.InvariantCulture)",
            BuiltInType { Kind: BuiltInKind.Seconds } => $"{name}{access}TotalSeconds",
            BuiltInType { Kind: BuiltInKind.Milliseconds } => $"{name}{access}TotalMilliseconds",
            _ => name,
        };
    }

    private static string MethodName(RestRequestModel request, bool answersResponse) => request.CSharpName + (answersResponse ? "ResponseAsync" : "Async");

    private static bool HasBodyParameter(RestRequestModel request) => request.Body is { Encoding: RestEncoding.Json or RestEncoding.Form };
}
