using System.Text;

namespace ChatGen.Benchmarks;

/// <summary>Options as a registration form would send them.</summary>
internal static class OptionsDocument
{
    public const string Server = "https://chat.example.com/cometd";

    /// <summary>A few fields.</summary>
    public static byte[] Small { get; } = Create("A late parcel", [("FirstName", "Jane"), ("LastName", "Doe")]);

    /// <summary>A long subject, and 32 fields.</summary>
    public static byte[] Big { get; } = Create(new string('s', 200), [.. Enumerable.Range(0, 32).Select(i => ($"field_number_{i:00}", $"the value {i:00}"))]);

    /// <summary>Options all of whose members have a type of their own.</summary>
    public static byte[] Typed { get; } = Encoding.UTF8.GetBytes(
        """{"serverUrl":"https://chat.example.com/cometd","username":"Jane","subject":"A late parcel","maxOfflineDuration":60,"queue":"support","priority":2,"visitor":{"firstName":"Jane","lastName":"Doe","phone":"+4930123456"}}""");

    /// <summary>Options with rules on what they hold.</summary>
    public static byte[] Ruled { get; } = Encoding.UTF8.GetBytes(
        """{"serverUrl":"https://chat.example.com/cometd","username":"Jane","subject":"A late parcel","queue":"support","tags":["parcel","late","express"],"limits":{"agents":2,"files":10},"email":"jane@example.com"}""");

    private static byte[] Create(string subject, (string Key, string Value)[] userData) => Encoding.UTF8.GetBytes(
        $$"""{"serverUrl":"{{Server}}","username":"Jane","subject":"{{subject}}","userData":{{{string.Join(',', userData.Select(field => $"\"{field.Key}\":\"{field.Value}\""))}}},"maxOfflineDuration":60}""");
}
