using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ChatGen.Analyzers.Usage;

/// <summary>Values of structs that C# has no literals for, made of constants. They are computed as .NET computes them, whatever the compiler runs on.</summary>
internal static class ConstantStructs
{
    private const long MaxTicks = long.MaxValue;

    /// <summary>A time span in ticks; null if it is not known or making it fails.</summary>
    public static long? Ticks(IOperation operation)
    {
        switch (operation)
        {
            case IDefaultValueOperation:
                return 0;
            case IFieldReferenceOperation { Field: { IsStatic: true } field } when IsOf(field, "TimeSpan"):
                return field.Name switch
                {
                    "Zero" => 0,
                    "MinValue" => long.MinValue,
                    "MaxValue" => long.MaxValue,
                    _ => null,
                };
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus, Operand: var operand }:
                return Ticks(Values.Unwrap(operand)) is long ticks and not long.MinValue ? -ticks : null;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus, Operand: var operand }:
                return Ticks(Values.Unwrap(operand));
            case IInvocationOperation { TargetMethod: { IsStatic: true } method } call when IsOf(method, "TimeSpan"):
                return FromUnits(method.Name, Arguments(call.Arguments));
            case IObjectCreationOperation { Constructor: { } constructor, Arguments: var arguments } when IsOf(constructor, "TimeSpan"):
                return OfParts(Arguments(arguments));
            default:
                return null;
        }
    }

    /// <summary>A UUID; null if it is not known or making it fails.</summary>
    public static Guid? Uuid(IOperation operation) => operation switch
    {
        IDefaultValueOperation => Guid.Empty,
        IFieldReferenceOperation { Field: { IsStatic: true, Name: "Empty" } field } when IsOf(field, "Guid") => Guid.Empty,
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Parse" } method, Arguments: [var text] } when IsOf(method, "Guid") => Parse(text),
        IObjectCreationOperation { Constructor: { } constructor, Arguments: [var text] } when IsOf(constructor, "Guid") => Parse(text),
        IObjectCreationOperation { Constructor: { } constructor, Arguments.Length: 0 } when IsOf(constructor, "Guid") => Guid.Empty,
        _ => null,
    };

    /// <summary>A date and time; null if it is not known or making it fails.</summary>
    public static DateTimeOffset? Time(IOperation operation)
    {
        switch (operation)
        {
            case IDefaultValueOperation:
                return default(DateTimeOffset);
            case IFieldReferenceOperation { Field: { IsStatic: true } field } when IsOf(field, "DateTimeOffset"):
                return field.Name switch
                {
                    "MinValue" => DateTimeOffset.MinValue,
                    "MaxValue" => DateTimeOffset.MaxValue,
                    "UnixEpoch" => DateTimeOffset.FromUnixTimeSeconds(0),
                    _ => null,
                };
            case IObjectCreationOperation { Constructor: { } constructor, Arguments: var arguments } when IsOf(constructor, "DateTimeOffset"):
                return TimeOfParts(arguments);
            default:
                return null;
        }
    }

    private static DateTimeOffset? TimeOfParts(IReadOnlyCollection<IArgumentOperation> arguments)
    {
        if (arguments.Count == 0)
        {
            return default(DateTimeOffset);
        }

        var numbers = new List<long>();
        long? offset = null;
        foreach (IArgumentOperation argument in arguments.OrderBy(argument => argument.Parameter?.Ordinal))
        {
            IOperation value = Values.Unwrap(argument.Value);
            if (argument.Parameter?.Type.Name == "TimeSpan")
            {
                offset = Ticks(value);
            }
            else if (value.ConstantValue is { HasValue: true, Value: int or long } and { Value: var number })
            {
                numbers.Add(Convert.ToInt64(number, CultureInfo.InvariantCulture));
            }
            else
            {
                return null;
            }
        }

        try
        {
            return (numbers, offset) switch
            {
                ([long all], long ticks) => new(all, new TimeSpan(ticks)),
                ([long year, long month, long day, long hour, long minute, long second], long ticks) =>
                    new((int)year, (int)month, (int)day, (int)hour, (int)minute, (int)second, new TimeSpan(ticks)),
                ([long year, long month, long day, long hour, long minute, long second, long millisecond], long ticks) =>
                    new((int)year, (int)month, (int)day, (int)hour, (int)minute, (int)second, (int)millisecond, new TimeSpan(ticks)),
                _ => null,
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A date and time as the runtime writes it to JSON.</summary>
    public static string Text(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static Guid? Parse(IArgumentOperation argument) =>
        Values.Unwrap(argument.Value).ConstantValue is { HasValue: true, Value: string text } && Guid.TryParse(text, out Guid value) ? value : null;

    private static long? FromUnits(string method, IReadOnlyList<object>? arguments)
    {
        long perUnit = method switch
        {
            "FromDays" => TimeSpan.TicksPerDay,
            "FromHours" => TimeSpan.TicksPerHour,
            "FromMinutes" => TimeSpan.TicksPerMinute,
            "FromSeconds" => TimeSpan.TicksPerSecond,
            "FromMilliseconds" => TimeSpan.TicksPerMillisecond,
            "FromMicroseconds" => TimeSpan.TicksPerMillisecond / 1000,
            "FromTicks" => 1,
            _ => 0,
        };
        return (perUnit, arguments) switch
        {
            (0, _) or (_, null) => null,
            (1, [long ticks]) => ticks,
            (_, [double value]) => Scale(value, perUnit),
            // The smaller units, of which the first is the largest.
            (_, [int or long, ..]) => Sum(perUnit, arguments),
            _ => null,
        };
    }

    private static long? Scale(double value, long perUnit)
    {
        double ticks = value * perUnit;
        return double.IsNaN(ticks) || ticks > MaxTicks || ticks < long.MinValue ? null : ticks == MaxTicks ? MaxTicks : (long)ticks;
    }

    private static long? Sum(long perUnit, IReadOnlyList<object> arguments)
    {
        long[] units = [TimeSpan.TicksPerDay, TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerMillisecond / 1000];
        int first = Array.IndexOf(units, perUnit);
        decimal sum = 0;
        for (int i = 0; i < arguments.Count; i++)
        {
            if (first + i >= units.Length || arguments[i] is not (int or long))
            {
                return null;
            }

            sum += Convert.ToDecimal(arguments[i], CultureInfo.InvariantCulture) * units[first + i];
        }

        return sum is > long.MaxValue or < long.MinValue ? null : (long)sum;
    }

    private static long? OfParts(IReadOnlyList<object>? parts) => parts switch
    {
        [] => 0,
        [long ticks] => ticks,
        [int hours, int minutes, int seconds] => Sum(TimeSpan.TicksPerHour, [hours, minutes, seconds]),
        [int, int, int, int, ..] => Sum(TimeSpan.TicksPerDay, parts),
        _ => null,
    };

    /// <summary>Constants in the order of the parameters; null if one is none.</summary>
    private static List<object>? Arguments(IEnumerable<IArgumentOperation> arguments)
    {
        var values = new List<object>();
        foreach (IArgumentOperation argument in arguments.OrderBy(argument => argument.Parameter?.Ordinal))
        {
            if (Values.Unwrap(argument.Value).ConstantValue is not { HasValue: true, Value: { } value })
            {
                return null;
            }

            values.Add(value);
        }

        return values;
    }

    private static bool IsOf(ISymbol member, string type) =>
        member.ContainingType is { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } owner && owner.Name == type;
}
