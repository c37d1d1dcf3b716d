using System.Text.Json.Nodes;
using ChatGen.Differential.Generation;

namespace ChatGen.Differential.Records;

/// <summary>Random instances of options: half of them are repaired until they are valid or nearly so, and some of these are changed in one place again.</summary>
internal static class RecordInstances
{
    private const int Repairs = 25;

    public static IReadOnlyList<string> Create(RecordSchema schema, RecordJudge judge, int seed)
    {
        var random = new Random(unchecked((seed * 31) + schema.Number + 1_000_003));
        var mutator = new InstanceMutator(random);
        return [.. Enumerable.Range(0, RecordSettings.InstancesPerSchema).Select(number =>
        {
            JsonObject instance = Random(schema, random);
            JsonNode? result = number % 4 == 0 ? instance : Repair(instance, schema, judge, random);
            return Text(number % 4 == 1 ? mutator.Mutate(result) : result);
        })];
    }

    private static JsonObject Random(RecordSchema schema, Random random)
    {
        var instance = new JsonObject { ["serverUrl"] = "https://chat.example.com" };
        if (random.Chance(70))
        {
            // So that no default fills them, and the record can be compared with all of its instance.
            instance["username"] = random.Pick(["Jane", "J"]);
            instance["maxOfflineDuration"] = random.Pick([0, 5, 86400]);
            instance["disableWebSockets"] = random.Chance(50);
        }

        foreach ((string name, RandomMember member) in schema.Members)
        {
            if (random.Chance(member.Schema.ContainsKey("default") ? 90 : 60))
            {
                instance[name] = member.Value(random);
            }
        }

        switch (random.Next(20))
        {
            case 0:
                instance.Remove("serverUrl");
                break;
            case 1:
                instance["username"] = "";
                break;
            case 2:
                instance["maxOfflineDuration"] = -1;
                break;
            case 3:
                instance[random.Pick(["foo", "x-1", "extra"])] = random.Value(1);
                break;
            case 4:
                instance["userData"] = new JsonObject { ["a"] = random.Value() };
                break;
            case 5:
                instance[random.Pick(["transport", "logger"])] = new JsonObject();
                break;
            default:
                break;
        }

        return instance;
    }

    private static JsonObject Repair(JsonObject instance, RecordSchema schema, RecordJudge judge, Random random)
    {
        int failures = Failures(instance);
        string[] names = [.. schema.Members.Keys];
        for (int i = 0; i < Repairs && failures > 0; i++)
        {
            var changed = (JsonObject)instance.DeepClone();
            string name = random.Pick(names);
            changed.Remove(name);
            if (random.Chance(70))
            {
                changed[name] = schema.Members[name].Value(random);
            }

            int left = Failures(changed);
            if (left <= failures)
            {
                (instance, failures) = (changed, left);
            }
        }

        return instance;

        int Failures(JsonObject of) => judge.Judge(Text(of))?.Count ?? int.MaxValue;
    }

    private static string Text(JsonNode? instance) => instance?.ToJsonString() ?? "null";
}
