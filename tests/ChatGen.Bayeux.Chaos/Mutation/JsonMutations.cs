using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>Mutations of JSON values, members and arrays.</summary>
internal sealed class JsonMutations(Random random)
{
    private const int MostCopies = 40;

    // Stands for text that need not be JSON until the rest has been written.
    private const string Mark = "\u0001hostile";

    /// <summary>Mutates one place; <see langword="null"/> if there is none.</summary>
    public byte[]? Mutate(byte[] frame)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(frame, documentOptions: new JsonDocumentOptions { MaxDepth = 64 });
            if (root is null || Places(root).ToArray() is not { Length: > 0 } places)
            {
                return null;
            }

            string hostile = Pick(Hostile.Values);
            switch (Pick(places))
            {
                case (JsonObject owner, string member):
                    Mutate(owner, member);
                    break;
                case (JsonArray owner, int index):
                    Mutate(owner, index);
                    break;
            }

            string text = root.ToJsonString();
            return Encoding.UTF8.GetBytes(text.Replace(JsonSerializer.Serialize(Mark), hostile, StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // It is no JSON any more, or has a member twice, or text that is none: the tree cannot hold it.
            return null;
        }
    }

    private void Mutate(JsonObject owner, string member)
    {
        JsonNode? value = owner[member];
        switch (random.Next(5))
        {
            case 0:
                owner.Remove(member);
                break;
            case 1:
                owner.Remove(member);
                owner[Pick(Hostile.Members)] = value;
                break;
            case 2:
                string other = Pick([.. owner.Select(static entry => entry.Key)]);
                (JsonNode? first, JsonNode? second) = (value?.DeepClone(), owner[other]?.DeepClone());
                (owner[other], owner[member]) = (first, second);
                break;
            case 3:
                owner[Pick(Hostile.Members)] = Mark;
                break;
            default:
                owner[member] = Mark;
                break;
        }
    }

    private void Mutate(JsonArray owner, int index)
    {
        switch (random.Next(5))
        {
            case 0:
                owner.RemoveAt(index);
                break;
            case 1:
                for (int left = random.Next(1, MostCopies); left > 0; left--)
                {
                    owner.Insert(random.Next(owner.Count + 1), owner[index]?.DeepClone());
                }

                break;
            case 2:
                JsonNode? moved = owner[index];
                owner.RemoveAt(index);
                owner.Insert(random.Next(owner.Count + 1), moved);
                break;
            case 3:
                owner.Insert(index, Mark);
                break;
            default:
                owner[index] = random.Next(2) == 0 ? Mark : new JsonArray(owner[index]?.DeepClone());
                break;
        }
    }

    private static IEnumerable<(JsonNode Owner, object Place)> Places(JsonNode? node) => node switch
    {
        JsonObject owner => owner.SelectMany(entry => Places(entry.Value).Prepend((owner, entry.Key))),
        JsonArray owner => owner.SelectMany((item, index) => Places(item).Prepend((owner, (object)index))),
        _ => [],
    };

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
