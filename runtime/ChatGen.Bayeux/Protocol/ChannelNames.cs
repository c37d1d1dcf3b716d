using System.Text.Json;

namespace ChatGen.Bayeux.Protocol;

/// <summary>Strings of the channels that were met last, so that not every event makes one of its own. For one thread at a time.</summary>
internal sealed class ChannelNames
{
    // More are seldom used at once, and comparing costs too.
    private const int Capacity = 8;
    private const int MaxLength = 256;
    private readonly List<string> _names = [MetaChannel.Connect, MetaChannel.Handshake, MetaChannel.Subscribe];
    private int _next = 3;

    /// <summary>The string that the reader stands on; <see langword="null"/> if it is no channel's name.</summary>
    public string? Read(ref Utf8JsonReader reader)
    {
        foreach (string name in _names)
        {
            if (reader.ValueTextEquals(name))
            {
                return name;
            }
        }

        if (reader.GetString() is not ['/', ..] read)
        {
            return null;
        }

        if (read.Length <= MaxLength)
        {
            if (_names.Count < Capacity)
            {
                _names.Add(read);
            }
            else
            {
                // The first is each session's most frequent.
                _next = _next + 1 < Capacity ? _next + 1 : 1;
                _names[_next] = read;
            }
        }

        return read;
    }
}
