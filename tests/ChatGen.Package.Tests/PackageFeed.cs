namespace ChatGen.Package.Tests;

/// <summary>All packages of the repository, packed from a copy of its sources, since others may build in the repository at the same time.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Version of the packages, never used before.</summary>
    internal string Version { get; } = $"0.0.1-test.{DateTime.UtcNow.Ticks}";

    /// <summary>The folder with the packages and nothing else.</summary>
    internal string Folder => Path.Combine(_folder.Path, "feed");

    /// <summary>The sources that the packages were made from.</summary>
    internal string Sources => Path.Combine(_folder.Path, "sources");

    /// <summary>Where the consumers' packages are restored to, rather than among those of the machine's other projects.</summary>
    internal string RestoredPackages => Path.Combine(_folder.Path, "packages");

    /// <summary>Opens a package.</summary>
    internal PackageFile Open(string id) => new(Path.Combine(Folder, $"{id}.{Version}.nupkg"));

    /// <summary>Makes an empty folder for a consumer.</summary>
    internal string CreateFolder(string name) => _folder.Create(name);

    /// <summary>Packs the solution.</summary>
    public async ValueTask InitializeAsync()
    {
        Repository.CopySourcesTo(Sources);
        ProcessRun run = await DotNet.BuildAsync(
            Sources, "pack", Repository.Solution, "--configuration", "Release", "--output", Folder, $"-property:Version={Version}");
        run.RequireSuccess();
    }

    /// <summary>Deletes everything.</summary>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
