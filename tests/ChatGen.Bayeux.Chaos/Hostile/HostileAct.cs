using System.Text;
using ChatGen.Bayeux.Chaos.Servers;

namespace ChatGen.Bayeux.Chaos.Hostile;

/// <summary>Something that a hostile server does instead of answering.</summary>
/// <param name="Name">What it is called in the names of tests.</param>
/// <param name="DoAsync">Does it: to a connection, given what a good server would have answered. May go on until the client has closed.</param>
/// <param name="Closes">Whether the connection is closed after it.</param>
/// <param name="IsHarmless">Whether it answers the request all the same, so that there may be nothing to report.</param>
internal sealed record HostileAct(string Name, Func<RawConnection, byte[], Task> DoAsync, bool Closes = true, bool IsHarmless = false)
{
    /// <summary>Sends text.</summary>
    public static HostileAct Send(string name, string text, bool closes = true) => Send(name, Encoding.UTF8.GetBytes(text), closes);

    /// <summary>Sends bytes.</summary>
    public static HostileAct Send(string name, byte[] bytes, bool closes = true) => new(name, (connection, _) => connection.SendAsync(bytes), closes);

    /// <summary>Sends a beginning, and then the same again and again until the client has had enough.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="beginning">What comes first.</param>
    /// <param name="piece">What is repeated.</param>
    /// <param name="pause">The time between; none to be as fast as can be.</param>
    public static HostileAct Endless(string name, byte[] beginning, byte[] piece, TimeSpan pause = default) => new(
        name,
        async (connection, _) =>
        {
            await connection.SendAsync(beginning);
            while (true)
            {
                await connection.SendAsync(piece);
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause);
                }
            }
        });
}
