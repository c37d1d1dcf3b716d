using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatGen.Differential.Records;

/// <summary>The run of this process: all schemas of the seed, with their instances, once for all tests.</summary>
internal sealed class RecordRun
{
    private static readonly Lazy<RecordRun> s_run = new(Create);

    private readonly List<RecordDifference> _differences = [];
    private readonly List<(RecordSchema Schema, string Reason)> _refusals = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    private RecordRun()
    {
    }

    public IReadOnlyList<RecordDifference> Differences => _differences;

    public IReadOnlyList<(RecordSchema Schema, string Reason)> Refusals => _refusals;

    public int Schemas { get; private set; }

    public int Accepted { get; private set; }

    public int Rejected { get; private set; }

    /// <summary>How often a record of an instance was checked, and how often it was found valid.</summary>
    public (int Valid, int All) Validated { get; private set; }

    /// <summary>How many records held all of their instance, so that the verdicts on both were compared.</summary>
    public int Faithful { get; private set; }

    public int Messages { get; private set; }

    public string Report =>
        $"{Schemas} schemas of seed {RecordSettings.Seed}, half of them in each draft, with {RecordSettings.InstancesPerSchema} instances each, in {_watch.Elapsed.TotalSeconds:0.0} s; {_refusals.Count} refused.\n"
        + $"TryParse accepts {Accepted} and rejects {Rejected}; {Validated.All} were read without checks, of which {Validated.Valid} are valid and {Faithful} hold all of their JSON; {Messages} messages compared.\n"
        + string.Join("\n", _known.OrderByDescending(known => known.Value).Select(known => $"{known.Value} times: {known.Key}")) + "\n"
        + $"{_differences.Count} differences: " + string.Join(", ", _differences.GroupBy(difference => difference.Kind).Select(kind => $"{kind.Count()} {kind.Key}"));

    public static RecordRun Get() => s_run.Value;

    private static RecordRun Create()
    {
        var run = new RecordRun();
        RecordSchema[][] batches =
            [.. Enumerable.Range(0, RecordSettings.Schemas).Select(number => RecordSchemaGenerator.Create(RecordSettings.Seed, number)).Chunk(RecordSettings.BatchSize)];
        foreach ((RecordSchema[] schemas, IReadOnlyList<(CompiledRecord?, string)> compiled) in batches.AsParallel().AsOrdered().Select(batch => (batch, CompiledRecords.Compile(batch))))
        {
            foreach ((RecordSchema schema, (CompiledRecord? record, string refusal)) in schemas.Zip(compiled))
            {
                if (record is null)
                {
                    run._refusals.Add((schema, refusal));
                    continue;
                }

                var judge = new RecordJudge(schema);
                foreach (string instance in RecordInstances.Create(schema, judge, RecordSettings.Seed))
                {
                    run.Check(schema, record, judge, instance);
                }
            }

            run.Schemas += schemas.Length;
        }

        run._watch.Stop();
        return run;
    }

    private void Check(RecordSchema schema, CompiledRecord record, RecordJudge judge, string instance)
    {
        if (judge.Judge(instance) is not { } judged)
        {
            _differences.Add(new RecordDifference("no verdict", schema, instance, ""));
            return;
        }

        try
        {
            ChatValidationFailure[] parsed = CheckParsed(schema, record, instance, judged);
            CheckRecord(schema, record, judge, instance, judged, parsed);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _differences.Add(new RecordDifference("exception", schema, instance, exception.ToString()));
        }
    }

    private ChatValidationFailure[] CheckParsed(RecordSchema schema, CompiledRecord record, string instance, IReadOnlyList<ChatValidationFailure> judged)
    {
        ChatValidationFailure[] parsed = [.. record.TryParse(instance, out _).Failures];
        _ = parsed.Length == 0 ? Accepted++ : Rejected++;
        var here = new RecordCase(schema, instance, judged, parsed);
        if (parsed.Length == 0 != (judged.Count == 0))
        {
            if (KnownDifference.All.FirstOrDefault(known => known.Explains(here)) is { } known)
            {
                _known[known.Reason] = _known.GetValueOrDefault(known.Reason) + 1;
            }
            else
            {
                _differences.Add(new RecordDifference("TryParse " + (parsed.Length == 0 ? "accepts" : "rejects"), schema, instance, Explain(judged, parsed)));
            }
        }

        ComparePaths("TryParse", schema, instance, instance, parsed);
        CompareMessages("TryParse", schema, instance, judged, parsed);
        return parsed;
    }

    private void CheckRecord(
        RecordSchema schema, CompiledRecord record, RecordJudge judge, string instance, IReadOnlyList<ChatValidationFailure> judged, ChatValidationFailure[] parsed)
    {
        object? value;
        try
        {
            value = record.Deserialize(instance);
        }
        catch (JsonException)
        {
            // Not every instance is one that a record can hold.
            return;
        }

        if (value is null)
        {
            return;
        }

        ChatValidationFailure[] failures = [.. record.Validate(value).Failures];
        Validated = (Validated.Valid + (failures.Length == 0 ? 1 : 0), Validated.All + 1);
        if (failures.Any(failure => failure.Keyword == "type"))
        {
            // Such a value has no JSON: a member that must be there is null.
            ComparePaths("Validate()", schema, instance, instance, failures);
            return;
        }

        string json = record.Serialize(value);
        // What the backend alone sets is not there yet, and nobody is asked for it.
        HashSet<string> missing = [.. schema.ReadOnly.Select(name => $"'{name}' is missing")];
        if (judge.Judge(json)?.Where(failure => failure is not { Path: "$", Keyword: "required" } || !missing.Contains(failure.Message)).ToArray() is { } judgedJson
            && judgedJson.Length == 0 != (failures.Length == 0))
        {
            _differences.Add(new RecordDifference("Validate() and its JSON", schema, instance, $"JSON: {json}\n{Explain(judgedJson, failures)}"));
        }
        else
        {
            CompareMessages("Validate() and its JSON", schema, instance, judge.Judge(json)!, failures);
        }

        ComparePaths("Validate()", schema, instance, json, failures);
        if (HasSameShape(JsonNode.Parse(instance), JsonNode.Parse(json)))
        {
            Faithful++;
            if (judged.Count == 0 != (failures.Length == 0) || parsed.Length == 0 != (failures.Length == 0))
            {
                _differences.Add(new RecordDifference("Validate() and the instance", schema, instance, $"JSON: {json}\n{Explain(judged, failures)}"));
            }
        }
    }

    /// <summary>A failure is at a value of the instance, or names a member that is missing there.</summary>
    private void ComparePaths(string who, RecordSchema schema, string instance, string json, IEnumerable<ChatValidationFailure> failures)
    {
        IReadOnlySet<string> paths = RecordJudge.Paths(json);
        foreach (ChatValidationFailure failure in failures)
        {
            bool isMissing = failure.Keyword is "required" or "type" && paths.Any(path => failure.Path.StartsWith(path + ".", StringComparison.Ordinal));
            if (!paths.Contains(failure.Path) && !isMissing && failure.Keyword != "json")
            {
                _differences.Add(new RecordDifference("path of " + who, schema, instance, failure.ToString()));
            }
        }
    }

    /// <summary>The same rule at the same place has the same words.</summary>
    private void CompareMessages(string who, RecordSchema schema, string instance, IReadOnlyList<ChatValidationFailure> judged, IReadOnlyList<ChatValidationFailure> failures)
    {
        foreach (ChatValidationFailure failure in failures)
        {
            string[] words = [.. judged.Where(each => each.Path == failure.Path && each.Keyword == failure.Keyword).Select(Words)];
            Messages += words.Length == 0 ? 0 : 1;
            if (words.Length > 0 && !words.Contains(Words(failure)) && !KnownDifference.ExplainsWords(failure))
            {
                _differences.Add(new RecordDifference("words of " + who, schema, instance, Explain(judged, [failure])));
            }
        }
    }

    /// <summary>What is said of a value, without its name and without how a number is written.</summary>
    private static string Words(ChatValidationFailure failure)
    {
        if (failure.Keyword is "required" or "dependentRequired" or "dependencies" && (failure.Message.EndsWith(" is missing", StringComparison.Ordinal) || failure.Message.Contains("' needs '", StringComparison.Ordinal)))
        {
            // It consists of names.
            return failure.Message.EndsWith(" is missing", StringComparison.Ordinal) ? "is missing" : "needs";
        }

        string message = failure.Message.StartsWith("The value ", StringComparison.Ordinal) ? failure.Message["The value ".Length..] : failure.Message;
        if (message.StartsWith('\'') && message.IndexOf("' ", StringComparison.Ordinal) is var end and > 0)
        {
            message = message[(end + 2)..];
        }

        return string.Join(' ', message.Split(' ').Select(word =>
            decimal.TryParse(word.TrimEnd(','), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
                ? (number / 1.0000000000000000000000000000m).ToString("G29", CultureInfo.InvariantCulture) + (word.EndsWith(',') ? "," : "")
                : word));
    }

    /// <summary>Whether two values have the same members and items, however their strings and numbers are written.</summary>
    private static bool HasSameShape(JsonNode? first, JsonNode? second) => (first, second) switch
    {
        (JsonObject one, JsonObject other) => one.Count == other.Count && one.All(member => other.TryGetPropertyValue(member.Key, out JsonNode? value) && HasSameShape(member.Value, value)),
        (JsonArray one, JsonArray other) => one.Count == other.Count && one.Zip(other).All(items => HasSameShape(items.First, items.Second)),
        _ => first?.GetValueKind() == second?.GetValueKind(),
    };

    private static string Explain(IReadOnlyList<ChatValidationFailure> judged, IReadOnlyList<ChatValidationFailure> failures) =>
        $"the specification: {Lines(judged)}\nwe: {Lines(failures)}";

    private static string Lines(IReadOnlyList<ChatValidationFailure> failures) =>
        failures.Count == 0 ? "valid" : string.Join("; ", failures.Select(failure => $"{failure.Path} {failure.Keyword}: {failure.Message}"));
}
