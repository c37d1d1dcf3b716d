namespace ChatGen.BackendSchemas.Tests.Script;

/// <summary>Waits for what a session brings. Events are memorised, so none is missed however late a test asks.</summary>
internal static class VisitorExpectations
{
    /// <summary>The first event that fits, those that came before included.</summary>
    public static async Task<Seen> SeeAsync(this IVisitor visitor, string name, Func<Seen, bool>? isIt = null)
    {
        CancellationToken deadline = Deadline.Token;
        List<Seen> others = [];
        try
        {
            await foreach (ChatEvent chatEvent in visitor.Session.ReadEventsAsync(deadline))
            {
                Seen seen = visitor.See(chatEvent);
                if (seen.Event == name && isIt?.Invoke(seen) != false)
                {
                    return seen;
                }

                others.Add(seen);
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // Told below.
        }

        throw new InvalidOperationException($"No {name} has come, but {(others.Count == 0 ? "nothing" : string.Join(", ", others))}.");
    }

    /// <summary>The message with this text.</summary>
    public static Task<Seen> HearAsync(this IVisitor visitor, string text) => visitor.SeeAsync("messageReceived", seen => seen.Text == text);

    /// <summary>All events, once the session is over.</summary>
    public static async Task<IReadOnlyList<Seen>> AllAsync(this IVisitor visitor) =>
        await visitor.Session.ReadEventsAsync(Deadline.Token).Select(visitor.See).ToListAsync(Deadline.Token);
}
