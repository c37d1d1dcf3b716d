using System.Text;

namespace ChatGen.Benchmarks;

/// <summary>A small options document, as a registration form would send it.</summary>
internal static class OptionsDocument
{
    public static byte[] Utf8 { get; } = Encoding.UTF8.GetBytes(
        """{"serverUrl":"https://chat.example.com/cometd","username":"Jane","subject":"A late parcel","userData":{"FirstName":"Jane","LastName":"Doe"},"maxOfflineDuration":60}""");
}
