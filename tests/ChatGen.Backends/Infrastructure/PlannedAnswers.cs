namespace ChatGen.Backends.Infrastructure;

/// <summary>The answers that a test wants instead of the proper ones.</summary>
internal sealed class PlannedAnswers
{
    private readonly Lock _lock = new();
    private readonly List<Plan> _plans = [];

    public void Add(Func<EmulatorRequest, bool> which, EmulatorAnswer answer, int times)
    {
        lock (_lock)
        {
            _plans.Add(new Plan(which, answer, times));
        }
    }

    public EmulatorAnswer? Take(EmulatorRequest request)
    {
        lock (_lock)
        {
            int index = _plans.FindIndex(plan => plan.Which(request));
            if (index < 0)
            {
                return null;
            }

            Plan plan = _plans[index];
            if (plan.Times == 1)
            {
                _plans.RemoveAt(index);
            }
            else
            {
                _plans[index] = plan with { Times = plan.Times - 1 };
            }

            return plan.Answer;
        }
    }

    private sealed record Plan(Func<EmulatorRequest, bool> Which, EmulatorAnswer Answer, int Times);
}
