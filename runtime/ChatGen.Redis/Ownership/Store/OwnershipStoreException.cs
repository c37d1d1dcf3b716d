namespace ChatGen.Ownership;

/// <summary>The store could not be reached, or did not answer. What it was asked may have been done.</summary>
internal sealed class OwnershipStoreException : Exception
{
    public OwnershipStoreException()
    {
    }

    public OwnershipStoreException(string message)
        : base(message)
    {
    }

    public OwnershipStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
