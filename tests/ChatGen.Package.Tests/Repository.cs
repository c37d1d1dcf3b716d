namespace ChatGen.Package.Tests;

/// <summary>The repository that the tests are part of.</summary>
internal static class Repository
{
    public const string Solution = "ChatGen.sln";

    // Nothing of what a build, a package manager or version control puts into the tree belongs to the sources.
    private static readonly HashSet<string> s_notSources = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", "artifacts", "node_modules", "TestResults" };

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Copies the sources.</summary>
    public static void CopySourcesTo(string target) => Copy(new DirectoryInfo(Root), Directory.CreateDirectory(target));

    private static void Copy(DirectoryInfo source, DirectoryInfo target)
    {
        foreach (FileInfo file in source.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(target.FullName, file.Name));
        }

        foreach (DirectoryInfo folder in source.EnumerateDirectories())
        {
            if (!s_notSources.Contains(folder.Name) && !folder.Name.StartsWith('.'))
            {
                Copy(folder, target.CreateSubdirectory(folder.Name));
            }
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no {Solution} above {AppContext.BaseDirectory}.");
    }
}
