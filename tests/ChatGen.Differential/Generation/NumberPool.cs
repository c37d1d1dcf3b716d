namespace ChatGen.Differential.Generation;

/// <summary>
/// Numbers as they are written. JavaScript's are doubles and ours are exact, so all of these, their sums with what <see cref="InstanceMutator"/> adds, and their
/// quotients by <see cref="Divisors"/> are such that both ways of counting agree; see the README for what that leaves out.
/// </summary>
internal static class NumberPool
{
    /// <summary>For bounds, constants and instances.</summary>
    public static IReadOnlyList<string> Values { get; } =
    [
        "0", "-0", "-0.0", "0.0", "0e5", "1", "1.0", "10e-1", "2", "3", "4", "5", "5.0", "7", "10", "1e1", "1E+1", "21", "100", "1e2", "1.00E+2", "1000", "-1", "-1.0", "-5", "-100",
        "-1e2", "0.5", "5e-1", "-0.5", "1.5", "-1.5", "2.5", "0.1", "0.01", "0.25", "0.3", "0.001", "12.75", "99.9", "99.99", "999.999", "4.35", "19.99",
    ];

    /// <summary>
    /// Numbers near and beyond what a double counts exactly. They are apart by more than its rounding, and multiples of 30 or of 21 so that a quotient that is an
    /// integer in doubles is one.
    /// </summary>
    public static IReadOnlyList<string> LargeValues { get; } =
    [
        "9007199254740990", "-9007199254740990", "9007199254740960", "9.00719925474099e15", "210000000000000000000", "2.1e20", "2.1E+20", "-2.1e20", "4.2e300", "-4.2e300",
    ];

    /// <summary>For <c>multipleOf</c>.</summary>
    public static IReadOnlyList<string> Divisors { get; } =
    [
        "1", "1.0", "2", "2.0", "3", "5", "7", "10", "1e1", "100", "0.5", "5e-1", "0.25", "2.5", "1.5", "0.1", "1e-1", "0.01", "0.001", "0.3",
    ];
}
