using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace ChatGen.Analyzers.Tests.Agreement;

/// <summary>Random initialisers, of which the analyzer and <c>Validate()</c> must say the same.</summary>
internal sealed class AgreementRun
{
    /// <summary>What <c>Validate()</c> says of values that have no JSON.</summary>
    private static readonly string[] s_beyondJson = ["must not be null", "has no JSON", "but is NaN", "but is Infinity", "but is -Infinity"];

    /// <summary>Values of enums that have no name.</summary>
    private static readonly string[] s_beyondEnums = [")99", ")(-1)"];

    private readonly List<string> _differences = [];
    private readonly List<string> _throws = [];

    /// <summary>Initialisers of which both were asked.</summary>
    public int Compared { get; private set; }

    /// <summary>Of these, how many have something wrong.</summary>
    public int Wrong { get; private set; }

    /// <summary>Of the wrong, how many hold a value that JSON cannot hold.</summary>
    public int BeyondJson { get; private set; }

    /// <summary>Options that the generator refuses.</summary>
    public int Refused { get; private set; }

    /// <summary>Initialisers that the compiler refuses.</summary>
    public int Uncompiled { get; private set; }

    /// <summary>Where the two differ.</summary>
    public IReadOnlyList<string> Differences => _differences;

    /// <summary>What throws when it is made or checked, of which the analyzer must not say more than that.</summary>
    public IReadOnlyList<string> Throws => _throws;

    public string Report => string.Create(CultureInfo.InvariantCulture,
        $"CHATGEN_USAGE_SEED={AgreementSettings.Seed}: {Compared} initialisers compared, {Wrong} of them wrong, {BeyondJson} without JSON, {_throws.Count} throw, {Uncompiled} do not compile, {Refused} options refused, {_differences.Count} differences.");

    public static async Task<AgreementRun> CreateAsync()
    {
        var run = new AgreementRun();
        for (int batch = 0; run.Compared < AgreementSettings.Pairs; batch++)
        {
            await run.AddAsync(batch);
        }

        return run;
    }

    private async Task AddAsync(int batch)
    {
        CompiledSchemas schemas = CompiledSchemas.Compile([RandomSchema.Create(AgreementSettings.Seed, 2 * batch), RandomSchema.Create(AgreementSettings.Seed, (2 * batch) + 1)]);
        Refused += schemas.Refused;
        string[] methods = Methods(schemas, batch);
        string code = "#nullable enable\nstatic class Pairs\n{\n" + string.Join('\n', methods) + "\n}";
        CSharpCompilation compilation = Compilation(code, schemas.Reference);
        HashSet<int> refused = [.. compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => Line(diagnostic.Location))];
        Assert.True(refused.Count * 50 < methods.Length, string.Join('\n', compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10).Select(diagnostic => $"{diagnostic}\n{methods[Line(diagnostic.Location)]}")));
        Uncompiled += refused.Count;
        if (refused.Count > 0)
        {
            methods = [.. methods.Where((_, index) => !refused.Contains(index))];
            compilation = Compilation("#nullable enable\nstatic class Pairs\n{\n" + string.Join('\n', methods) + "\n}", schemas.Reference);
        }

        ImmutableArray<Diagnostic> diagnostics = await UsageRun.AnalyzeAsync(compilation, new ChatUsageAnalyzer());
        ILookup<int, string> said = diagnostics.Where(diagnostic => diagnostic.Id is not ("CHAT2010" or "CHAT2011")).ToLookup(diagnostic => Line(diagnostic.Location), diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture));
        using var image = new MemoryStream();
        EmitResult emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Take(10)));
        image.Position = 0;
        Type pairs = schemas.Context.LoadFromStream(image).GetType("Pairs")!;
        for (int i = 0; i < methods.Length; i++)
        {
            Compare(schemas, methods[i], pairs.GetMethod(MethodName(methods[i]))!, [.. said[i].Distinct().Order(StringComparer.Ordinal)]);
        }

        schemas.Context.Unload();
    }

    private void Compare(CompiledSchemas schemas, string method, MethodInfo make, string[] said)
    {
        string[] expected;
        try
        {
            object value = make.Invoke(null, null)!;
            var result = (ChatValidationResult)value.GetType().GetMethod("Validate", Type.EmptyTypes)!.Invoke(value, null)!;
            expected = [.. result.Failures.Select(failure => failure.Message).Distinct().Order(StringComparer.Ordinal)];
        }
        catch (TargetInvocationException exception)
        {
            _throws.Add($"{exception.InnerException!.GetType().Name}: {exception.InnerException.Message}\n  {method}");
            return;
        }

        Compared++;
        Wrong += expected.Length > 0 ? 1 : 0;
        if (expected.Any(message => s_beyondJson.Any(words => message.Contains(words, StringComparison.Ordinal))) || s_beyondEnums.Any(text => method.Contains(text, StringComparison.Ordinal)))
        {
            // Validate() looks at the JSON only where there is one; the analyzer knows that such a value is wrong and judges the others.
            BeyondJson++;
            expected = [.. expected.Where(message => !message.EndsWith("has no JSON", StringComparison.Ordinal))];
            said = said.Length > 0 ? [.. said.Where(expected.Contains)] : ["nothing"];
        }

        if (!expected.SequenceEqual(said, StringComparer.Ordinal))
        {
            var text = new StringBuilder();
            text.Append("  ").Append(method);
            text.AppendJoin("", expected.Except(said).Select(message => "\n    only Validate(): " + message));
            text.AppendJoin("", said.Except(expected).Select(message => "\n    only the analyzer: " + message));
            text.Append("\n    ").Append(schemas.Schemas.SelectMany(schema => schema.Options).First(options => method.Contains($".{options.Name} ", StringComparison.Ordinal) || method.Contains($".{options.Name}(", StringComparison.Ordinal)).Text);
            _differences.Add(text.ToString());
        }
    }

    private static string[] Methods(CompiledSchemas schemas, int batch)
    {
        CSharpCompilation types = Compilation("", schemas.Reference);
        var random = new Random(unchecked((AgreementSettings.Seed * 31) + batch + 1_000_003));
        var writer = new InitializerWriter(random);
        var methods = new List<string>();
        foreach (RandomSchema schema in schemas.Schemas)
        {
            foreach (RandomOptions options in schema.Options)
            {
                INamedTypeSymbol record = types.GetTypeByMetadataName($"{schema.Namespace}.{options.Name}") ?? throw new InvalidOperationException($"There is no {options.Name}.");
                for (int i = 0; i < AgreementSettings.PairsPerCommand; i++)
                {
                    methods.Add("    " + writer.WriteMethod(FormattableString.Invariant($"M{methods.Count}"), record, options.Sample(random)));
                }
            }
        }

        return [.. methods];
    }

    private static string MethodName(string method) => method[(method.IndexOf(" M", StringComparison.Ordinal) + 1)..method.IndexOf("()", StringComparison.Ordinal)];

    /// <summary>Which of the methods.</summary>
    private static int Line(Location location) => location.GetLineSpan().StartLinePosition.Line - 3;

    private static CSharpCompilation Compilation(string code, MetadataReference schemas) => CSharpCompilation.Create(
        "Agreement.Pairs", [CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.CSharp13), "Pairs.cs")], [.. UsageRun.References, schemas],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
