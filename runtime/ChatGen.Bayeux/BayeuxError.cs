using System.Globalization;

namespace ChatGen.Bayeux;

/// <summary>The <c>error</c> member of a reply: <c>ddd:arguments:text</c> (Bayeux rule 7).</summary>
/// <remarks>
/// Servers differ in codes and texts for the same thing, so nothing in this library decides by them. Immutable and thread-safe.
/// </remarks>
public sealed class BayeuxError
{
    private BayeuxError(int code, string arguments, string text)
    {
        Code = code;
        Arguments = arguments;
        Text = text;
    }

    /// <summary>The code, such as 402; 0 if the server's text has none.</summary>
    public int Code { get; }

    /// <summary>The arguments, separated by commas; often empty. Some servers put the client id here, which is a secret: do not log them.</summary>
    public string Arguments { get; }

    /// <summary>The text for a human reader; may be empty.</summary>
    public string Text { get; }

    /// <summary>Reads an error; text of another form becomes <see cref="Text"/> with code 0.</summary>
    /// <param name="error">The member's value.</param>
    public static BayeuxError Parse(string error)
    {
        ArgumentNullException.ThrowIfNull(error);
        string[] parts = error.Split(':', 3);
        return parts is [{ Length: 3 } digits, string arguments, string text] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            ? new BayeuxError(code, arguments, text)
            : new BayeuxError(0, "", error);
    }

    /// <summary>Code and text, without the arguments: <c>402 session_unknown</c>.</summary>
    public override string ToString() => Code == 0 ? Text : string.Create(CultureInfo.InvariantCulture, $"{Code:000} {Text}").TrimEnd();
}
