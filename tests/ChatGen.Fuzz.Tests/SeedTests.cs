using ChatGen.Fuzz.Tests.Corpus;
using ChatGen.Fuzz.Tests.Oracles;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>The documents that are mutated are flawless themselves: what is made of them is the whole of what can be made.</summary>
public class SeedTests
{
    public static TheoryData<string> Documents => [Seeds.Standalone, .. LanguageSeeds.All];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_seed_has_no_fault_and_compiles(string text)
    {
        Assert.Empty(Generated.From(text, Oracle.Namespace).Diagnostics.Select(diagnostic => diagnostic.ToDiagnostic().ToString()));
        Assert.Null(ModelCompiler.Check(text));
    }
}
