using Microsoft.CodeAnalysis.Text;

namespace ChatGen.Generator.Documents;

/// <summary>Takes what is wrong with a JSON text.</summary>
internal interface IJsonProblems
{
    void Add(JsonProblem problem, SchemaText source, TextSpan span, string argument);
}
