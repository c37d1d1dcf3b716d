using System.Globalization;

namespace ChatGen.Analyzers.ErrorCodes;

/// <summary>A constant with which a code is compared: a number or a text.</summary>
internal readonly record struct CodeValue
{
    private CodeValue(long? number, string? text)
    {
        Number = number;
        Text = text;
    }

    /// <summary>The number; null if it is a text.</summary>
    public long? Number { get; }

    /// <summary>The text; null if it is a number.</summary>
    public string? Text { get; }

    public CodeMember Member => Text is null ? CodeMember.Number : CodeMember.Text;

    /// <summary>A constant of C#; null if codes are not compared with such.</summary>
    public static CodeValue? Of(object? constant) => constant switch
    {
        string text => new CodeValue(null, text),
        int or long or short or sbyte or byte or ushort or uint => new CodeValue(Convert.ToInt64(constant, CultureInfo.InvariantCulture), null),
        _ => null,
    };

    public override string ToString() => Text ?? Number.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);
}
