namespace ChatGen.Differential.Judges;

/// <summary>A judge with a planted bug: it reads every schema as another one.</summary>
internal sealed class MisreadingJudge(IJudge judge, Func<string, string> misread) : IJudge
{
    public Task<IReadOnlyList<Judgement>> JudgeAsync(IReadOnlyList<JudgedCase> cases, CancellationToken cancellationToken) =>
        judge.JudgeAsync([.. cases.Select(judged => judged with { Schema = misread(judged.Schema) })], cancellationToken);
}
