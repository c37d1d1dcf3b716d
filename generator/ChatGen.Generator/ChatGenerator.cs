using System.Collections.Immutable;
using System.Text;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Emit;
using ChatGen.Generator.Model;
using ChatGen.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator;

/// <summary>Chat schemas to chat clients: inputs, results, models; then sources and diagnostics as two outputs.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ChatGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<string> defaultNamespace = context.AnalyzerConfigOptionsProvider
            .Combine(context.CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName))
            .Select(static (pair, _) => DefaultNamespace(pair.Left.GlobalOptions, pair.Right));

        IncrementalValueProvider<ImmutableArray<SchemaInput>> inputs = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancellationToken) => ReadInput(pair.Left, pair.Right.GetOptions(pair.Left), cancellationToken))
            .Where(static input => input is not null)
            .Select(static (input, _) => input!)
            .WithTrackingName(TrackingNames.Inputs)
            .Collect();

        IncrementalValuesProvider<SchemaResult> results = inputs
            .Combine(defaultNamespace)
            .SelectMany(static (pair, _) => NameSpaces(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Schemas)
            .Select(static (input, cancellationToken) => Read(input, cancellationToken))
            .WithTrackingName(TrackingNames.Results);

        IncrementalValueProvider<HostModel> host = context.CompilationProvider
            .Select(static (compilation, _) => ReadHost((CSharpCompilation)compilation))
            .WithTrackingName(TrackingNames.Host);

        context.RegisterSourceOutput(host, static (output, host) => ReportHost(output, host));
        context.RegisterSourceOutput(results.Select(static (result, _) => result.Diagnostics), static (output, diagnostics) =>
        {
            foreach (DiagnosticInfo diagnostic in diagnostics)
            {
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
            }
        });
        context.RegisterSourceOutput(
            results.Select(static (result, _) => result.Model).WithTrackingName(TrackingNames.Models).Combine(host),
            static (output, pair) => AddSources(output, pair.Left, pair.Right));
    }

    private static string DefaultNamespace(AnalyzerConfigOptions options, string? assemblyName)
    {
        string root = options.TryGetValue("build_property.RootNamespace", out string? value) && value.Length > 0 ? value : assemblyName ?? "";
        return Names.IsNamespace(root) ? root + ".Chat" : "Chat";
    }

    private static SchemaInput? ReadInput(AdditionalText file, AnalyzerConfigOptions options, CancellationToken cancellationToken)
    {
        if (!options.TryGetValue("build_metadata.AdditionalFiles.ChatGenSchema", out string? isSchema) || !isSchema.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        options.TryGetValue("build_metadata.AdditionalFiles.ChatGenNamespace", out string? ns);
        return new SchemaInput(file.Path, file.GetText(cancellationToken)?.ToString() ?? "", ns ?? "");
    }

    /// <summary>The built-in schema where the project names none; a namespace for each; who has a namespace already.</summary>
    private static IEnumerable<SchemaInput> NameSpaces(ImmutableArray<SchemaInput> inputs, string defaultNamespace)
    {
        if (inputs.IsEmpty)
        {
            yield return new SchemaInput("", null, defaultNamespace);
            yield break;
        }

        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (SchemaInput input in inputs.OrderBy(input => input.Path, StringComparer.Ordinal))
        {
            string ns = input.Namespace.Length > 0 ? input.Namespace : defaultNamespace;
            taken.TryGetValue(ns, out string? takenBy);
            yield return input with { Namespace = ns, TakenBy = takenBy };
            taken[ns] = takenBy ?? Path.GetFileName(input.Path);
        }
    }

    private static SchemaResult Read(SchemaInput input, CancellationToken cancellationToken)
    {
        try
        {
            return SchemaReader.Read(input, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new SchemaResult(null, Fault(input.Path, exception));
        }
    }

    private static void AddSources(SourceProductionContext output, ChatSchemaModel? model, HostModel host)
    {
        if (model is null || !host.HasRuntime || host.TooLowLanguageVersion is not null)
        {
            return;
        }

        foreach ((string hintName, string source) in SchemaEmitter.Emit(model))
        {
            output.CancellationToken.ThrowIfCancellationRequested();
            output.AddSource(hintName, SourceText.From(source, Encoding.UTF8));
        }
    }

    private static HostModel ReadHost(CSharpCompilation compilation) => new(
        compilation.GetTypeByMetadataName("ChatGen.ChatProtocol") is not null,
        compilation.LanguageVersion < LanguageVersion.CSharp12 ? compilation.LanguageVersion.ToDisplayString() : null);

    private static void ReportHost(SourceProductionContext output, HostModel host)
    {
        if (!host.HasRuntime)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.RuntimeMissing, null));
        }
        else if (host.TooLowLanguageVersion is { } version)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.LanguageVersionTooLow, null, version));
        }
    }

    private static EquatableArray<DiagnosticInfo> Fault(string path, Exception exception)
    {
        var place = new LocationInfo(path, default, default);
        return new[] { new DiagnosticInfo(Descriptors.InternalError, path.Length == 0 ? null : place, new[] { Path.GetFileName(path), exception.Message }.ToEquatableArray()) }.ToEquatableArray();
    }
}
