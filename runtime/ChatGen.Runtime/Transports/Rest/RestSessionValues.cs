using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ChatGen;

/// <summary>What the backend has told of the session and wants to hear again. The newest value wins.</summary>
/// <remarks>Thread-safe. The values admit to the session.</remarks>
internal sealed class RestSessionValues(RestMapping mapping)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _counters = new(mapping.Counters, StringComparer.Ordinal);
    private ImmutableDictionary<string, TemplateValue> _values = ImmutableDictionary.Create<string, TemplateValue>(StringComparer.Ordinal);

    /// <summary>The values as they are now.</summary>
    public ImmutableDictionary<string, TemplateValue> Current
    {
        get
        {
            lock (_gate)
            {
                return _values;
            }
        }
    }

    /// <summary>Sets values and counters; absent ones change nothing.</summary>
    /// <returns>Whether anything is different now.</returns>
    public bool Set(IEnumerable<(string Name, TemplateValue Value)> values)
    {
        bool changed = false;
        lock (_gate)
        {
            foreach ((string name, TemplateValue value) in values)
            {
                if (_counters.ContainsKey(name))
                {
                    if (long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long counter))
                    {
                        changed |= _counters[name] != counter;
                        _counters[name] = counter;
                    }
                }
                else if (!value.IsAbsent && !(_values.TryGetValue(name, out TemplateValue old) && old.ToJson() == value.ToJson()))
                {
                    _values = _values.SetItem(name, value);
                    changed = true;
                }
            }
        }

        return changed;
    }

    /// <summary>The counters' values for one request; they are higher afterwards.</summary>
    public Dictionary<string, long> Count(string[] names)
    {
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (string name in names)
            {
                counted[name] = _counters[name]++;
            }
        }

        return counted;
    }

    /// <summary>The values for a state that is stored, as JSON by name.</summary>
    public ImmutableDictionary<string, string> Save()
    {
        lock (_gate)
        {
            return _values.Select(value => KeyValuePair.Create(value.Key, value.Value.ToJson()!))
                .Concat(_counters.Select(counter => KeyValuePair.Create(counter.Key, TemplateValue.Of(counter.Value).ToJson()!)))
                .ToImmutableDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>Takes the values of a state that was stored. What the mapping does not know is passed over.</summary>
    /// <exception cref="JsonException">A value is none of those that <see cref="Save"/> writes.</exception>
    public void Load(ImmutableDictionary<string, string> stored)
    {
        lock (_gate)
        {
            foreach ((string name, string json) in stored)
            {
                using JsonDocument document = JsonDocument.Parse(json);
                if (!_counters.ContainsKey(name))
                {
                    _values = _values.SetItem(name, TemplateValue.Of(document.RootElement.Clone()));
                }
                else if (document.RootElement.TryGetInt64(out long counter))
                {
                    _counters[name] = counter;
                }
            }
        }
    }
}
