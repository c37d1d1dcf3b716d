using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace ChatGen.Benchmarks.Typed;

/// <summary>Bytes of JSON to checked options all of whose members have a type of their own: an enumeration, a record, a pattern, bounds, lengths.</summary>
[MemoryDiagnoser]
public class ReadTypedOptions
{
    [Benchmark(Baseline = true)]
    public object Hand_written_reader_with_rules() => TypedOptionsReader.Read(OptionsDocument.Typed);

    [Benchmark]
    public object ChatGen()
    {
        var reader = new Utf8JsonReader(OptionsDocument.Typed);
        reader.Read();
        StartSessionOptions options = StartSessionOptionsJsonConverter.ReadValue(ref reader);
        options.Validate().ThrowIfInvalid();
        return options;
    }

    [Benchmark]
    public object ChatGen_by_JsonSerializer()
    {
        StartSessionOptions options = JsonSerializer.Deserialize(OptionsDocument.Typed, ChatJsonContext.Default.StartSessionOptions)!;
        options.Validate().ThrowIfInvalid();
        return options;
    }

    [Benchmark]
    public object SystemTextJson_generator_without_rules() => JsonSerializer.Deserialize(OptionsDocument.Typed, PlainOptionsContext.Default.TypedOptions)!;

    [Benchmark]
    public object SystemTextJson_generator_and_rules_by_hand()
    {
        TypedOptions options = JsonSerializer.Deserialize(OptionsDocument.Typed, PlainOptionsContext.Default.TypedOptions)!;
        return options.IsValid() ? options : throw new JsonException();
    }
}
