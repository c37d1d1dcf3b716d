namespace ChatGen.Bayeux.Session;

/// <summary>Does the work of a <see cref="Mailbox"/>, one piece after the other.</summary>
internal interface IMailboxOwner
{
    /// <summary>Does one piece; must not throw.</summary>
    void Do(SessionWork work);

    /// <summary>There is nothing more to do for the moment; must not throw.</summary>
    void Rest();
}
