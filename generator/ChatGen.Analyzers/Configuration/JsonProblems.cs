using ChatGen.Generator.Documents;
using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Analyzers.Configuration;

/// <summary>Keeps the first thing for which .NET would not read a configuration file.</summary>
internal sealed class JsonProblems : IJsonProblems
{
    public (TextSpan Span, string Words)? First { get; private set; }

    public void Add(JsonProblem problem, SchemaText source, TextSpan span, string argument)
    {
        if (problem is JsonProblem.Invalid or JsonProblem.Empty)
        {
            First ??= (span, problem == JsonProblem.Empty ? "it is empty" : argument);
        }
    }
}
