namespace ChatGen.Generator.JsonSchemas;

/// <summary>An evaluation has taken all the steps that it may take.</summary>
internal sealed class EvaluationBudgetException : Exception;
