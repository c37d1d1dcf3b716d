namespace ChatGen.Interop.Tests.Programs;

/// <summary>A folder that is gone with everything in it when it is disposed of.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatgen-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
