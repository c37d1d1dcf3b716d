using System.Diagnostics.CodeAnalysis;

namespace ChatGen;

/// <summary>A pattern that begins where the value begins and goes on by characters and classes, each some number of times.</summary>
/// <remarks>No step that may take more or less takes what the steps after it could take, so what it can take it must: no way has to be tried twice.</remarks>
internal sealed class PatternSequence
{
    private readonly Step[] _steps;
    private readonly bool _isWhole;

    private PatternSequence(Step[] steps, bool isWhole)
    {
        _steps = steps;
        _isWhole = isWhole;
    }

    /// <summary>Makes a sequence of steps if there is only one way to match it.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="isWhole">Whether the value must end where the sequence ends.</param>
    public static PatternSequence? Create(IReadOnlyList<Step> steps, bool isWhole)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            for (int j = i + 1; steps[i].Minimum < steps[i].Maximum && j < steps.Count; j++)
            {
                if (steps[i].Set.Overlaps(steps[j].Set))
                {
                    return null;
                }

                if (steps[j].Minimum > 0)
                {
                    break;
                }
            }
        }

        return new PatternSequence([.. steps], isWhole);
    }

    public bool IsMatch(string value)
    {
        int index = 0;
        foreach (Step step in _steps)
        {
            int count = 0;
            while (count < step.Maximum && index < value.Length)
            {
                int codePoint = value[index];
                int length = 1;
                if (char.IsHighSurrogate((char)codePoint) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]))
                {
                    codePoint = char.ConvertToUtf32((char)codePoint, value[index + 1]);
                    length = 2;
                }

                if (!step.Set.Contains(codePoint))
                {
                    break;
                }

                index += length;
                count++;
            }

            if (count < step.Minimum)
            {
                return false;
            }
        }

        return !_isWhole || index == value.Length;
    }

    /// <summary>A set of characters, any of which is taken so many times.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
    public readonly struct Step(CodePointSet set, int minimum, int maximum)
    {
        public CodePointSet Set { get; } = set;

        public int Minimum { get; } = minimum;

        public int Maximum { get; } = maximum;
    }
}
