using System.Buffers;

namespace ChatGen.Bayeux.Session;

/// <summary>Keeps payloads until their callbacks have run, many in one piece of borrowed memory. For one thread at a time.</summary>
internal sealed class PayloadArena
{
    private const int ChunkSize = 32 * 1024;

    // A larger one gets memory of its own, so that it does not keep small ones' memory.
    private const int MaxShared = ChunkSize / 4;

    private Chunk? _current;
    private Chunk? _spare;

    /// <summary>Copies a payload and what belongs to it.</summary>
    /// <param name="data">The payload.</param>
    /// <param name="ext">What belongs to it; may be empty.</param>
    /// <param name="chunk">To be let go of.</param>
    public (ReadOnlyMemory<byte> Data, ReadOnlyMemory<byte> Ext) Copy(ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> ext, out Chunk chunk)
    {
        int length = data.Length + ext.Length;
        if (length > MaxShared)
        {
            chunk = new Chunk(length);
        }
        else
        {
            if (_current is null || _current.Free < length)
            {
                Leave(_current);
                _current = _spare ?? new Chunk(ChunkSize);
                _spare = null;
            }

            chunk = _current;
        }

        chunk.Payloads++;
        return (chunk.Add(data), chunk.Add(ext));
    }

    /// <summary>Lets go of a payload.</summary>
    public void Release(Chunk chunk)
    {
        if (--chunk.Payloads > 0)
        {
            return;
        }

        if (chunk == _current)
        {
            chunk.Clear();
        }
        else
        {
            Leave(chunk);
        }
    }

    /// <summary>Gives the memory back that nobody uses.</summary>
    public void Trim()
    {
        _spare?.Return();
        _spare = null;
        if (_current is { Payloads: 0 })
        {
            _current.Return();
            _current = null;
        }
    }

    private void Leave(Chunk? chunk)
    {
        if (chunk is not { Payloads: 0 })
        {
            return;
        }

        if (_spare is null && chunk.Size == ChunkSize)
        {
            chunk.Clear();
            _spare = chunk;
        }
        else
        {
            chunk.Return();
        }
    }

    /// <summary>A piece of memory with payloads in it.</summary>
    public sealed class Chunk(int size)
    {
        private readonly byte[] _memory = ArrayPool<byte>.Shared.Rent(size);
        private int _used;

        public int Size { get; } = size;

        /// <summary>How many payloads in it are still needed.</summary>
        public int Payloads { get; set; }

        public int Free => Size - _used;

        public ReadOnlyMemory<byte> Add(ReadOnlyMemory<byte> bytes)
        {
            Memory<byte> place = _memory.AsMemory(_used, bytes.Length);
            bytes.CopyTo(place);
            _used += bytes.Length;
            return place;
        }

        public void Clear() => _used = 0;

        public void Return() => ArrayPool<byte>.Shared.Return(_memory);
    }
}
