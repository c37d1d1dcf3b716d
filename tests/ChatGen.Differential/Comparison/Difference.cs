using ChatGen.Differential.Judges;

namespace ChatGen.Differential.Comparison;

/// <summary>An instance that two judges do not agree on.</summary>
/// <param name="Number">The number of the case that it comes of.</param>
/// <param name="Case">The schema with this one instance.</param>
/// <param name="Ours">Our verdict; null if there is none.</param>
/// <param name="Theirs">The other judge's.</param>
internal sealed record Difference(int Number, JudgedCase Case, bool? Ours, bool? Theirs)
{
    public override string ToString() =>
        $"Case {Number} of seed {DifferentialSettings.Seed}, {Case.Dialect}: ours {Word(Ours)}, the other {Word(Theirs)}\n  schema   {Case.Schema}\n  instance {Case.Instances[0]}";

    private static string Word(bool? verdict) => verdict switch { true => "accepts", false => "rejects", null => "has no verdict" };
}
