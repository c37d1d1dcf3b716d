namespace ChatGen.Package.Tests;

/// <summary>A console project outside of the repository, which has the packages from the feed and knows nothing else of it.</summary>
internal sealed class ScratchProject
{
    private const string Name = "Scratch";

    private readonly PackageFeed _feed;
    private readonly string _folder;

    /// <summary>Makes a project.</summary>
    /// <param name="feed">Where the packages are.</param>
    /// <param name="name">The name of its folder.</param>
    /// <param name="consumer">The folder of <c>Consumers</c> with the sources.</param>
    /// <param name="schemaItem">The <c>ChatSchema</c> item, if any.</param>
    /// <param name="library">A library of which the project gets the packages; without one, it references them itself.</param>
    /// <param name="isLibrary">Whether it is a library itself.</param>
    /// <param name="packages">References to more packages, if any.</param>
    public ScratchProject(PackageFeed feed, string name, string consumer, string schemaItem = "", ScratchProject? library = null, bool isLibrary = false, string packages = "")
    {
        _feed = feed;
        _folder = feed.CreateFolder(name);

        // Stops the search for build files, which would go on up to the root of the disk.
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="ChatGen.Package.Tests" value="{feed.Folder}" />
              </packageSources>
            </configuration>
            """);
        string references = library is null
            ? $"""
                <PackageReference Include="ChatGen" Version="{feed.Version}" />
                <PackageReference Include="ChatGen.Testing" Version="{feed.Version}" />
                """
            : $"""<ProjectReference Include="{Path.Combine(library._folder, $"{Name}.csproj")}" />""";
        Write($"{Name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>{(isLibrary ? "Library" : "Exe")}</OutputType>
                <AssemblyName>{(library is null ? Name : name)}</AssemblyName>
                <RootNamespace>{(library is null ? Name : name)}</RootNamespace>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                {references}
                {packages}
                {schemaItem}
              </ItemGroup>
            </Project>
            """);
        Use(consumer);
    }

    /// <summary>Replaces sources by those of another folder of <c>Consumers</c>.</summary>
    public void Use(string consumer)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Consumers", consumer)))
        {
            string target = Path.Combine(_folder, Path.GetFileName(file));
            File.Copy(file, target, overwrite: true);
            // The copy keeps the time of the original, which may be older than the last build.
            File.SetLastWriteTimeUtc(target, DateTime.UtcNow);
        }
    }

    /// <summary>Builds; every warning is an error.</summary>
    public Task<ProcessRun> BuildAsync(params string[] properties) => DotNet.BuildAsync(_folder, "build", ["-warnaserror", .. RestoreProperties, .. properties]);

    /// <summary>Runs what was built.</summary>
    public Task<ProcessRun> RunAsync() => DotNet.RunAsync(_folder, "dotnet", Path.Combine("bin", "Debug", "net10.0", $"{Name}.dll"));

    /// <summary>Compiles to a native program; every warning is an error, those of the linker and of the compiler to native code too.</summary>
    public Task<ProcessRun> PublishNativeAsync() => DotNet.BuildAsync(
        _folder,
        "publish",
        ["-warnaserror", "-property:PublishAot=true", "-property:TrimmerSingleWarn=false", "-property:PublishDir=published/", .. RestoreProperties]);

    /// <summary>Runs what was published.</summary>
    public Task<ProcessRun> RunNativeAsync() => DotNet.RunAsync(_folder, Path.Combine(_folder, "published", OperatingSystem.IsWindows() ? $"{Name}.exe" : Name));

    // The audit would ask a public service about the machine's other packages.
    private IEnumerable<string> RestoreProperties => [$"-property:RestorePackagesPath={_feed.RestoredPackages}", "-property:NuGetAudit=false"];

    private void Write(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);
}
