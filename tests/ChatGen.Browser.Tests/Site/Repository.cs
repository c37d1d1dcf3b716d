namespace ChatGen.Browser.Tests.Site;

/// <summary>The repository that the tests are part of.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ChatGen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no ChatGen.sln above {AppContext.BaseDirectory}.");
    }
}
