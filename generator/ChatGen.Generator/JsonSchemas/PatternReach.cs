namespace ChatGen.Generator.JsonSchemas;

/// <summary>From which subschemas a pattern may be reached, so that evaluating them may take too long.</summary>
internal static class PatternReach
{
    public static bool[] Of(JsonSchemaModel model)
    {
        var callers = new List<int>[model.Subschemas.Count];
        var reached = new Stack<int>();
        bool[] mayTimeOut = new bool[callers.Length];
        for (int i = 0; i < callers.Length; i++)
        {
            callers[i] = [];
        }

        for (int i = 0; i < callers.Length; i++)
        {
            SubschemaModel schema = model.Subschemas[i];
            foreach (int callee in schema.InPlace.Concat(schema.OfParts))
            {
                callers[callee].Add(i);
            }

            if (schema.Pattern is not null || schema.PatternProperties.Count > 0)
            {
                reached.Push(i);
            }
        }

        while (reached.Count > 0)
        {
            int number = reached.Pop();
            if (!mayTimeOut[number])
            {
                mayTimeOut[number] = true;
                callers[number].ForEach(reached.Push);
            }
        }

        return mayTimeOut;
    }
}
