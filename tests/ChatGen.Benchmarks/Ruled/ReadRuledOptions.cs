using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace ChatGen.Benchmarks.Ruled;

/// <summary>
/// Bytes of JSON to checked options with rules on what lists and dictionaries hold and on members that exclude each other; and the same with one rule more, an <c>if</c>,
/// for which the schema's own validator is asked, so that the text is read twice.
/// </summary>
[MemoryDiagnoser]
public class ReadRuledOptions
{
    [Benchmark(Baseline = true)]
    public object SystemTextJson_generator_without_rules() => Deserialize();

    [Benchmark]
    public object SystemTextJson_generator_and_rules_by_hand()
    {
        RuledOptions options = Deserialize();
        return options.IsValid() ? options : throw new JsonException();
    }

    [Benchmark]
    public object ChatGen() => StartSessionOptions.Parse(OptionsDocument.Ruled);

    [Benchmark]
    public object ChatGen_by_the_validator_of_the_schema() => Judged.StartSessionOptions.Parse(OptionsDocument.Ruled);

    private static RuledOptions Deserialize() => JsonSerializer.Deserialize(OptionsDocument.Ruled, PlainOptionsContext.Default.RuledOptions)!;
}
