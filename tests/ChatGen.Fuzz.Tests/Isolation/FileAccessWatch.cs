using System.Runtime.InteropServices;

namespace ChatGen.Fuzz.Tests.Isolation;

/// <summary>Sees every opening and reading of the files of one directory, by whomever: Linux's inotify, since .NET's watcher sees changes only.</summary>
internal sealed partial class FileAccessWatch : IDisposable
{
    private const int NonBlocking = 0x800;
    private const uint Access = 0x1;
    private const uint Open = 0x20;

    private readonly int _descriptor;

    public FileAccessWatch(string directory)
    {
        _descriptor = Init(NonBlocking);
        if (_descriptor < 0 || AddWatch(_descriptor, directory, Access | Open) < 0)
        {
            throw new IOException($"inotify cannot watch {directory}: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Whether a file was touched since the last question.</summary>
    public unsafe bool WasTouched()
    {
        bool wasTouched = false;
        byte* buffer = stackalloc byte[4096];
        while (Read(_descriptor, buffer, 4096) > 0)
        {
            wasTouched = true;
        }

        return wasTouched;
    }

    public void Dispose() => _ = Close(_descriptor);

    [LibraryImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static partial int Init(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddWatch(int descriptor, string path, uint mask);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint Read(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
