using ChatGen.Benchmarks.Compiler;
using Xunit;

namespace ChatGen.Generator.Tests;

/// <summary>Benchmarks are run by hand; what they generate from stays right all the same.</summary>
public class BenchmarkSchemaTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(43)]
    public void The_schema_of_the_compilers_benchmark_is_right(int commands)
    {
        GeneratorRun run = GeneratorRun.Of(LargeSchema.Create(commands));

        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerProblems);
    }
}
