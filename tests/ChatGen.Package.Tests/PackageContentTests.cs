using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace ChatGen.Package.Tests;

/// <summary>What is in the packages, and what is not.</summary>
public sealed class PackageContentTests(PackageFeed feed)
{
    private const string AnalyzerSlot = "analyzers/dotnet/roslyn4.8/cs/";

    private static readonly string[] s_libraries = ["ChatGen.AspNetCore", "ChatGen.Bayeux", "ChatGen.Browser", "ChatGen.DependencyInjection", "ChatGen.Redis", "ChatGen.Runtime", "ChatGen.Testing"];

    private static readonly string[] s_usageAnalyzers = ["ChatGen.Analyzers", "ChatGen.CodeFixes"];

    private static readonly string[] s_analyzers =
        ["ChatGen.Generator", "NJsonSchema", "NJsonSchema.Annotations", "Namotion.Reflection", "Newtonsoft.Json"];

    public static TheoryData<string> Packages => [.. s_libraries, "ChatGen"];

    public static TheoryData<string> Libraries => [.. s_libraries];

    [Fact]
    public void Packing_the_solution_yields_these_packages_and_no_others()
    {
        IEnumerable<string> expected = s_libraries.Append("ChatGen").Select(id => $"{id}.{feed.Version}.nupkg").Order(StringComparer.Ordinal);

        Assert.Equal(expected, Directory.EnumerateFileSystemEntries(feed.Folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_generator_package_has_one_analyzer_slot_and_no_assembly_of_its_own()
    {
        using PackageFile package = feed.Open("ChatGen");
        string[] expected =
        [
            .. s_analyzers.Select(name => $"{AnalyzerSlot}{name}.dll"),
            "README.md",
            "build/ChatGen.props",
            "build/ChatGen.targets",
            "buildTransitive/ChatGen.props",
            "buildTransitive/ChatGen.targets",
            "lib/net10.0/_._",
        ];

        Assert.Equal(expected.Order(StringComparer.Ordinal), package.Files.Where(file => !file.StartsWith("schema/", StringComparison.Ordinal)));
        Assert.Contains("schema/genesys-gwe-8.5.chat.json", package.Files);
        Assert.All(package.Files.Where(file => file.StartsWith("schema/", StringComparison.Ordinal)), file => Assert.EndsWith(".json", file, StringComparison.Ordinal));
    }

    [Fact]
    public void The_generator_package_brings_the_runtime_with_everything_in_it()
    {
        using PackageFile package = feed.Open("ChatGen");

        Assert.Equal([$"net10.0: ChatGen.Runtime {feed.Version}"], package.Dependencies);
        XElement dependency = package.Metadata.Descendants().Single(element => element.Name.LocalName == "dependency");
        Assert.Equal("All", (string?)dependency.Attribute("include"));
        Assert.Null(dependency.Attribute("exclude"));
    }

    [Fact]
    public void The_runtime_depends_on_the_Bayeux_client_Refit_16_and_two_sets_of_abstractions_alone()
    {
        using PackageFile package = feed.Open("ChatGen.Runtime");

        Assert.Collection(
            package.Dependencies,
            dependency => Assert.Equal($"net10.0: ChatGen.Bayeux {feed.Version}", dependency),
            dependency => Assert.StartsWith("net10.0: Microsoft.Extensions.Configuration.Abstractions 10.", dependency, StringComparison.Ordinal),
            dependency => Assert.StartsWith("net10.0: Microsoft.Extensions.Logging.Abstractions 10.", dependency, StringComparison.Ordinal),
            dependency => Assert.Equal("net10.0: Refit [16.4.0, 17.0.0)", dependency));
        Assert.Empty(package.FrameworkReferences);
    }

    [Fact]
    public void Dependency_injection_depends_on_the_runtime_and_on_what_NET_hosts_are_made_of()
    {
        using PackageFile package = feed.Open("ChatGen.DependencyInjection");

        Assert.Equal($"net10.0: ChatGen.Runtime {feed.Version}", package.Dependencies[0]);
        Assert.Equal(
            [
                "Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Http", "Microsoft.Extensions.Http.Resilience", "Microsoft.Extensions.Options.ConfigurationExtensions",
                "Polly.Extensions", "Polly.RateLimiting", "System.Threading.RateLimiting",
            ],
            package.Dependencies.Skip(1).Select(dependency => dependency.Split(' ')[1]));
        Assert.Empty(package.FrameworkReferences);
    }

    [Theory]
    [InlineData("ChatGen.Browser", "ChatGen.Runtime", null, null)]
    [InlineData("ChatGen.AspNetCore", "ChatGen.DependencyInjection", null, "Microsoft.AspNetCore.App")]
    [InlineData("ChatGen.Redis", "ChatGen.AspNetCore", "StackExchange.Redis", null)]
    public void What_runs_a_chat_somewhere_depends_on_little(string id, string below, string? library, string? framework)
    {
        using PackageFile package = feed.Open(id);

        Assert.Equal($"net10.0: {below} {feed.Version}", package.Dependencies[0]);
        Assert.Equal(library is null ? (string[])[] : [library], package.Dependencies.Skip(1).Select(dependency => dependency.Split(' ')[1]));
        Assert.Equal(framework is null ? (string[])[] : [$"net10.0: {framework}"], package.FrameworkReferences);
    }

    [Fact]
    public void The_Bayeux_client_depends_on_nothing()
    {
        using PackageFile package = feed.Open("ChatGen.Bayeux");

        Assert.Empty(package.Dependencies);
        Assert.Empty(package.FrameworkReferences);
    }

    [Fact]
    public void The_embedded_backend_depends_on_ASP_NET_Core_alone()
    {
        using PackageFile package = feed.Open("ChatGen.Testing");

        Assert.Empty(package.Dependencies);
        Assert.Equal(["net10.0: Microsoft.AspNetCore.App"], package.FrameworkReferences);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_package_has_the_assembly_and_its_documentation(string id)
    {
        using PackageFile package = feed.Open(id);

        string[] besides = id switch
        {
            "ChatGen.Runtime" => [.. s_usageAnalyzers.Select(name => $"tools/usage/{name}.dll"), "build/ChatGen.Runtime.targets", "buildTransitive/ChatGen.Runtime.targets"],
            "ChatGen.Browser" =>
            [
                "staticwebassets/chatgen.js",
                "build/ChatGen.Browser.props",
                "build/Microsoft.AspNetCore.StaticWebAssetEndpoints.props",
                "build/Microsoft.AspNetCore.StaticWebAssets.props",
                "buildMultiTargeting/ChatGen.Browser.props",
                "buildTransitive/ChatGen.Browser.props",
            ],
            _ => [],
        };

        string[] expected = [$"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", .. besides];
        Assert.Equal(expected.Order(StringComparer.Ordinal), package.Files);
        XDocument documentation = XDocument.Parse(package.ReadText($"lib/net10.0/{id}.xml"));
        Assert.NotEmpty(documentation.Descendants("member").Elements("summary"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_and_under_which_licence(string id)
    {
        using PackageFile package = feed.Open(id);

        Assert.Equal(id, package.MetadataText("id"));
        Assert.Equal("MIT", package.MetadataText("license"));
        Assert.False(string.IsNullOrWhiteSpace(package.MetadataText("authors")));
        // What NuGet writes if the project says nothing.
        Assert.NotEqual("Package Description", package.MetadataText("description"));
        Assert.EndsWith(".", package.MetadataText("description"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_does_not_tell_where_it_was_built(string id)
    {
        using PackageFile package = feed.Open(id);
        byte[] folder = Encoding.UTF8.GetBytes(feed.Sources);

        Assert.DoesNotContain(feed.Sources, package.ManifestText, StringComparison.OrdinalIgnoreCase);
        foreach (string file in package.Files)
        {
            Assert.True(package.ReadBytes(file).AsSpan().IndexOf(folder) < 0, $"{file} names the folder in which it was built.");
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_assemblies_are_compiled_deterministically(string id)
    {
        using PackageFile package = feed.Open(id);
        PackagedAssembly[] own = [.. Assemblies(package).Where(assembly => assembly.Name.StartsWith("ChatGen", StringComparison.Ordinal))];

        Assert.Equal(id == "ChatGen.Runtime" ? 3 : 1, own.Length);
        Assert.All(own, assembly => Assert.True(assembly.IsReproducible));
        Assert.All(own.SelectMany(assembly => assembly.SymbolPaths), path => Assert.StartsWith("/_/", path, StringComparison.Ordinal));
    }

    /// <summary>
    /// An analyzer that needs a newer assembly than the oldest supported compiler has is dropped by it. Roslyn 4.8 has those of the table;
    /// what lies beside the analyzer has to be there in the very version.
    /// </summary>
    [Theory]
    [InlineData("ChatGen")]
    [InlineData("ChatGen.Runtime")]
    public void The_analyzers_ask_for_nothing_newer_than_the_oldest_compiler_has(string id)
    {
        Dictionary<string, Version> newest = new()
        {
            ["netstandard"] = new(2, 0, 0, 0),
            ["Microsoft.CodeAnalysis"] = new(4, 8, 0, 0),
            ["Microsoft.CodeAnalysis.CSharp"] = new(4, 8, 0, 0),
            ["Microsoft.CodeAnalysis.CSharp.Workspaces"] = new(4, 8, 0, 0),
            ["Microsoft.CodeAnalysis.Workspaces"] = new(4, 8, 0, 0),
            ["Microsoft.CSharp"] = new(4, 0, 0, 0),
            ["System.Buffers"] = new(4, 0, 2, 0),
            ["System.Collections.Immutable"] = new(7, 0, 0, 0),
            ["System.Memory"] = new(4, 0, 1, 2),
            ["System.Reflection.Metadata"] = new(7, 0, 0, 0),
        };
        using PackageFile package = feed.Open(id);
        Dictionary<string, PackagedAssembly> analyzers = Assemblies(package).Where(assembly => assembly.References.ContainsKey("netstandard")).ToDictionary(assembly => assembly.Name);
        List<string> problems = [];
        foreach (PackagedAssembly analyzer in analyzers.Values)
        {
            foreach ((string name, Version version) in analyzer.References)
            {
                if (analyzers.TryGetValue(name, out PackagedAssembly? neighbour))
                {
                    if (version != neighbour.Version)
                    {
                        problems.Add($"{analyzer.Name} needs {name} {version}, but {neighbour.Version} is packed.");
                    }
                }
                // Only NJsonSchema's code generation and System.Text.Json support would load it; the generator uses neither.
                else if (!(analyzer.Name == "NJsonSchema" && name == "System.Text.Json"))
                {
                    if (!newest.TryGetValue(name, out Version? limit) || version > limit)
                    {
                        problems.Add(string.Create(CultureInfo.InvariantCulture, $"{analyzer.Name} needs {name} {version}; allowed is {limit?.ToString() ?? "none"}."));
                    }
                }
            }
        }

        Assert.Empty(problems);
    }

    private static IEnumerable<PackagedAssembly> Assemblies(PackageFile package) =>
        package.Files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal)).Select(file => new PackagedAssembly(package.ReadBytes(file)));
}
