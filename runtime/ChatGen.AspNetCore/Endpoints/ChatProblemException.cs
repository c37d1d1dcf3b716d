namespace ChatGen;

/// <summary>Ends the handling of a request, which is answered with a problem.</summary>
internal sealed class ChatProblemException(ChatProblem problem) : Exception(problem.Title)
{
    public ChatProblem Problem { get; } = problem;
}
