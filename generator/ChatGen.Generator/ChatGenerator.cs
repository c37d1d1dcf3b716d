using System.Collections.Immutable;
using System.Text;
using ChatGen.Generator.Diagnostics;
using ChatGen.Generator.Documents;
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
            .Select(static (input, _) => SchemaLinker.ReadHeader(input!))
            .WithTrackingName(TrackingNames.Inputs)
            .Collect();

        IncrementalValuesProvider<SchemaResult> results = inputs
            .Combine(defaultNamespace)
            .SelectMany(static (pair, _) => Link(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Schemas)
            .Select(static (input, cancellationToken) => Read(input, cancellationToken))
            .WithTrackingName(TrackingNames.Results);

        IncrementalValueProvider<HostModel> host = context.CompilationProvider
            .Select(static (compilation, _) => ReadHost((CSharpCompilation)compilation))
            .WithTrackingName(TrackingNames.Host);

        IncrementalValueProvider<bool> needsRefit = results.Select(static (result, _) => result.Model?.Rest is not null).Collect().Select(static (all, _) => all.Contains(true));
        context.RegisterSourceOutput(host.Combine(needsRefit), static (output, pair) => ReportHost(output, pair.Left, pair.Right));
        // All at once, since variants can find one fault of a base each.
        context.RegisterSourceOutput(results.Select(static (result, _) => result.Diagnostics).Collect(), static (output, diagnostics) =>
        {
            var reported = new HashSet<(string Id, LocationInfo? Location, string Subject)>();
            foreach (DiagnosticInfo diagnostic in diagnostics.SelectMany(all => all).Where(each => reported.Add((each.Descriptor.Id, each.Location, each.Subject))))
            {
                output.ReportDiagnostic(diagnostic.ToDiagnostic());
            }
        });
        context.RegisterSourceOutput(
            results.Select(static (result, _) => result.Model).WithTrackingName(TrackingNames.Models).Combine(host),
            static (output, pair) => AddSources(output, pair.Left, pair.Right));

        IncrementalValueProvider<ImmutableArray<string>> constructors = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => OwnConstructors.IsOne(node), static (syntax, _) => OwnConstructors.RecordOf(syntax.Node))
            .Collect();
        context.RegisterSourceOutput(constructors.Combine(results.Select(static (result, _) => result.Model).Collect()).Combine(host), static (output, all) =>
        {
            if (all.Right is { HasRuntime: true, TooLowLanguageVersion: null } && OwnConstructors.Emit(all.Left.Left, all.Left.Right.OfType<ChatSchemaModel>()) is { } source)
            {
                output.AddSource("ChatGen.Constructors.g.cs", SourceText.From(source, Encoding.UTF8));
            }
        });
    }

    private static string DefaultNamespace(AnalyzerConfigOptions options, string? assemblyName)
    {
        string root = options.TryGetValue("build_property.RootNamespace", out string? value) && value.Length > 0 ? value : assemblyName ?? "";
        return root.Length == 0 ? "Chat" : Names.ToNamespace(root) + ".Chat";
    }

    private static SchemaInput? ReadInput(AdditionalText file, AnalyzerConfigOptions options, CancellationToken cancellationToken)
    {
        if (!options.TryGetValue("build_metadata.AdditionalFiles.ChatGenSchema", out string? isSchema) || !isSchema.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        options.TryGetValue("build_metadata.AdditionalFiles.ChatGenNamespace", out string? ns);
        options.TryGetValue("build_metadata.AdditionalFiles.ChatGenGenerate", out string? generates);
        return new SchemaInput(file.Path, file.GetText(cancellationToken)?.ToString() ?? "", ns ?? "")
        {
            Generates = !string.Equals(generates, "false", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The built-in schema where the project names none; a namespace and the bases of each; who has a namespace already.</summary>
    private static IEnumerable<LinkedSchema> Link(ImmutableArray<SchemaInput> inputs, string defaultNamespace)
    {
        if (inputs.IsEmpty)
        {
            return [new LinkedSchema(new SchemaInput("", null, defaultNamespace))];
        }

        var taken = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var linked = new List<LinkedSchema>();
        foreach (LinkedSchema link in SchemaLinker.Link(inputs))
        {
            SchemaInput input = link.Schema;
            string ns = input.Namespace.Length > 0 ? input.Namespace : defaultNamespace;
            string? takenBy = null;
            if (input.Generates && !taken.TryGetValue(ns, out takenBy))
            {
                taken.Add(ns, Path.GetFileName(input.Path));
            }

            linked.Add(link with { Schema = input with { Namespace = ns }, TakenBy = takenBy });
        }

        return linked.Select(link => link.Schema.Generates ? link with { Nested = Nested(link.Schema.Namespace, taken) } : link);
    }

    private static EquatableArray<NestedNamespace> Nested(string ns, Dictionary<string, string> all) => all
        .Where(other => other.Key.StartsWith(ns + ".", StringComparison.OrdinalIgnoreCase))
        .Select(other => new NestedNamespace(other.Key.Substring(ns.Length + 1).Split('.')[0], other.Value))
        .ToEquatableArray();

    private static SchemaResult Read(LinkedSchema input, CancellationToken cancellationToken)
    {
        try
        {
            return SchemaReader.Read(input, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new SchemaResult(null, Fault(input.Schema.Path, exception));
        }
    }

    private static void AddSources(SourceProductionContext output, ChatSchemaModel? model, HostModel host)
    {
        if (model is null || !host.HasRuntime || host.TooLowLanguageVersion is not null)
        {
            return;
        }

        foreach ((string hintName, string source) in SchemaEmitter.Emit(model, host.RefitProblem is null))
        {
            output.CancellationToken.ThrowIfCancellationRequested();
            output.AddSource(hintName, SourceText.From(source, Encoding.UTF8));
        }
    }

    private static HostModel ReadHost(CSharpCompilation compilation) => new(
        compilation.GetTypeByMetadataName("ChatGen.ChatProtocol") is not null,
        compilation.LanguageVersion < LanguageVersion.CSharp12 ? compilation.LanguageVersion.ToDisplayString() : null,
        RefitSurface.Problem(compilation));

    private static void ReportHost(SourceProductionContext output, HostModel host, bool needsRefit)
    {
        if (!host.HasRuntime)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.RuntimeMissing, null));
        }
        else if (host.TooLowLanguageVersion is { } version)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.LanguageVersionTooLow, null, version));
        }
        else if (needsRefit && host.RefitProblem is { } problem)
        {
            output.ReportDiagnostic(Diagnostic.Create(Descriptors.RefitUnusable, null, problem));
        }
    }

    private static EquatableArray<DiagnosticInfo> Fault(string path, Exception exception)
    {
        var place = new LocationInfo(path, default, default);
        return new[] { new DiagnosticInfo(Descriptors.InternalError, path.Length == 0 ? null : place, new[] { Path.GetFileName(path), exception.Message }.ToEquatableArray()) }.ToEquatableArray();
    }
}
