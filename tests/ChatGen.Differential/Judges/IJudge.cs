namespace ChatGen.Differential.Judges;

/// <summary>Something that knows whether instances are valid.</summary>
internal interface IJudge
{
    /// <summary>One judgement for each case.</summary>
    Task<IReadOnlyList<Judgement>> JudgeAsync(IReadOnlyList<JudgedCase> cases, CancellationToken cancellationToken);
}
