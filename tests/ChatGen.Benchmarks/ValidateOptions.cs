using System.ComponentModel.DataAnnotations;
using BenchmarkDotNet.Attributes;
using ChatGen.Benchmarks.Chat;

namespace ChatGen.Benchmarks;

/// <summary>The rules over options that exist already: many of them, so that the call of the benchmark itself does not count.</summary>
[MemoryDiagnoser]
public class ValidateOptions
{
    private const int Count = 64;

    private static readonly PlainOptionsValidator s_validator = new();
    private static readonly PlainOptionsRules s_rules = new();

    private readonly StartSessionOptions[] _generated = Create(url => new StartSessionOptions { ServerUrl = url, MaxOfflineDuration = TimeSpan.FromSeconds(60) });
    private readonly HandWrittenOptions[] _handWritten = Create(url => new HandWrittenOptions { ServerUrl = url, MaxOfflineDuration = TimeSpan.FromSeconds(60) });
    private readonly PlainOptions[] _plain = Create(url => new PlainOptions { ServerUrl = url, MaxOfflineDuration = 60 });

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int Ifs_by_hand()
    {
        int valid = 0;
        foreach (HandWrittenOptions options in _handWritten)
        {
            valid += options.IsValid() ? 1 : 0;
        }

        return valid;
    }

    /// <summary>All rules of the schema: <c>uri</c> is that of RFC 3986, which System.Uri reads more freely.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Ifs_by_hand_with_a_check_of_the_URI()
    {
        int valid = 0;
        foreach (HandWrittenOptions options in _handWritten)
        {
            valid += options.IsValid() && options.ServerUrl!.IsWellFormedOriginalString() ? 1 : 0;
        }

        return valid;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int ChatGen()
    {
        int valid = 0;
        foreach (StartSessionOptions options in _generated)
        {
            valid += options.Validate().IsValid ? 1 : 0;
        }

        return valid;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int OptionsValidator_generator()
    {
        int valid = 0;
        foreach (PlainOptions options in _plain)
        {
            valid += s_rules.Validate(null, options).Succeeded ? 1 : 0;
        }

        return valid;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int FluentValidation()
    {
        int valid = 0;
        foreach (PlainOptions options in _plain)
        {
            valid += s_validator.Validate(options).IsValid ? 1 : 0;
        }

        return valid;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int DataAnnotations()
    {
        int valid = 0;
        foreach (PlainOptions options in _plain)
        {
            valid += Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true) ? 1 : 0;
        }

        return valid;
    }

    private static T[] Create<T>(Func<Uri, T> create) => [.. Enumerable.Range(0, Count).Select(i => create(new Uri($"http{(i % 2 == 0 ? "s" : "")}://chat.example.com/{i}")))];
}
