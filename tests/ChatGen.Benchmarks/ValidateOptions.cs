using System.ComponentModel.DataAnnotations;
using BenchmarkDotNet.Attributes;
using ChatGen.Benchmarks.Chat;

namespace ChatGen.Benchmarks;

/// <summary>The rules over options that exist already.</summary>
[MemoryDiagnoser]
public class ValidateOptions
{
    private static readonly Uri s_server = new("https://chat.example.com/cometd");
    private static readonly PlainOptionsValidator s_validator = new();

    private readonly StartSessionOptions _generated = new() { ServerUrl = s_server, MaxOfflineDuration = TimeSpan.FromSeconds(60) };
    private readonly HandWrittenOptions _handWritten = new() { ServerUrl = s_server, MaxOfflineDuration = TimeSpan.FromSeconds(60) };
    private readonly PlainOptions _plain = new() { ServerUrl = s_server, MaxOfflineDuration = 60 };

    [Benchmark(Baseline = true)]
    public bool Hand_written_ifs() => _handWritten.IsValid();

    [Benchmark]
    public bool ChatGen_Validate() => _generated.Validate().IsValid;

    [Benchmark]
    public bool FluentValidation_Validate() => s_validator.Validate(_plain).IsValid;

    [Benchmark]
    public bool DataAnnotations_TryValidateObject() => Validator.TryValidateObject(_plain, new ValidationContext(_plain), null, validateAllProperties: true);
}
