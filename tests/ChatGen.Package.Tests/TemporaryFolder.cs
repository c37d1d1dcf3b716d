namespace ChatGen.Package.Tests;

/// <summary>A folder outside of the repository that is gone after the tests.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ChatGen.Package.Tests-").FullName;

    /// <summary>Makes a folder in it.</summary>
    public string Create(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A virus scanner may still hold a file; what is left over is in the system's temporary folder.
        }
    }
}
